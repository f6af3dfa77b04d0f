// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension AccountScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    if isInPane { return panes[menu.selected].outline(context) }
    return [OutlineLine(title)]
      + panes.enumerated().map { OutlineLine($1.title, choice: "\($0 + 1)") }
  }

  func prompt(_ context: Context) -> String? { isInPane ? panes[menu.selected].prompt(context) : nil }

  mutating func answer(_ text: String, _ context: Context) -> [Step] { panes[menu.selected].answer(text, context) }

  var commands: [(usage: String, what: String)] { isInPane ? panes[menu.selected].commands : [] }

  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]? {
    isInPane ? panes[menu.selected].command(name, words, context) : nil
  }
}

extension SessionsPane {
  func outline(_ context: Context) -> [OutlineLine] {
    let lines = phase.outline(context, isEmpty: sessions.isEmpty, nothing: "There is no session.")
    return [OutlineLine("Where you are signed in")] + lines
      + sessions.enumerated().map { index, session in
        let used = Words.since(context.now - session.lastUsedAt.microseconds / 1_000_000)
        return OutlineLine(
          "\(session.device), \(session.isCurrent ? "this one" : "last used \(used)")", choice: "\(index + 1)")
      }
  }
}

extension TwoFactorPane {
  func outline(_ context: Context) -> [OutlineLine] {
    guard let state else { return [OutlineLine(title)] + phase.outline(context, isEmpty: true, nothing: "") }
    var lines = [OutlineLine("Two-factor is \(state.isOn ? "on" : "off").")]
    if state.isMandatory { lines.append(OutlineLine("People who sell or manage need it before sensitive actions.")) }
    if state.isOn { lines.append(OutlineLine("\(state.recoveryCodesLeft) recovery codes are left.")) }
    return lines
  }
}
