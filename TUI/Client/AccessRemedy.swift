// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// What a call that was refused needs before it is worth repeating.
enum AccessRemedy: Sendable, Equatable {
  case none
  case newToken
  case proof(ProofDemand)
}

/// A proof that the server wants of a person.
enum ProofDemand: Sendable, Equatable, CaseIterable {
  /// The session has shown the first factor only.
  case secondFactor
  /// The last proof is older than five minutes.
  case stepUp
  /// The account must have two-factor first.
  case enrolment
}

/// What was tried for a call already. Pure.
struct AccessHistory: Sendable, Equatable {
  /// One proof may show that another is wanted; a third question would only annoy.
  static let proofsMax = 2

  private(set) var hasRenewed = false
  private(set) var proofCount = 0

  /// The remedy for a refusal; counts it as tried.
  mutating func remedy(for failure: ClientFailure, hasToken: Bool, asks: Bool) -> AccessRemedy {
    let demand: ProofDemand
    switch failure.problemCode {
    case .unauthenticated:
      guard hasToken, !hasRenewed else { return .none }
      hasRenewed = true
      return .newToken
    case .secondFactorRequired: demand = .secondFactor
    case .stepUpRequired: demand = .stepUp
    case .twoFactorRequired: demand = .enrolment
    default: return .none
    }
    guard asks, proofCount < AccessHistory.proofsMax else { return .none }
    proofCount += 1
    return .proof(demand)
  }
}

/// How a proof is given.
enum ProofWay: Sendable, Equatable {
  /// A code of the authenticator, or a recovery code in its place.
  case authenticator
  /// A one-time code sent to one of these contacts of the account.
  case oneTimeCode([Contact])
  /// Two-factor is to be turned on, which proves it too.
  case enrolment

  /// For accounts that have two-factor it is the only way; those that must have it turn it on, and so do those that no
  /// code can be sent to.
  init(_ demand: ProofDemand, _ facts: ProofFacts) {
    if demand == .secondFactor || facts.twoFactor.isOn {
      self = .authenticator
    } else if demand == .enrolment || facts.twoFactor.isMandatory || facts.contacts.isEmpty {
      self = .enrolment
    } else {
      self = .oneTimeCode(facts.contacts)
    }
  }
}

/// What has to be known of an account before it can be asked for a proof.
struct ProofFacts: Sendable, Equatable {
  var twoFactor: TwoFactor
  var contacts: [Contact]
}
