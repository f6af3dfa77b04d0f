// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Adds, changes and removes addresses. Every change holds its account, so that the number of
/// addresses and the defaults are right whatever happens at the same time.
struct AddressBook: Sendable {
  let database: Database
  let queries: AddressQueries

  func list(_ call: Call) async throws -> Reply<Page<Address>> {
    let addresses = try await database.reads.query(queries.list(of: call.account), queries.reader(of: call.account))
    return .value(Page(items: addresses))
  }

  func show(_ input: AddressPath, _ call: Call) async throws -> Reply<Address> {
    reply(try await find(input.address, call.account, database.reads))
  }

  func add(_ draft: AddressDraft, _ call: Call, _ transaction: Transaction) async throws -> Reply<Address> {
    let postal = try checked(draft.postal, typedPhone: draft.phone)
    try await AccountLock.take(call.account, in: transaction)
    let count =
      try await transaction.first(
        "select count(*) from addresses where account = \(call.account.text)"
      ) { row in try row.next(Int.self) } ?? 0
    if count >= Address.countMax { throw AddressBookFull() }
    let isFirst = count == 0
    // The database says when.
    let moment = Timestamp(microseconds: 0)
    let address = Address(
      id: .random(), label: draft.label, postal, isDefaultForShipping: isFirst || draft.isDefaultForShipping == true,
      isDefaultForBilling: isFirst || draft.isDefaultForBilling == true, version: 1, createdAt: moment,
      updatedAt: moment)
    for purpose in AddressPurpose.allCases where address.isDefault(for: purpose) {
      try await transaction.execute(queries.takeDefault(for: purpose, of: call.account))
    }
    try await transaction.execute(try queries.insert(address, of: call.account))
    let written = try await find(address.id, call.account, transaction)
    return reply(written, location: "\(Contract.basePath)/me/addresses/\(address.id)")
  }

  func edit(_ patch: AddressPatch, _ call: Call, _ transaction: Transaction) async throws -> Reply<Address> {
    try await AccountLock.take(call.account, in: transaction)
    let before = try await find(patch.address, call.account, transaction)
    guard call.match.allows(before.version) else { throw VersionMismatch() }
    try refuseTaking(patch, from: before)
    let postal = try checked(patch.applied(to: before.postal), typedPhone: patch.phone.newValue)
    let after = Address(
      id: before.id, label: patch.label.applied(to: before.label), postal,
      isDefaultForShipping: patch.isDefaultForShipping.newValue ?? before.isDefaultForShipping,
      isDefaultForBilling: patch.isDefaultForBilling.newValue ?? before.isDefaultForBilling, version: before.version,
      createdAt: before.createdAt, updatedAt: before.updatedAt)
    for purpose in AddressPurpose.allCases where after.isDefault(for: purpose) && !before.isDefault(for: purpose) {
      try await transaction.execute(queries.takeDefault(for: purpose, of: call.account))
    }
    try await transaction.execute(try queries.update(after, of: call.account))
    return reply(try await find(after.id, call.account, transaction))
  }

  func remove(_ input: AddressPath, _ call: Call, _ transaction: Transaction) async throws -> Reply<Nothing> {
    try await AccountLock.take(call.account, in: transaction)
    let before = try await find(input.address, call.account, transaction)
    guard call.match.allows(before.version) else { throw VersionMismatch() }
    try await transaction.execute(queries.delete(before.id, of: call.account))
    for purpose in AddressPurpose.allCases where before.isDefault(for: purpose) {
      try await transaction.execute(queries.giveDefaultToNewest(for: purpose, of: call.account))
    }
    return .nothing
  }

  // MARK: How

  private func find(
    _ id: Address.ID, _ account: Account.ID, _ runner: some SQLRunner
  ) async throws -> Address {
    let address = try await runner.first(queries.find(id, of: account), queries.reader(of: account))
    guard let address else { throw NotFound() }
    return address
  }

  private func reply(_ address: Address, location: String? = nil) -> Reply<Address> {
    .value(address, tag: EntityTag(version: address.version), location: location)
  }

  /// The address in canonical form, with everything that is wrong with it told at once.
  private func checked(_ postal: PostalAddress, typedPhone: String?) throws -> PostalAddress {
    let check = AddressCheck(postal)
    var (canonical, faults) = (check.canonical, check.faults)
    if let typedPhone {
      do { canonical.phone = try PhoneReading.read(typedPhone, at: "/phone", home: postal.country) } catch let invalid
        as InvalidInput
      { faults += invalid.errors }
    }
    if !faults.isEmpty { throw InvalidInput(faults) }
    return canonical
  }

  /// Somebody's default can be given to another address, not taken away.
  private func refuseTaking(_ patch: AddressPatch, from address: Address) throws {
    var faults: [FieldError] = []
    let detail = "Make another address the default instead."
    if address.isDefaultForShipping && patch.isDefaultForShipping == .set(false) {
      faults.append(FieldError("/is_default_for_shipping", "default_needed", detail))
    }
    if address.isDefaultForBilling && patch.isDefaultForBilling == .set(false) {
      faults.append(FieldError("/is_default_for_billing", "default_needed", detail))
    }
    if !faults.isEmpty { throw InvalidInput(faults) }
  }
}
