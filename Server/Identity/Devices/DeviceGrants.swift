// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// Devices that ask to be signed in, until somebody has agreed or refused (RFC 8628).
struct DeviceGrants: Sendable {
  let digests: KeyedDigests
  let limits: SignInLimits
  let sessions: SessionBook
  /// Where people reach the pages.
  let origin: String
  let now: @Sendable () -> Timestamp

  // MARK: The device

  func request(_ device: String, from network: String, _ transaction: Transaction) async throws -> DeviceGrant {
    try await limits.take(.devicesOfNetwork(network), in: transaction)
    let secret = OpaqueToken(prefix: DeviceGrants.prefix)
    let expiresAt = now().adding(seconds: DeviceGrant.lifetimeSeconds)
    let userCode = try await addRow(secret.digest, device, expiresAt, transaction)
    return DeviceGrant(
      deviceCode: secret.text, userCode: userCode, verificationURI: origin + PagePath.device.text,
      verificationURIComplete: "\(origin)\(PagePath.device.text)?code=\(userCode)", expiresAt: expiresAt,
      interval: DeviceGrant.intervalSeconds)
  }

  /// Of 25 thousand million codes one that is taken comes up hardly ever, and then another is drawn.
  private func addRow(
    _ digest: [UInt8], _ device: String, _ expiresAt: Timestamp, _ transaction: Transaction
  ) async throws -> String {
    while true {
      let userCode = UserCode.make()
      let added = try await transaction.execute(
        """
        insert into device_grants (device_hash, user_hash, device, expires_at, interval_seconds)
        values (\(digest), \(hash(userCode)), \(device), \(moment: expiresAt.microseconds),
          \(DeviceGrant.intervalSeconds))
        on conflict (user_hash) do nothing
        """)
      if added == 1 { return userCode }
    }
  }

  enum Redeemed: Sendable {
    case session(Session)
    case refused(DeviceRefusal)
  }

  /// The device asks. The refusal is returned, not thrown: when it asked must commit. The row is held, so that a code that
  /// comes twice at once gives one session.
  func redeem(_ deviceCode: String, _ transaction: Transaction) async throws -> Redeemed {
    guard let digest = OpaqueToken.digest(of: deviceCode, prefix: DeviceGrants.prefix),
      let state = try await lock(digest, transaction)
    else { return .refused(.expired) }
    let moment = now()
    switch state.answer(at: moment) {
    case .refused(let refusal):
      let longer = refusal == .askedTooSoon ? DeviceGrantState.slowDownSeconds : 0
      try await transaction.execute(
        """
        update device_grants
        set last_asked_at = \(moment: moment.microseconds), interval_seconds = interval_seconds + \(longer)
        where device_hash = \(digest)
        """)
      return .refused(refusal)
    case .session(let account, let provenAt):
      try await transaction.execute(
        "update device_grants set redeemed_at = \(moment: moment.microseconds) where device_hash = \(digest)")
      return .session(try await sessions.open(for: account, on: state.device, provenAt: provenAt, transaction))
    }
  }

  private func lock(_ digest: [UInt8], _ transaction: Transaction) async throws -> DeviceGrantState? {
    try await transaction.first(
      """
      select device, expires_at, interval_seconds, last_asked_at, decision, account, proven_at, redeemed_at is not null
      from device_grants
      where device_hash = \(digest)
      for update
      """
    ) { row in
      DeviceGrantState(
        device: try row.next(String.self), expiresAt: try row.nextTimestamp(), intervalSeconds: try row.next(Int.self),
        lastAskedAt: try row.nextTimestampIfAny(), decision: try DeviceGrantState.decision(&row),
        isRedeemed: try row.next(Bool.self))
    }
  }

  private static let prefix = "dvc_"

  // MARK: The person

  /// What the device is called that waits with this code, if one does.
  func waiting(_ userCode: String, in runner: some SQLRunner) async throws -> String? {
    try await runner.first(
      """
      select device
      from device_grants
      where user_hash = \(hash(userCode)) and decision is null and expires_at > \(moment: now().microseconds)
      """
    ) { row in try row.next(String.self) }
  }

  /// Writes down what the person said; false when the device no longer waits.
  func decide(_ userCode: String, _ decision: DeviceDecision, _ transaction: Transaction) async throws -> Bool {
    let (word, action, account): (String, AuditAction, Account.ID)
    var provenAt: Timestamp?
    switch decision {
    case .agreed(let by, let proven):
      (word, action, account) = ("agreed", .deviceAgreed, by)
      provenAt = proven
    case .denied(let by): (word, action, account) = ("denied", .deviceDenied, by)
    }
    let count = try await transaction.execute(
      """
      update device_grants
      set decision = \(word), account = \(account.text), proven_at = \(moment: provenAt?.microseconds)
      where user_hash = \(hash(userCode)) and decision is null and expires_at > \(moment: now().microseconds)
      """)
    guard count == 1 else { return false }
    try await AuditLog.append(action, by: account, subject: account.text, in: transaction)
    return true
  }

  private func hash(_ userCode: String) -> [UInt8] { digests.hash(ofCode: userCode, for: "device") }
}
