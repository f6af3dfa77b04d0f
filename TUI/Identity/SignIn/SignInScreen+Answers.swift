// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension SignInScreen {
  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(SignInScreen.slot, .providers, .content(.providers(let found), _)): providers = found
    case .identity(.codeSent(.signIn, let result)) where stage == .sending: return takeSent(result, context)
    case .identity(.notSignedIn(let failure)): return takeRefusal(failure, context)
    case .identity(.linkBegun(let result)) where stage == .beginningLink: return takeLink(result)
    case .identity(.link(let wait)): return takeWait(wait)
    case .due(SignInScreen.tick): return countDown(context)
    default: break
    }
    return []
  }

  private mutating func takeSent(_ result: Result<CodeChallenge, ClientFailure>, _ context: Context) -> [Step] {
    switch result {
    case .success(let challenge):
      guard let contact = asked else { return [] }
      sent = Sent(contact: contact, challenge: challenge, at: context.now)
      entry.clear()
      stage = .code
      return [.perform(.identity(.tick(SignInScreen.tick)))]
    case .failure(let failure):
      stage = sent != nil && sent?.contact == asked ? .code : .contact
      return fail(failure, context, "Nothing was sent.")
    }
  }

  private mutating func takeRefusal(_ failure: ClientFailure, _ context: Context) -> [Step] {
    guard stage == .checking else { return [] }
    stage = .code
    entry.clear()
    guard failure.problemCode == .codeRefused else { return fail(failure, context, "The code was not looked at.") }
    sent?.wrongTries += 1
    let left = CodeChallenge.triesMax - (sent?.wrongTries ?? 0)
    trouble = Trouble(
      words: left > 0
        ? "This code is wrong or used up. \(Words.count(left, "try is", "tries are")) left."
        : "Too many wrong codes. Have another one sent.")
    return []
  }

  private mutating func takeLink(_ result: Result<DeviceGrant, ClientFailure>) -> [Step] {
    switch result {
    case .success(let grant):
      stage = .link(grant, LinkPace(intervalSeconds: Int64(grant.interval)))
      return [.perform(.identity(.awaitLink(grant))), .perform(.identity(.tick(SignInScreen.tick)))]
    case .failure(let failure):
      stage = .linkOver(.failed(failure))
      return []
    }
  }

  private mutating func takeWait(_ wait: LinkWait) -> [Step] {
    guard case .link(let grant, _) = stage else { return [] }
    switch wait {
    case .over(let end): stage = .linkOver(end)
    case .waiting(let pace): stage = .link(grant, pace)
    }
    return []
  }

  /// Says why, and counts down when there is something to wait for.
  private mutating func fail(_ failure: ClientFailure, _ context: Context, _ consequence: String) -> [Step] {
    if case .limited(_, let seconds) = failure {
      trouble = Trouble(words: "Too many tries.", waitUntil: context.now + seconds)
      return [.perform(.identity(.tick(SignInScreen.tick)))]
    }
    trouble = Trouble(words: "\(failure.words) \(consequence)")
    return []
  }

  private mutating func countDown(_ context: Context) -> [Step] {
    if let wait = trouble?.waitUntil, wait <= context.now { trouble = nil }
    switch stage {
    case .code, .checking, .link: break
    default: if trouble?.waitUntil == nil { return [] }
    }
    return [.perform(.identity(.tick(SignInScreen.tick)))]
  }
}
