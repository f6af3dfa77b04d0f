// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// A proof that is asked for, in lines.
extension ProofLayer {
  /// Whether something is under way before the next question.
  var isBusy: Bool {
    switch self {
    case .prompt(let prompt):
      switch prompt.stage {
      case .learning, .sending: true
      default: prompt.isChecking
      }
    case .enrolment(let enrolment): enrolment.stage == .asking || enrolment.isChecking
    }
  }

  var outline: [OutlineLine] {
    switch self {
    case .prompt(let prompt): prompt.outline
    case .enrolment(let enrolment): enrolment.outline
    }
  }

  var question: String? {
    switch self {
    case .prompt(let prompt): prompt.question
    case .enrolment(let enrolment): enrolment.question
    }
  }

  /// Takes a typed line. Nothing means not now.
  mutating func answer(_ text: String, now: Int64) -> ProofPrompt.Outcome {
    switch self {
    case .prompt(let prompt): return answer(text, prompt, now)
    case .enrolment(let enrolment):
      switch enrolment.stage {
      case .scanning where text.isEmpty: return handle(.escape, now: now)
      case .scanning: return paste(text, now: now)
      case .codes:
        for character in text { _ = handle(Key(character), now: now) }
        return handle(.enter, now: now)
      case .asking, .stuck: return handle(text.isEmpty ? .escape : .enter, now: now)
      }
    }
  }

  private mutating func answer(_ text: String, _ prompt: ProofPrompt, _ now: Int64) -> ProofPrompt.Outcome {
    if text.isEmpty { return handle(.escape, now: now) }
    switch prompt.stage {
    case .authenticator, .oneTimeCode:
      if text == "again" { return handle(Key("r"), now: now) }
      let outcome = paste(text, now: now)
      // A recovery code goes out with Enter.
      return outcome == .stay([]) ? handle(.enter, now: now) : outcome
    case .choosing(let contacts):
      guard let number = Int(text), contacts.indices.contains(number - 1) else { return .stay([]) }
      _ = handle(.home, now: now)
      for _ in 1..<number { _ = handle(.down, now: now) }
      return handle(.enter, now: now)
    case .mustEnrol: return handle(text.lowercased().hasPrefix("y") ? .enter : .escape, now: now)
    case .learning, .sending, .stuck: return handle(.enter, now: now)
    }
  }
}

extension ProofPrompt {
  fileprivate var outline: [OutlineLine] {
    var lines = [OutlineLine(demand == .secondFactor ? "Second factor" : "Prove that it is you")]
    switch stage {
    case .learning: lines.append(OutlineLine("One moment."))
    case .stuck(let failure): lines.append(OutlineLine(failure.words))
    case .authenticator: lines.append(OutlineLine("Without the authenticator a recovery code will do."))
    case .choosing(let contacts):
      lines += contacts.enumerated().map { OutlineLine($1.masked, choice: "\($0 + 1)") }
    case .sending(let contact): lines.append(OutlineLine("Sending a code to \(contact.masked)."))
    case .oneTimeCode(let contact, _): lines.append(OutlineLine("A code was sent to \(contact.masked)."))
    case .mustEnrol:
      lines.append(OutlineLine("This wants two-factor: a second proof beside the code in your mail."))
    }
    if let trouble { lines.append(OutlineLine(trouble)) }
    return lines
  }

  fileprivate var question: String? {
    switch stage {
    case .learning, .sending: nil
    case .stuck: "again tries again; return leaves it."
    case .authenticator: "The code that your authenticator shows; return leaves it."
    case .choosing: "Which number gets the code? Return leaves it."
    case .oneTimeCode: "The code; again sends another one; return leaves it."
    case .mustEnrol: "Set it up now, yes or no?"
    }
  }
}

extension Enrolment {
  fileprivate var outline: [OutlineLine] {
    switch stage {
    case .asking: [OutlineLine("Two-factor"), OutlineLine("Asking for a secret.")]
    case .stuck(let failure): [OutlineLine("Two-factor"), OutlineLine(failure.words)]
    case .scanning(let secret):
      [
        OutlineLine("Turn two-factor on"),
        OutlineLine("Give this secret to an authenticator: \(EnrolmentView.grouped(secret.secret))"),
        OutlineLine(secret.uri),
      ] + (trouble.map { [OutlineLine($0)] } ?? [])
    case .codes(let codes):
      [
        OutlineLine("Recovery codes"),
        OutlineLine("Each stands in for the authenticator once. They are shown this one time."),
      ] + codes.map { OutlineLine($0) }
    }
  }

  fileprivate var question: String? {
    switch stage {
    case .asking: nil
    case .stuck: "again tries again; return leaves it."
    case .scanning: "The six digits that it shows; return leaves it."
    case .codes: "Type \(Enrolment.keptWord) when they are in a safe place."
    }
  }
}
