// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Where somebody was when the session ended: it is there again when the same person comes back.
struct Interruption: Sendable {
  var account: Account.ID
  var workspace: Workspace
  var section: Section
  var stack: [any Screen]
  var parked: [Section: [any Screen]]
}

extension App {
  // MARK: Signing in and out

  /// A session has begun. One that owes its second factor is asked for it before anything else.
  mutating func signIn(_ session: Session) -> [Step] {
    context.session = session
    guard session.secondFactor == .owed else { return begin(session) }
    showAccount()
    return fitScreens() + top { $0.open($1) } + ask(.secondFactor)
  }

  private mutating func begin(_ session: Session) -> [Step] {
    let hello = Step.toast(.ok, "Signed in as \(session.account.name).")
    let next: [Step] = [hello, .perform(.follow), .perform(.sendQueue), .perform(.wishes(.learn))]
    if let left = interrupted, left.account == session.account.id {
      interrupted = nil
      (workspace, section, stack, parked) = (left.workspace, left.section, left.stack, left.parked)
      return fitScreens() + refreshAll() + next
    }
    interrupted = nil
    parked = [:]
    let isSeller = !session.account.shops.isEmpty
    workspace = isSeller ? .sell : context.isModerator ? .moderate : .buy
    section = isSeller ? .products : context.isModerator ? .moderation : .browse
    stack = [screen(for: section)]
    return fitScreens() + top { $0.open($1) } + next
  }

  mutating func signOut(_ note: String?) -> [Step] {
    forget()
    interrupted = nil
    showAccount()
    let words = "Signed out. What was stored of your account is gone from this computer."
    return fitScreens() + top { $0.open($1) }
      + [.toast(.info, words), .perform(.wishes(.learn))] + (note.map { [.toast(.warning, $0)] } ?? [])
  }

  /// The session is over without having been asked to: drafts are kept, and the screens for when the person is back.
  private mutating func end(_ end: SessionEnd) -> [Step] {
    guard let session = context.session else { return [] }
    let screens = stack + parked.values.flatMap { $0 }
    let keep = screens.flatMap { $0.keepDrafts() }
    interrupted = Interruption(
      account: session.account.id, workspace: workspace, section: section, stack: stack, parked: parked)
    forget()
    parked = [:]
    workspace = .buy
    section = .account
    stack = [SignInScreen(reason: end.words)]
    return keep + [.perform(.identity(.leave))] + fitScreens() + top { $0.open($1) }
  }

  private mutating func forget() {
    context.session = nil
    context.queue = []
    context.wished = []
    overlay = nil
    proof = nil
    undos = [:]
    if context.link == .live { context.link = .online }
  }

  private mutating func showAccount() {
    parked = [:]
    workspace = .buy
    section = .account
    stack = [screen(for: .account)]
  }

  // MARK: News

  mutating func receive(_ news: IdentityNews) -> [Step] {
    var steps: [Step] = []
    if let outcome = proof?.receive(news, now: context.now) { steps += follow(outcome) }
    steps += tell(.identity(news))
    switch news {
    case .session(.renewed(let session)), .proven(.success(let session)): steps += take(session)
    case .session(.over(let over)): steps += end(over)
    case .proofWanted(let demand): steps += ask(demand)
    case .account(.renewRecoveryCodes, .success(.recoveryCodes(let codes))):
      proof = .enrolment(Enrolment(renewed: codes))
    default: break
    }
    return steps
  }

  /// The session as it is now; one that has paid its second factor begins.
  private mutating func take(_ session: Session) -> [Step] {
    guard let before = context.session, before.account.id == session.account.id else { return [] }
    context.session = session
    return before.secondFactor == .owed && session.secondFactor != .owed ? begin(session) : []
  }

  // MARK: Proofs

  mutating func ask(_ demand: ProofDemand) -> [Step] {
    if proof != nil { return [] }
    let prompt = ProofPrompt(demand)
    proof = .prompt(prompt)
    return prompt.firstSteps
  }

  /// Opens the set-up of two-factor.
  mutating func enrol() -> [Step] {
    let enrolment = Enrolment()
    proof = .enrolment(enrolment)
    return enrolment.firstSteps
  }

  mutating func pressProof(_ key: Key) -> [Command<Effect, Message>] {
    guard let outcome = proof?.handle(key, now: context.now) else { return [] }
    return carryOut(follow(outcome))
  }

  mutating func answerProof(_ text: String) -> [Command<Effect, Message>] {
    guard let outcome = proof?.answer(text, now: context.now) else { return [] }
    return carryOut(follow(outcome))
  }

  mutating func pasteProof(_ text: String) -> [Command<Effect, Message>] {
    guard let outcome = proof?.paste(text, now: context.now) else { return [] }
    return carryOut(follow(outcome))
  }

  mutating func tick(_ key: String) -> [Step] {
    guard let outcome = proof?.receiveTick(key, now: context.now) else { return [] }
    return follow(outcome)
  }

  private mutating func follow(_ outcome: ProofPrompt.Outcome) -> [Step] {
    switch outcome {
    case .stay(let steps): return steps
    case .enrol: return enrol()
    case .close(let isProven):
      proof = nil
      var steps: [Step] = [.perform(.identity(.settle(isProven: isProven)))]
      if !isProven, context.session?.secondFactor == .owed {
        steps.append(.toast(.warning, "Until the second factor is given you can only look around."))
      }
      return steps
    }
  }
}
