// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// What lies over everything while a proof is asked for or set up.
enum ProofLayer: Sendable, Equatable {
  case prompt(ProofPrompt)
  case enrolment(Enrolment)

  /// Whether a timer is its own.
  func hears(_ key: String) -> Bool { key == ProofPrompt.tick }

  mutating func handle(_ key: Key, now: Int64) -> ProofPrompt.Outcome {
    switch self {
    case .prompt(var prompt):
      let outcome = prompt.handle(key, now: now)
      self = .prompt(prompt)
      return outcome
    case .enrolment(var enrolment):
      let outcome = enrolment.handle(key)
      self = .enrolment(enrolment)
      return outcome
    }
  }

  mutating func paste(_ text: String, now: Int64) -> ProofPrompt.Outcome {
    switch self {
    case .prompt(var prompt):
      let outcome = prompt.paste(text, now: now)
      self = .prompt(prompt)
      return outcome
    case .enrolment(var enrolment):
      let outcome = enrolment.paste(text)
      self = .enrolment(enrolment)
      return outcome
    }
  }

  mutating func receive(_ news: IdentityNews, now: Int64) -> ProofPrompt.Outcome {
    switch self {
    case .prompt(var prompt):
      let outcome = prompt.receive(news, now: now)
      self = .prompt(prompt)
      return outcome
    case .enrolment(var enrolment):
      enrolment.receive(news)
      self = .enrolment(enrolment)
      return .stay([])
    }
  }

  mutating func receiveTick(_ key: String, now: Int64) -> ProofPrompt.Outcome {
    guard case .prompt(var prompt) = self else { return .stay([]) }
    let outcome = prompt.receiveTick(key, now: now)
    self = .prompt(prompt)
    return outcome
  }

  func draw(in area: Rect, now: Int64, on canvas: inout Canvas) {
    switch self {
    case .prompt(let prompt): ProofPromptView(prompt: prompt, now: now).draw(in: area, on: &canvas)
    case .enrolment(let enrolment): EnrolmentView(enrolment: enrolment).draw(in: area, on: &canvas)
    }
  }
}
