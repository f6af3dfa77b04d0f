// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Asks for a proof over whatever screen is there. What had to wait for it goes on by itself.
struct ProofPrompt: Sendable, Equatable {
  enum Stage: Sendable, Equatable {
    /// Finds out how it can be proven.
    case learning
    case stuck(ClientFailure)
    case authenticator
    /// Which of several contacts gets the code.
    case choosing([Contact])
    case sending(Contact)
    case oneTimeCode(Contact, CodeChallenge)
    /// Two-factor must be set up first.
    case mustEnrol
  }

  /// What a key or an answer leads to.
  enum Outcome: Sendable, Equatable {
    case stay([Step])
    case close(isProven: Bool)
    case enrol
  }

  let demand: ProofDemand
  private(set) var stage: Stage
  private(set) var entry = CodeEntry(allowsRecovery: true)
  private(set) var list = ListState()
  private(set) var isChecking = false
  private(set) var trouble: String?
  private(set) var waitUntil: Int64?

  static let tick = "proof-tick"

  init(_ demand: ProofDemand) {
    self.demand = demand
    // A session that owes its second factor belongs to an account that has one.
    stage = demand == .secondFactor ? .authenticator : .learning
  }

  var firstSteps: [Step] { stage == .learning ? [.perform(.identity(.learnFacts))] : [] }

  // MARK: Keys

  mutating func handle(_ key: Key, now: Int64) -> Outcome {
    if key == .escape || key == .control("c") { return .close(isProven: false) }
    switch stage {
    case .learning, .sending: return .stay([])
    case .stuck: return key == .enter ? learn() : .stay([])
    case .mustEnrol: return key == .enter ? .enrol : .stay([])
    case .choosing(let contacts):
      if case .activated(let index) = list.handle(key) { return send(to: contacts[index]) }
      return .stay([])
    case .oneTimeCode(let contact, _) where key == Key("r"): return isChecking ? .stay([]) : send(to: contact)
    case .authenticator, .oneTimeCode:
      if isChecking || (waitUntil ?? 0) > now { return .stay([]) }
      if case .complete(let code) = entry.handle(key) { return prove(code) }
      return .stay([])
    }
  }

  mutating func paste(_ text: String, now: Int64) -> Outcome {
    switch stage {
    case .authenticator, .oneTimeCode:
      if isChecking || (waitUntil ?? 0) > now { return .stay([]) }
      if case .complete(let code) = entry.paste(text) { return prove(code) }
    default: break
    }
    return .stay([])
  }

  private mutating func learn() -> Outcome {
    stage = .learning
    return .stay(firstSteps)
  }

  private mutating func send(to contact: Contact) -> Outcome {
    stage = .sending(contact)
    trouble = nil
    return .stay([.perform(.identity(.sendCode(contact, for: .proof)))])
  }

  private mutating func prove(_ code: String) -> Outcome {
    isChecking = true
    trouble = nil
    var proof = Proof(code: code)
    if case .oneTimeCode(_, let challenge) = stage { proof.challenge = challenge.challenge }
    return .stay([.perform(.identity(.prove(proof)))])
  }

  // MARK: Answers

  mutating func receive(_ news: IdentityNews, now: Int64) -> Outcome {
    switch news {
    case .facts(.success(let facts)) where stage == .learning: return take(facts)
    case .facts(.failure(let failure)) where stage == .learning: stage = .stuck(failure)
    case .codeSent(.proof, let result):
      guard case .sending(let contact) = stage else { break }
      switch result {
      case .success(let challenge):
        entry = CodeEntry()
        stage = .oneTimeCode(contact, challenge)
      case .failure(let failure): stage = .stuck(failure)
      }
    case .proven(.success): return .close(isProven: true)
    case .proven(.failure(let failure)): return refuse(failure, now)
    default: break
    }
    return .stay([])
  }

  mutating func receiveTick(_ key: String, now: Int64) -> Outcome {
    guard key == ProofPrompt.tick, let until = waitUntil else { return .stay([]) }
    if until > now { return .stay([.perform(.identity(.tick(key)))]) }
    waitUntil = nil
    trouble = nil
    return .stay([])
  }

  private mutating func take(_ facts: ProofFacts) -> Outcome {
    switch ProofWay(demand, facts) {
    case .authenticator:
      entry = CodeEntry(allowsRecovery: true)
      stage = .authenticator
    case .enrolment: stage = .mustEnrol
    case .oneTimeCode(let contacts):
      if contacts.count == 1 { return send(to: contacts[0]) }
      list = ListState(count: contacts.count)
      stage = .choosing(contacts)
    }
    return .stay([])
  }

  private mutating func refuse(_ failure: ClientFailure, _ now: Int64) -> Outcome {
    isChecking = false
    entry.clear()
    switch failure {
    case .limited(_, let seconds):
      trouble = "Too many tries."
      waitUntil = now + seconds
      return .stay([.perform(.identity(.tick(ProofPrompt.tick)))])
    case _ where failure.problemCode == .codeRefused: trouble = "This code is wrong, used up or too old."
    // Two-factor was turned on somewhere else meanwhile.
    case _ where failure.problemCode == .twoFactorRequired: return learn()
    default: trouble = failure.words
    }
    return .stay([])
  }
}
