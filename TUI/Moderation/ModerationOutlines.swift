// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension ModerationScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    var words = counts.map { count in
      "\(count.open) \(count.open == 1 ? count.kind.rawValue : count.kind.plural)"
        + (count.late > 0 ? ", \(count.late) late" : "")
    }
    if filter != .all { words.append(filter.rawValue) }
    if let kind { words.append("\(kind.plural) only") }
    var lines = [OutlineLine("Moderation: " + (words.isEmpty ? "loading" : words.joined(separator: "; ")))]
    lines += phase.outline(context, isEmpty: items.isEmpty, nothing: "Nothing waits.")
    if !marked.isEmpty { lines.append(OutlineLine("\(marked.count) marked")) }
    for (index, item) in items.enumerated() {
      let age = ReviewWords.plainAge(context.now - item.openedAt.microseconds / 1_000_000)
      var facts = [
        "\(item.kind.rawValue) \(item.title)", item.shop.name, "\(item.trust.rawValue) shop",
        "waits \(age)" + (item.isLate(at: context.now) ? ", late" : ""),
      ]
      let claim = ReviewWords.claim(item, context.now).text
      if !claim.isEmpty { facts.append("claimed by \(claim)") }
      if marked.contains(item.id) { facts.append("marked") }
      lines.append(OutlineLine(facts.joined(separator: ", "), choice: "\(index + 1)"))
    }
    return lines
  }

  func prompt(_ context: Context) -> String? {
    reasons.isTyping ? "Why does it go back? The seller reads it. Return leaves it." : nil
  }

  mutating func answer(_ text: String, _ context: Context) -> [Step] {
    text.isEmpty ? reasons.type(.escape) ?? [] : reasons.answer(text)
  }
}

extension ReviewScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    if found == nil { return [OutlineLine(title)] + phase.outline(context, isEmpty: true, nothing: "") }
    return lines(width: 400, context).map { OutlineLine(spoken($0)) }.filter { !$0.text.isEmpty }
  }

  /// What is lost and gained is told in words.
  private func spoken(_ line: [Span]) -> String {
    let text = line.map(\.text).joined()
    if text.hasPrefix("− ") { return "before: \(text.dropFirst(2))" }
    if text.hasPrefix("+ ") { return "after: \(text.dropFirst(2))" }
    return Words.spoken(text)
  }

  func prompt(_ context: Context) -> String? {
    reasons.isTyping ? "Why does it go back? The seller reads it. Return leaves it." : nil
  }

  mutating func answer(_ text: String, _ context: Context) -> [Step] {
    text.isEmpty ? reasons.type(.escape) ?? [] : reasons.answer(text)
  }
}
