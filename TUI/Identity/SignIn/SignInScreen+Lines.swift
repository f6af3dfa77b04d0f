// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Signing in line by line.
extension SignInScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    var lines = [OutlineLine(title)]
    if let reason { lines.append(OutlineLine(reason)) }
    lines += standing.map { OutlineLine($0) }
    if let trouble { lines.append(OutlineLine(trouble.words)) }
    if stage == .ways {
      lines.append(OutlineLine("with a code by mail or text message", choice: "1"))
      lines.append(OutlineLine("with a browser, on this or another device", choice: "2"))
    }
    return lines
  }

  /// What is being waited for, and where it can be done.
  private var standing: [String] {
    switch stage {
    case .ways, .contact: []
    case .sending: ["The code is being sent."]
    case .code: sent.map { ["A code went to \($0.contact.masked)."] } ?? []
    case .checking: ["The code is being looked at."]
    case .beginningLink: ["A link is being made."]
    case .link(let grant, _): ["Open \(grant.verificationURI) and give it the code \(grant.userCode)."]
    case .linkOver: ["The link is over. open begins again with a new one."]
    }
  }

  func prompt(_ context: Context) -> String? {
    switch stage {
    case .contact: "E-mail address or phone number"
    case .code: "The code of \(CodeChallenge.digits) digits"
    default: nil
    }
  }

  mutating func answer(_ text: String, _ context: Context) -> [Step] {
    switch stage {
    case .contact:
      contact = TextEditor(text, lengthMax: 254)
      return perform(.open, context)
    case .code:
      entry.clear()
      let steps = paste(text, context)
      if stage == .code { trouble = Trouble(words: "A code has \(CodeChallenge.digits) digits.") }
      return steps
    default: return []
    }
  }
}
