// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// The commands for keys, the audit log and administrators.
extension Process {
  func rotateKeys(data: Bool, _ database: Database) async throws {
    let master = try MasterKey.load(configuration)
    if data {
      let key = try await FieldSeal.rotate(database, master)
      print(
        "Data key \(key) seals in \(FieldSeal.leadSeconds / 60) minutes; then a job seals anew what older keys have sealed."
      )
    } else {
      let key = try await SigningKeys.rotate(database, try await FieldSeal.load(database, master))
      print("Key \(key) signs access tokens in \(SigningKeys.leadSeconds / 60) minutes. Nobody is signed out.")
    }
  }

  func verifyAudit(_ database: Database) async throws {
    let outcome = try await AuditChain.verify(database)
    guard let fault = outcome.fault else {
      return print(outcome.words)
    }
    throw AuditFault(entry: fault)
  }

  /// Makes somebody an administrator, or with no scopes nobody's.
  func grant(_ contact: Contact, _ scopes: [AdminScope], _ database: Database) async throws {
    let identity = try await IdentityParts.load(configuration, database)
    let account = try await database.transaction { transaction -> Account.ID in
      guard let account = try await identity.accounts.known(by: contact, in: transaction) else {
        throw NobodyKnown(contact: contact)
      }
      try await AdminScopes.grant(scopes, to: account, by: "soukd accounts grant", transaction)
      return account
    }
    let words = scopes.map(\.rawValue).joined(separator: ", ")
    print("\(account) has \(words.isEmpty ? "no scopes" : words). It holds from the next access token on.")
  }
}

struct NobodyKnown: Error, CustomStringConvertible {
  var contact: Contact
  var description: String { "nobody is known by \(contact); sign in with it once, then grant" }
}
