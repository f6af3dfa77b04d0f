// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Market
import Postgres

/// The SQL of addresses. Each statement names the account whose address it is.
struct AddressQueries: Sendable {
  let seal: FieldSeal

  private static let columns: SQL = """
    id, country, sealed, is_default_for_shipping, is_default_for_billing, version, created_at, updated_at
    """

  func list(of account: Account.ID) -> SQL {
    "select \(Self.columns) from addresses where account = \(account.text) order by created_at desc, id"
  }

  func find(_ id: Address.ID, of account: Account.ID) -> SQL {
    "select \(Self.columns) from addresses where id = \(id.text) and account = \(account.text)"
  }

  func insert(_ address: Address, of account: Account.ID) throws -> SQL {
    """
    insert into addresses (id, account, country, sealed, is_default_for_shipping, is_default_for_billing)
    values (\(address.id.text), \(account.text), \(address.country.code), \(try sealed(address, account)),
      \(address.isDefaultForShipping), \(address.isDefaultForBilling))
    """
  }

  func update(_ address: Address, of account: Account.ID) throws -> SQL {
    """
    update addresses
    set country = \(address.country.code), sealed = \(try sealed(address, account)),
      is_default_for_shipping = \(address.isDefaultForShipping),
      is_default_for_billing = \(address.isDefaultForBilling), version = version + 1, updated_at = now()
    where id = \(address.id.text) and account = \(account.text)
    """
  }

  func delete(_ id: Address.ID, of account: Account.ID) -> SQL {
    "delete from addresses where id = \(id.text) and account = \(account.text)"
  }

  /// Takes a purpose from the address that is its default, for another to have it.
  func takeDefault(for purpose: AddressPurpose, of account: Account.ID) -> SQL {
    let column = Self.column(purpose)
    return """
      update addresses
      set \(column) = false, version = version + 1, updated_at = now()
      where account = \(account.text) and \(column)
      """
  }

  /// Gives a purpose to the newest address.
  func giveDefaultToNewest(for purpose: AddressPurpose, of account: Account.ID) -> SQL {
    """
    update addresses
    set \(Self.column(purpose)) = true, version = version + 1, updated_at = now()
    where account = \(account.text) and id = (
      select id from addresses where account = \(account.text) order by created_at desc, id limit 1)
    """
  }

  private static func column(_ purpose: AddressPurpose) -> SQL {
    switch purpose {
    case .shipping: "is_default_for_shipping"
    case .billing: "is_default_for_billing"
    }
  }

  // MARK: What is sealed

  private struct SealedAddress: Codable, Sendable {
    var label: String?
    var address: PostalAddress
  }

  private func sealed(_ address: Address, _ account: Account.ID) throws -> [UInt8] {
    let document = SealedAddress(label: address.label, address: address.postal)
    return seal.seal(try JSONEncoder().encode(document), at: Self.place(address.id, account))
  }

  func reader(of account: Account.ID) -> @Sendable (inout RowReader) throws -> Address {
    { row in
      let id: Address.ID = try row.nextID()
      let country = try row.nextCountry()
      var decoder = JSONDecoder()
      decoder.unknownKeys = .ignore
      let bytes = try seal.openBytes(try row.next([UInt8].self), at: Self.place(id, account))
      let document = try decoder.decode(SealedAddress.self, from: bytes)
      // The country in the clear is what taxes go by: it must be the one that was sealed.
      guard document.address.country == country else { throw UnreadableColumn(description: "another country") }
      return Address(
        id: id, label: document.label, document.address, isDefaultForShipping: try row.next(Bool.self),
        isDefaultForBilling: try row.next(Bool.self), version: try row.next(Int.self),
        createdAt: try row.nextTimestamp(), updatedAt: try row.nextTimestamp())
    }
  }

  private static func place(_ id: Address.ID, _ account: Account.ID) -> SealedPlace {
    SealedPlace("addresses", "sealed", id.text, account.text)
  }
}
