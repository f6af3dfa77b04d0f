// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// Where the next access token comes from. Pure; decided under the lock of the session's file.
enum TokenPlan: Sendable, Equatable {
  /// This session's token will do: perhaps another process has renewed it already.
  case take(Session)
  case renew(Session)
  case over(SessionEnd)

  /// `mine` is the session as this process knows it, `filed` as it stands in the file now, `refused` a token that the
  /// server would not have.
  init(mine: Session, filed: Session?, refused: String?, now: Int64) {
    guard let filed else {
      self = .over(.signedOut)
      return
    }
    // Another session of the same account is as good: somebody has signed in anew.
    guard filed.account.id == mine.account.id else {
      self = .over(.replaced)
      return
    }
    self = filed.holds(insteadOf: refused, at: now) ? .take(filed) : .renew(filed)
  }
}

/// How a session came to its end without being asked to.
enum SessionEnd: Sendable, Equatable {
  /// The server says so: it was revoked, or not used for too long.
  case ended
  /// Another process of the same person signed out.
  case signedOut
  /// Another process signed somebody else in.
  case replaced

  var words: String {
    switch self {
    case .ended: "Your session has ended. Sign in again; what was not sent is kept."
    case .signedOut: "You have signed out in another window. What was not sent is kept."
    case .replaced: "Somebody else has signed in from another window. What was not sent is kept."
    }
  }

  /// What calls fail with from then on.
  var failure: ClientFailure {
    var problem = ProblemCode.sessionEnded.problem()
    problem.detail = words
    return .refused(problem)
  }
}

extension Session {
  /// A token is renewed when it has less than a minute left, so that none ends on its way to the server.
  static let renewalSeconds: Int64 = 60

  /// Whether the access token can be used. The times are those of this computer's clock.
  func holds(insteadOf refused: String? = nil, at now: Int64, margin: Int64 = renewalSeconds) -> Bool {
    accessToken != refused && expiresAt.microseconds / 1_000_000 - now > margin
  }

  /// As it is after its second factor was proven.
  func proven(by token: ProvenToken) -> Session {
    var session = self
    session.accessToken = token.accessToken
    session.expiresAt = token.expiresAt
    session.secondFactor = .proven
    return session
  }
}
