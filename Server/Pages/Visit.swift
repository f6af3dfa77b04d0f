// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market

/// One person's way through the pages, from the device's code to the answer. Their browser keeps it, sealed, in a
/// cookie; the server keeps nothing.
struct Visit: Codable, Sendable, Equatable {
  enum Step: Codable, Sendable, Equatable {
    case arrived
    case codeSent(CodeChallenge.ID, to: String)
    case secondFactorOwed(Account.ID)
    case signedIn(Account.ID, provenAt: Timestamp?)
    /// The device was signed in, or refused.
    case done(isAgreed: Bool)
  }

  struct Device: Codable, Sendable, Equatable {
    var userCode: String
    var name: String
  }

  /// What the forms' tokens and the attempts with providers are bound to.
  private(set) var id: String
  private(set) var expiresAt: Timestamp
  private(set) var step = Step.arrived
  /// The device that is to be signed in.
  var device: Device?

  /// How long a step waits for the person, and how long a sign-in may be used.
  static let lifetimeSeconds: Int64 = 900

  static func begun(at now: Timestamp) -> Visit {
    Visit(id: RandomID.make(bytes: 20), expiresAt: now.adding(seconds: lifetimeSeconds))
  }

  /// Goes on to a step. Whoever has shown who they are is a new visitor: what was known of the visit before, by somebody
  /// who had this browser or gave it its cookie, is of no use then.
  func entering(_ step: Step, at now: Timestamp) -> Visit {
    var visit = Visit.begun(at: now)
    visit.step = step
    visit.device = device
    if account == step.account { visit.id = id }
    return visit
  }

  /// The page that this step waits on.
  var next: PagePath {
    switch step {
    case .arrived: device == nil ? .device : .signIn
    case .codeSent: .code
    case .secondFactorOwed: .secondFactor
    case .signedIn: device == nil ? .device : .consent
    case .done: .result
    }
  }

  private var account: Account.ID? { step.account }

  private init(id: String, expiresAt: Timestamp) {
    self.id = id
    self.expiresAt = expiresAt
  }
}

extension Visit.Step {
  fileprivate var account: Account.ID? {
    switch self {
    case .arrived, .codeSent, .done: nil
    case .secondFactorOwed(let account), .signedIn(let account, _): account
    }
  }
}
