// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Market
import Postgres

/// Guests, and how they become accounts.
struct GuestBook: Sendable {
  let digests: KeyedDigests
  let seal: FieldSeal
  let belongings: [GuestBelonging]

  /// A new guest. Nothing is sent to the address, and nobody is told whether it is known.
  func begin(_ email: Contact, _ phone: String?, in runner: some SQLRunner) async throws -> Guest {
    let guest = Guest(id: .random(), email: email, phone: phone)
    let sealed = seal.seal(try JSONEncoder().encode(SealedGuest(guest)), at: GuestBook.place(guest.id))
    try await runner.execute(
      """
      insert into guests (id, sealed, blind)
      values (\(guest.id.text), \(sealed), \(digests.blindIndex(of: email)))
      """)
    return guest
  }

  /// The guest, as long as it has not become an account.
  func find(_ id: Guest.ID, in runner: some SQLRunner) async throws -> Guest {
    let row = try await runner.first("select sealed, account is not null from guests where id = \(id.text)") { row in
      (sealed: try row.next([UInt8].self), isJoined: try row.next(Bool.self))
    }
    guard let row else { throw GuestPassRefused() }
    if row.isJoined { throw GuestJoined() }
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    let known = try decoder.decode(SealedGuest.self, from: try seal.openBytes(row.sealed, at: GuestBook.place(id)))
    return Guest(id: id, email: known.email, phone: known.phone)
  }

  /// Makes every guest of a proven address the account's, with all that they have. Each joins once: of two proofs at the
  /// same time the second finds nobody left.
  func join(_ contact: Contact, _ account: Account.ID, in transaction: Transaction) async throws {
    guard contact.kind == .email else { return }
    // Owner: whoever has proven the address that is bound
    let guests = try await transaction.query(
      """
      with waiting as (
        select id from guests where blind = \(digests.blindIndex(of: contact)) and account is null order by id for update)
      update guests g
      set account = \(account.text), joined_at = now()
      from waiting w
      where g.id = w.id
      returning g.id
      """
    ) { row in try row.nextID() as Guest.ID }
    if guests.isEmpty { return }
    for belonging in belongings { try await belonging.join(guests, account, transaction) }
  }

  static func place(_ id: Guest.ID) -> SealedPlace { SealedPlace("guests", "sealed", id.text) }
}

/// What is sealed of a guest.
private struct SealedGuest: Codable, Sendable {
  var email: Contact
  var phone: String?

  init(_ guest: Guest) {
    email = guest.email
    phone = guest.phone
  }
}

/// Rows of one table that may be a guest's, by its column `guest`, and the statement that makes them the account's.
struct GuestBelonging: Sendable {
  var table: String
  var join: @Sendable ([Guest.ID], Account.ID, Transaction) async throws -> Void

  /// What guests have. A feature whose table refers to guests adds itself; a test compares the list with the schema.
  static let all: [GuestBelonging] = []
}
