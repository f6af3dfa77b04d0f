// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// Opens, continues and ends sessions.
///
/// A session is a family of refresh tokens of which one is unspent. Tokens are opaque, kept as SHA-256, and work once:
/// one that comes a second time was stolen or its answer was, so the whole session ends.
struct SessionBook: Sendable {
  let database: Database
  let accounts: Accounts
  let tokens: AccessTokens

  private static let tokenPrefix = "rft_"

  /// A new session. `provenAt` is when its second factor was proven, if it was.
  func open(
    for account: Account.ID, on device: String?, provenAt: Timestamp? = nil, _ transaction: Transaction
  ) async throws -> Session {
    let id = OpenSession.ID.random()
    try await transaction.execute(
      """
      insert into sessions (id, account, device, proven_at)
      values (\(id.text), \(account.text), \(device ?? "unnamed"), \(moment: provenAt?.microseconds))
      """)
    let session = try await issue(id, account, provenAt, transaction)
    try await AuditLog.append(.sessionOpened, by: account, subject: id.text, in: transaction)
    return session
  }

  enum Refreshed: Sendable {
    case session(Session)
    /// There is no such session, or no more.
    case over
  }

  /// Spends a refresh token. The refusal is returned, not thrown: ending a session whose token was reused must commit.
  func refresh(_ token: String, _ transaction: Transaction) async throws -> Refreshed {
    guard let hash = OpaqueToken.digest(of: token, prefix: SessionBook.tokenPrefix) else { return .over }
    // Owner: whoever holds the token.
    let spent = try await transaction.first(
      """
      update refresh_tokens
      set spent_at = now()
      where hash = \(hash) and spent_at is null
      returning session
      """
    ) { row in try row.nextID() as OpenSession.ID }
    guard let id = spent else {
      try await endReused(hash, transaction)
      return .over
    }
    // Owner: the session of the token that was spent.
    let alive = try await transaction.first(
      """
      update sessions
      set last_used_at = now()
      where id = \(id.text) and ended_at is null
        and last_used_at > now() - \(OpenSession.idleSecondsMax) * interval '1 second'
      returning account, proven_at
      """
    ) { row in (account: try row.nextID() as Account.ID, provenAt: try row.nextTimestampIfAny()) }
    guard let alive else { return .over }
    return .session(try await issue(id, alive.account, alive.provenAt, transaction))
  }

  private func endReused(_ hash: [UInt8], _ transaction: Transaction) async throws {
    // Owner: the session of a token that came again.
    let ended = try await transaction.first(
      """
      update sessions s
      set ended_at = now(), end_reason = 'token reused'
      from refresh_tokens r
      where r.hash = \(hash) and r.spent_at is not null and s.id = r.session and s.ended_at is null
      returning s.id, s.account
      """
    ) { row in (id: try row.nextID() as OpenSession.ID, account: try row.nextID() as Account.ID) }
    guard let ended else { return }
    try await AuditLog.append(.sessionTokenReused, by: ended.account, subject: ended.id.text, in: transaction)
  }

  /// Ends one session of the account; false when it has no such open session.
  func end(_ id: OpenSession.ID, of account: Account.ID, _ reason: String, _ transaction: Transaction) async throws
    -> Bool
  {
    let count = try await transaction.execute(
      """
      update sessions
      set ended_at = now(), end_reason = \(reason)
      where id = \(id.text) and account = \(account.text) and ended_at is null
      """)
    if count > 0 { try await AuditLog.append(.sessionEnded, by: account, subject: id.text, in: transaction) }
    return count > 0
  }

  /// Ends every session of the account but one.
  func endOthers(than id: OpenSession.ID?, of account: Account.ID, _ reason: String, _ transaction: Transaction)
    async throws
  {
    try await transaction.execute(
      """
      update sessions
      set ended_at = now(), end_reason = \(reason)
      where account = \(account.text) and ended_at is null and id is distinct from \(id?.text)
      """)
    try await AuditLog.append(.otherSessionsEnded, by: account, subject: id?.text ?? account.text, in: transaction)
  }

  func list(of account: Account.ID, current: OpenSession.ID?) async throws -> [OpenSession] {
    try await database.query(
      """
      select id, device, created_at, last_used_at
      from sessions
      where account = \(account.text) and ended_at is null
        and last_used_at > now() - \(OpenSession.idleSecondsMax) * interval '1 second'
      order by last_used_at desc, id
      limit 200
      """
    ) { row in
      let id: OpenSession.ID = try row.nextID()
      return OpenSession(
        id: id, device: try row.next(String.self), isCurrent: id == current, createdAt: try row.nextTimestamp(),
        lastUsedAt: try row.nextTimestamp())
    }
  }

  /// Notes that the session has proven its second factor, and gives a token that says so.
  func prove(
    _ session: OpenSession.ID, of account: Account.ID, at moment: Timestamp, _ transaction: Transaction
  ) async throws -> ProvenToken {
    let count = try await transaction.execute(
      """
      update sessions
      set proven_at = \(moment: moment.microseconds)
      where id = \(session.text) and account = \(account.text) and ended_at is null
      """)
    guard count == 1 else { throw SessionEnded() }
    let proven = try await accounts.principal(account, session, provenAt: moment, transaction)
    let (token, expiresAt) = try tokens.issue(for: proven)
    return ProvenToken(
      accessToken: token, expiresAt: expiresAt, provenUntil: moment.adding(seconds: Sensitivity.proofSeconds))
  }

  /// The next pair of tokens of a session.
  private func issue(
    _ id: OpenSession.ID, _ account: Account.ID, _ provenAt: Timestamp?, _ transaction: Transaction
  ) async throws -> Session {
    let refreshToken = OpaqueToken(prefix: SessionBook.tokenPrefix)
    try await transaction.execute(
      "insert into refresh_tokens (hash, session) values (\(refreshToken.digest), \(id.text))")
    let principal = try await accounts.principal(account, id, provenAt: provenAt, transaction)
    let (accessToken, expiresAt) = try tokens.issue(for: principal)
    return Session(
      session: id, accessToken: accessToken, expiresAt: expiresAt, refreshToken: refreshToken.text,
      account: try await accounts.find(account, in: transaction), secondFactor: principal.secondFactorState)
  }
}

extension Principal {
  fileprivate var secondFactorState: SecondFactorState { hasTwoFactor ? (owesSecondFactor ? .owed : .proven) : .off }
}

struct SessionEnded: Refusal { var problem: ProblemCode { .sessionEnded } }
