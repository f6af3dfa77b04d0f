// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// The second factor of accounts: an authenticator's secret, and recovery codes that stand in for it once each.
struct TwoFactorBook: Sendable {
  let digests: KeyedDigests
  let seal: FieldSeal
  let now: @Sendable () -> Timestamp

  func state(of principal: Principal, in runner: some SQLRunner) async throws -> TwoFactor {
    let row = try await runner.first(
      """
      select exists(select 1 from two_factor where account = a.id and confirmed_at is not null),
        (select count(*) from recovery_codes where account = a.id and used_at is null),
        exists(select 1 from shop_members where account = a.id)
          or exists(select 1 from admin_scopes where account = a.id)
      from accounts a
      where a.id = \(principal.account.text)
      """
    ) { row in (isOn: try row.next(Bool.self), left: try row.next(Int.self), isMandatory: try row.next(Bool.self)) }
    guard let row else { throw AccessRefusal.unauthenticated }
    let provenUntil = principal.provenAt?.adding(seconds: Sensitivity.proofSeconds)
    return TwoFactor(
      isOn: row.isOn, isMandatory: row.isMandatory, recoveryCodesLeft: row.left,
      provenUntil: provenUntil.flatMap { $0 > now() ? $0 : nil })
  }

  /// A new secret, in place of one that was never confirmed.
  func enrol(_ account: Account.ID, named name: String, _ transaction: Transaction) async throws -> TwoFactorEnrolment {
    let authenticator = TOTP()
    let written = try await transaction.execute(
      """
      insert into two_factor (account, sealed_secret)
      values (\(account.text), \(seal.seal(authenticator.secret, at: TwoFactorBook.place(account))))
      on conflict (account) do update
      set sealed_secret = excluded.sealed_secret, created_at = now()
      where two_factor.confirmed_at is null
      """)
    if written == 0 { throw TwoFactorIsOn() }
    return TwoFactorEnrolment(
      secret: authenticator.secretText, uri: authenticator.uri(issuer: "Souk", account: name))
  }

  /// Turns it on when the code is the authenticator's; nil when it is not. Gives the recovery codes.
  func confirm(_ account: Account.ID, _ code: String, _ transaction: Transaction) async throws -> [String]? {
    guard let row = try await lock(account, transaction), !row.isConfirmed else { throw TwoFactorIsOn() }
    guard let step = try step(of: code, row, account) else { return nil }
    try await transaction.execute(
      """
      update two_factor
      set confirmed_at = now(), last_step = \(step)
      where account = \(account.text)
      """)
    let codes = try await renewCodes(account, transaction)
    try await AuditLog.append(.twoFactorTurnedOn, by: account, subject: account.text, in: transaction)
    return codes
  }

  /// Whether the code proves the second factor: the authenticator's, never the same one twice, or a recovery code, once.
  func proves(_ account: Account.ID, _ code: String, _ transaction: Transaction) async throws -> Bool {
    guard let row = try await lock(account, transaction), row.isConfirmed else { return false }
    if let step = try step(of: code, row, account) {
      try await transaction.execute("update two_factor set last_step = \(step) where account = \(account.text)")
      return true
    }
    let used = try await transaction.execute(
      """
      update recovery_codes
      set used_at = now()
      where account = \(account.text) and used_at is null
        and hash = \(digests.hash(ofCode: Crypto::RecoveryCodes.normalised(code) ?? "", for: account.text))
      """)
    if used == 1 { try await AuditLog.append(.recoveryCodeUsed, by: account, subject: account.text, in: transaction) }
    return used == 1
  }

  func isOn(_ account: Account.ID, in runner: some SQLRunner) async throws -> Bool {
    try await runner.first(
      "select 1 from two_factor where account = \(account.text) and confirmed_at is not null"
    ) { row in try row.next(Int.self) } != nil
  }

  func renewCodes(_ account: Account.ID, _ transaction: Transaction) async throws -> [String] {
    try await transaction.execute("delete from recovery_codes where account = \(account.text)")
    let codes = Crypto::RecoveryCodes.make(Market::RecoveryCodes.count)
    for code in codes {
      try await transaction.execute(
        """
        insert into recovery_codes (account, hash)
        values (\(account.text), \(digests.hash(ofCode: code, for: account.text)))
        """)
    }
    return codes
  }

  /// Turns it off. False when it was not on.
  func end(_ account: Account.ID, _ transaction: Transaction) async throws -> Bool {
    try await transaction.execute("delete from recovery_codes where account = \(account.text)")
    let count = try await transaction.execute(
      "delete from two_factor where account = \(account.text) and confirmed_at is not null")
    if count == 0 { return false }
    try await AuditLog.append(.twoFactorTurnedOff, by: account, subject: account.text, in: transaction)
    return true
  }

  // MARK: How

  private struct Row: Sendable {
    var sealed: [UInt8]
    var isConfirmed: Bool
    var lastStep: Int64
  }

  /// Held until the transaction ends, so that two uses of one code are told apart.
  private func lock(_ account: Account.ID, _ transaction: Transaction) async throws -> Row? {
    try await transaction.first(
      """
      select sealed_secret, confirmed_at is not null, last_step
      from two_factor
      where account = \(account.text)
      for update
      """
    ) { row in
      Row(sealed: try row.next([UInt8].self), isConfirmed: try row.next(Bool.self), lastStep: try row.next(Int64.self))
    }
  }

  private func step(of code: String, _ row: Row, _ account: Account.ID) throws -> Int64? {
    let secret = try seal.openBytes(row.sealed, at: TwoFactorBook.place(account))
    return TOTP(secret: secret)?.matchedStep(code, at: now().microseconds / 1_000_000, after: row.lastStep)
  }

  private static func place(_ account: Account.ID) -> SealedPlace {
    SealedPlace("two_factor", "sealed_secret", account.text)
  }
}

/// Two-factor is on already, or was never begun.
struct TwoFactorIsOn: Refusal {
  var problem: ProblemCode { .conflict }
  var detail: String? { "Two-factor is on already, or no enrolment was begun. GET /me/two-factor says which." }
}

struct TwoFactorIsOff: Refusal {
  var problem: ProblemCode { .conflict }
  var detail: String? { "Two-factor is off for this account." }
}
