// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// What a person said of a device.
enum DeviceDecision: Sendable, Equatable {
  case agreed(Account.ID, provenAt: Timestamp?)
  case denied(Account.ID)
}

/// A device's request as it stands, and what its next question is answered with.
struct DeviceGrantState: Sendable, Equatable {
  var device: String
  var expiresAt: Timestamp
  var intervalSeconds: Int
  var lastAskedAt: Timestamp?
  var decision: DeviceDecision?
  var isRedeemed: Bool

  enum Answer: Sendable, Equatable {
    case session(Account.ID, provenAt: Timestamp?)
    case refused(DeviceRefusal)
  }

  /// RFC 8628 §3.5: what asks too soon waits longer from then on.
  static let slowDownSeconds = 5
  /// A question may have been on its way for longer than the one after it.
  static let toleranceSeconds = 1

  /// Haste is held against a device only while there is nothing to tell it.
  func answer(at now: Timestamp) -> Answer {
    if isRedeemed || now >= expiresAt { return .refused(.expired) }
    switch decision {
    case .denied: return .refused(.denied)
    case .agreed(let account, let provenAt): return .session(account, provenAt: provenAt)
    case nil: return .refused(isTooSoon(now) ? .askedTooSoon : .pending)
    }
  }

  private func isTooSoon(_ now: Timestamp) -> Bool {
    guard let lastAskedAt else { return false }
    return now < lastAskedAt.adding(seconds: Int64(intervalSeconds - DeviceGrantState.toleranceSeconds))
  }

  /// From three columns: the word, who said it, and when they had proven a second factor.
  static func decision(_ row: inout RowReader) throws -> DeviceDecision? {
    let word = try row.next(String?.self)
    let account = try row.next(String?.self).flatMap { Account.ID($0) }
    let provenAt = try row.nextTimestampIfAny()
    guard let word else { return nil }
    guard let account else { throw UnreadableColumn(description: "a decision without its account") }
    switch word {
    case "agreed": return .agreed(account, provenAt: provenAt)
    case "denied": return .denied(account)
    default: throw UnreadableColumn(description: "not a decision")
    }
  }
}
