// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// How waiting for the other device goes on after an answer, as RFC 8628 §3.5 says. Pure.
enum LinkWait: Sendable, Equatable {
  case waiting(LinkPace)
  case over(LinkEnd)

  static let slowerBySeconds: Int64 = 5

  init(after failure: ClientFailure, _ pace: LinkPace) {
    var next = LinkPace(intervalSeconds: pace.intervalSeconds)
    switch failure.problemCode {
    case .authorizationPending: break
    case .slowDown: next.intervalSeconds += LinkWait.slowerBySeconds
    case .accessDenied:
      self = .over(.denied)
      return
    case .expiredToken:
      self = .over(.expired)
      return
    default:
      if case .limited(_, let seconds) = failure {
        next.intervalSeconds = max(seconds, next.intervalSeconds)
      } else if failure.isAway {
        next.failureCount = pace.failureCount + 1
      } else {
        self = .over(.failed(failure))
        return
      }
    }
    self = .waiting(next)
  }
}

/// How often the server is asked.
struct LinkPace: Sendable, Equatable {
  var intervalSeconds: Int64
  /// How often in a row it was away: it is asked less and less often, and as before once it is back.
  var failureCount = 0

  private static let pauseMax: Int64 = 60

  var pauseSeconds: Int64 { min(LinkPace.pauseMax, max(1, intervalSeconds) << Int64(min(failureCount, 6))) }
  var isAway: Bool { failureCount > 0 }
}

/// Why the link signed nobody in.
enum LinkEnd: Sendable, Equatable {
  case denied, expired
  case failed(ClientFailure)

  var words: String {
    switch self {
    case .denied: "It was refused on the other device."
    case .expired: "The link is too old now."
    case .failed(let failure): failure.words
    }
  }
}
