// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Postgres

/// Puts a contact that was proven in place of the one of the same kind, and tells every contact that the account had
/// before: who loses an account this way learns of it where the thief cannot read.
struct ReplaceContact: Sendable {
  let database: Database
  let accounts: Accounts
  let codes: OneTimeCodes
  let profiles: ProfileBook

  private enum Outcome: Sendable {
    case known(Contact)
    case codeRefused
    case contactTaken
  }

  /// Refusals are thrown after the commit: a try that failed must count.
  func callAsFunction(_ proof: ContactProof, _ call: Call) async throws -> OwnContact {
    try await codes.limits.take(.triesOfNetwork(call.network), in: database)
    let outcome = try await database.transaction { try await replace(proof, call, $0) }
    switch outcome {
    case .codeRefused: throw CodeRefused()
    case .contactTaken: throw ContactTaken()
    case .known(let contact):
      let own = try await list(of: call.account).first { $0.contact == contact }
      guard let own else { throw ContactTaken() }
      return own
    }
  }

  func list(of account: Account.ID) async throws -> [OwnContact] {
    let rows = try await database.query(
      "select kind, sealed, proven_at from contacts where account = \(account.text) order by kind"
    ) { row in
      (
        kind: try row.nextWord(ContactKind.self), sealed: try row.next([UInt8].self), provenAt: try row.nextTimestamp()
      )
    }
    return try rows.map { row in
      let text = try accounts.seal.open(row.sealed, at: Accounts.place(account, row.kind))
      guard let contact = Contact(text) else { throw UnreadableColumn(description: "not a contact") }
      return OwnContact(contact: contact, provenAt: row.provenAt)
    }
  }

  private func replace(_ proof: ContactProof, _ call: Call, _ transaction: Transaction) async throws -> Outcome {
    guard let contact = try await codes.redeem(proof.challenge, proof.code, transaction) else { return .codeRefused }
    // The account first, then the contact: the order of everybody who takes both.
    try await AccountLock.take(call.account, in: transaction)
    try await accounts.lock(contact, in: transaction)
    let owner = try await accounts.known(by: contact, in: transaction)
    if let owner { return owner == call.account ? .known(contact) : .contactTaken }
    let before = try await accounts.contacts(of: call.account, in: transaction)
    try await accounts.put(contact, of: call.account, in: transaction)
    let language = try await profiles.language(of: call.account, in: transaction) ?? call.language
    for old in before {
      try await Jobs.add(TellContactChanged(to: old, contact, language, accounts.seal), in: transaction)
    }
    try await AuditLog.append(
      .contactChanged, by: call.account, subject: call.account.text,
      .object([("kind", .string(contact.kind.rawValue))]), in: transaction)
    return .known(contact)
  }
}
