// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension BrowseScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    let more = nextCursor == nil ? "" : " or more"
    var title = items.isEmpty ? "Browse" : "Browse: \(items.count)\(more) \(items.count == 1 ? "product" : "products")"
    if let words = query.q { title += " for \(words)" }
    if let category = query.category { title += " in \(Words.spoken(Words.category(category)))" }
    if !items.isEmpty { title += ", \(BrowseScreen.name(of: query.sort, hasWords: query.q != nil))" }
    var lines = [OutlineLine(title)] + phase.outline(context, isEmpty: items.isEmpty, nothing: "Nothing found.")
    for (index, card) in items.enumerated() {
      let facts =
        [card.title, Words.money(card.price), Words.plain(card.availability), card.shop.name]
        + context.spokenSigns(card.id)
      lines.append(OutlineLine(facts.joined(separator: ", "), choice: "\(index + 1)"))
    }
    return lines
  }

  func prompt(_ context: Context) -> String? { isTyping ? "Search for which words? Return leaves it." : nil }

  mutating func answer(_ text: String, _ context: Context) -> [Step] {
    text.isEmpty ? handle(.escape, context) ?? [] : search(for: text, context)
  }

  var commands: [(usage: String, what: String)] {
    [
      ("search WORDS", "Search by words"),
      ("category PATH", "Only this category; all for every one; alone it lists them"),
    ]
  }

  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]? {
    switch (name, words) {
    case ("search", ""): return nil
    case ("search", _): return search(for: words, context)
    case ("category", ""):
      return categories.map { .toast(.info, "\($0.path): \($0.name), \($0.productCount)") }
    case ("category", "all"): return narrow(to: nil, context)
    case ("category", _):
      let found = categories.first { $0.path == words || $0.name.lowercased() == words.lowercased() }
      return found.map { narrow(to: $0.path, context) } ?? [.toast(.info, "There is no category \(words).")]
    default: return nil
    }
  }
}

extension ProductScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    let lines = lines(width: 400, context).map { OutlineLine(Words.spoken($0.map(\.text).joined())) }
    if lines.isEmpty { return [OutlineLine(title)] + phase.outline(context, isEmpty: true, nothing: "") }
    return lines.filter { !$0.text.isEmpty }
  }
}

extension ProductTable {
  func outline(_ context: Context) -> [OutlineLine] {
    let filter = status.map { ", \(Words.plain($0)) only" } ?? ""
    let title = "Products of \(shop.name): \(items.count)\(nextCursor == nil ? "" : " or more")\(filter)"
    var lines = [OutlineLine(title)] + phase.outline(context, isEmpty: items.isEmpty, nothing: "There are none.")
    if !marked.isEmpty { lines.append(OutlineLine("\(marked.count) marked")) }
    for (index, product) in items.enumerated() {
      var facts = [product.title, Words.money(product.price), "\(product.stock) in stock", Words.plain(product.status)]
      if marked[product.id] != nil { facts.append("marked") }
      if let note = ReviewWords.note(product) { facts.append(Words.spoken(note.text)) }
      if let reason = skipped[product.id] { facts.append("as it was: \(reason)") }
      facts += context.queued(for: product.id).map(\.outlineState)
      lines.append(OutlineLine(facts.joined(separator: ", "), choice: "\(index + 1)"))
    }
    return lines
  }

  func prompt(_ context: Context) -> String? {
    if let cell {
      if let error = cell.error { return error }
      let now = cell.field == .price ? cell.product.price.decimalText : "\(cell.product.stock)"
      return "\(cell.field == .price ? "Price" : "Stock") of \(cell.product.title), now \(now). Return keeps it."
    }
    return percent == nil ? nil : "By how many percent, such as 10 or -15? Return leaves the prices as they are."
  }

  mutating func answer(_ text: String, _ context: Context) -> [Step] {
    if percent != nil {
      if text.isEmpty { return typePercent(.escape) ?? [] }
      percent?.replaceAll(with: text)
      return typePercent(.enter) ?? []
    }
    guard let field = cell?.field else { return [] }
    if !text.isEmpty { type(text) }
    // The price is followed by the stock.
    return handle(field == .price ? .tab : .enter, context) ?? []
  }
}

extension ProductEditor {
  func outline(_ context: Context) -> [OutlineLine] {
    var lines = [OutlineLine(title + (form.isChanged ? ", changed" : ""))]
    if let asking { return lines + [OutlineLine(form.fields[asking].hint)] }
    lines.append(OutlineLine("A number changes a field; save sends it; leave keeps a draft."))
    for (index, field) in form.fields.enumerated() {
      let value = form.value(field.id) ?? ""
      let error = form.errors[field.id].map { " — \($0)" } ?? ""
      lines.append(OutlineLine("\(field.label): \(value.isEmpty ? "nothing" : value)\(error)", choice: "\(index + 1)"))
    }
    return lines
  }

  func prompt(_ context: Context) -> String? {
    asking.map { index in
      let field = form.fields[index]
      let now = form.value(field.id) ?? ""
      return "\(field.label), now \(now.isEmpty ? "nothing" : now). Return keeps it, - empties it."
    }
  }

  var commands: [(usage: String, what: String)] { [("NUMBER", "Change a field")] }

  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]? {
    guard let number = Int(name), form.fields.indices.contains(number - 1) else { return nil }
    asking = number - 1
    return []
  }

  mutating func answer(_ text: String, _ context: Context) -> [Step] {
    guard let index = asking else { return [] }
    asking = nil
    return text.isEmpty ? [] : fill(form.fields[index], text == "-" ? "" : text)
  }
}

extension QueuedChange {
  var outlineState: String {
    switch state {
    case .queued: "queued, not saved yet"
    case .conflict: "to be decided: somebody changed it first"
    case .refused(let why): "failed: \(why)"
    }
  }
}

extension Phase {
  /// How far what is shown can be trusted, and why there is nothing.
  func outline(_ context: Context, isEmpty: Bool, nothing: String) -> [OutlineLine] {
    switch self {
    case .loading: return [OutlineLine("loading…")]
    case .failed(let failure): return [OutlineLine(failure.words)]
    case .shown(let freshness):
      var lines = isEmpty && !nothing.isEmpty ? [OutlineLine(nothing)] : []
      if case .offline(let at) = freshness { lines.append(OutlineLine("offline, \(Words.age(context.now - at))")) }
      return lines
    }
  }
}
