// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import EventLoop
import Market
import Postgres
import Synchronization

/// The keys of access tokens, as this server knows them. All servers share them through the database.
///
/// A new key is published at once and signs five minutes later, when every server and every cache of the key set has
/// seen it; the old one verifies until the last token that it signed has ended. So rotating logs nobody out.
final class SigningKeys: Sendable {
  static let leadSeconds: Int64 = 300

  private struct Key: Sendable {
    var signer: TokenSigner
    var signsFrom: Timestamp
  }

  private struct State {
    var keys: [Key] = []
    var reader = TokenReader(JSONWebKeySet([]))
  }

  /// Tokens for access say so (RFC 9068 §2.1): none made for another purpose is taken for one.
  private static let tokenType = "at+jwt"

  private let seal: FieldSeal
  private let now: @Sendable () -> Timestamp
  private let state = Mutex(State())

  private init(_ seal: FieldSeal, _ now: @escaping @Sendable () -> Timestamp) {
    self.seal = seal
    self.now = now
  }

  /// The keys of a database; the first is made by whoever comes first.
  static func load(
    _ database: Database, _ seal: FieldSeal, now: @escaping @Sendable () -> Timestamp = SystemClock.timestamp
  ) async throws -> SigningKeys {
    let keys = SigningKeys(seal, now)
    try await database.transaction { transaction in
      try await transaction.lock(SigningKeys.lockKey)
      let isEmpty = try await transaction.first("select 1 from signing_keys") { row in try row.next(Int.self) } == nil
      if isEmpty { try await keys.add(signsFrom: now(), transaction) }
    }
    try await keys.reload(database)
    return keys
  }

  /// Adds a key that takes over in five minutes, and retires those before it once their tokens have ended. Returns its id.
  static func rotate(_ database: Database, _ seal: FieldSeal) async throws -> String {
    let now = SystemClock.timestamp()
    let signsFrom = now.adding(seconds: leadSeconds)
    let retiresAt = signsFrom.adding(seconds: AccessTokens.lifetimeSeconds + 60)
    return try await database.transaction { transaction in
      try await transaction.lock(lockKey)
      try await transaction.execute(
        "update signing_keys set retired_at = \(moment: retiresAt.microseconds) where retired_at is null")
      let id = try await SigningKeys(seal, { now }).add(signsFrom: signsFrom, transaction)
      try await AuditLog.append(.keysRotated, actor: "soukd keys rotate", subject: id, in: transaction)
      return id
    }
  }

  private static let lockKey: Int64 = 0x6b65_7973

  @discardableResult
  private func add(signsFrom: Timestamp, _ transaction: Transaction) async throws -> String {
    let key = Ed25519.PrivateKey()
    let id = RandomID.make()
    try await transaction.execute(
      """
      insert into signing_keys (id, public_key, sealed_seed, signs_from)
      values (\(id), \(key.publicKey.bytes), \(seal.seal(key.seed, at: SigningKeys.place(id))),
        \(moment: signsFrom.microseconds))
      """)
    try await transaction.execute("select pg_notify('signing_keys', '')")
    return id
  }

  private static func place(_ id: String) -> SealedPlace { SealedPlace("signing_keys", "sealed_seed", id) }

  func reload(_ database: Database) async throws {
    let rows = try await database.query(
      """
      select id, sealed_seed, signs_from
      from signing_keys
      where retired_at is null or retired_at > \(moment: now().microseconds)
      order by signs_from, id
      """
    ) { row in
      (id: try row.next(String.self), sealed: try row.next([UInt8].self), signsFrom: try row.nextTimestamp())
    }
    let keys = try rows.map { row in
      let seed = try seal.openBytes(row.sealed, at: SigningKeys.place(row.id))
      guard let key = Ed25519.PrivateKey(seed: seed) else { throw UnreadableColumn(description: "not a key") }
      return Key(signer: TokenSigner(key, id: row.id, type: SigningKeys.tokenType), signsFrom: row.signsFrom)
    }
    let reader = TokenReader(JSONWebKeySet(keys.map(\.signer.publicKey)), type: SigningKeys.tokenType)
    state.withLock { state in
      state.keys = keys
      state.reader = reader
    }
  }

  /// Keeps the keys up to date until the task is cancelled.
  func run(_ database: Database, on loop: EventLoop) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in database.listen(["signing_keys"]) { try? await self.reload(database) } }
      group.addTask {
        while !Task.isCancelled {
          do { try await loop.sleep(for: .seconds(60)) } catch { return }
          try? await self.reload(database)
        }
      }
    }
  }

  /// The public keys, for others to verify with.
  var published: JSONWebKeySet { JSONWebKeySet(state.withLock { $0.keys.map(\.signer.publicKey) }) }

  /// A token of these claims, by the newest key that signs.
  func sign(_ claims: [UInt8]) -> String {
    let moment = now()
    let key = state.withLock { state in state.keys.last { $0.signsFrom <= moment } ?? state.keys.first }
    guard let key else { preconditionFailure("keys are loaded before tokens are made") }
    return key.signer.sign(claims)
  }

  /// The claims of a token that one of our keys has signed.
  func claims(of token: String) -> [UInt8]? {
    let reader = state.withLock { $0.reader }
    return try? reader.read(token).claims
  }
}
