// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Whose account it is that a provider speaks of. Issuer and subject are what a person is known by, for ever; the e-mail
/// address leads to an account once, and only when the provider has proven it.
struct ProviderAccounts: Sendable {
  let accounts: Accounts

  /// Nil for somebody unknown whose address the provider does not vouch for.
  func account(_ token: IDToken, _ transaction: Transaction) async throws -> Account.ID? {
    // Two first sign-ins of one person at once: the second waits and finds the first.
    try await transaction.execute(
      "select pg_advisory_xact_lock(hashtextextended(\(token.issuer + "\n" + token.subject), 12))")
    if let account = try await known(token, transaction) { return account }
    guard let email = token.provenEmail, case .email(let address)? = Contact(email) else { return nil }
    let account = try await accounts.knownOrMade(
      by: .email(address), named: token.name.flatMap(ProviderAccounts.line), in: transaction)
    try await transaction.execute(
      """
      insert into provider_identities (issuer, subject, account)
      values (\(token.issuer), \(token.subject), \(account.text))
      """)
    try await AuditLog.append(.providerLinked, by: account, subject: account.text, in: transaction)
    return account
  }

  private func known(_ token: IDToken, _ transaction: Transaction) async throws -> Account.ID? {
    // Owner: whoever the provider vouches for; the account is what is looked for.
    try await transaction.first(
      """
      update provider_identities
      set last_used_at = now()
      where issuer = \(token.issuer) and subject = \(token.subject)
      returning account
      """
    ) { row in try row.nextID() }
  }

  /// A name as one line of at most sixty characters; nil when nothing is left of it.
  static func line(_ name: String) -> String? {
    let scalars = name.unicodeScalars.map { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) ? " " : $0 }
    let words = String(String.UnicodeScalarView(scalars)).split(whereSeparator: \.isWhitespace)
    let line = String(String.UnicodeScalarView(words.joined(separator: " ").unicodeScalars.prefix(60)))
    let trimmed = line.split(separator: " ").joined(separator: " ")
    return trimmed.isEmpty ? nil : trimmed
  }
}
