// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Marks, and what is done to all that are marked.
extension ProductTable {
  /// The marked products as they were last seen, also those that a filter hides; else the one at the caret.
  var targets: [Product] {
    if marked.isEmpty { return current.map { [$0] } ?? [] }
    let shown = items.filter { marked[$0.id] != nil }
    let hidden = marked.values.filter { product in !shown.contains { $0.id == product.id } }
    return shown + hidden.sorted { $0.title < $1.title }
  }

  /// Takes the list's marks over; marks of products that are not shown stay.
  mutating func noteMarks() {
    let chosen = list.markedAndRange
    for (index, product) in items.enumerated() { marked[product.id] = chosen.contains(index) ? product : nil }
  }

  /// Gives the list the marks of what it shows now.
  mutating func showMarks() {
    for product in items where marked[product.id] != nil { marked[product.id] = product }
    list.setMarks(Set(items.indices.filter { marked[items[$0].id] != nil }))
  }

  mutating func unmark(_ ids: Set<Product.ID>) {
    for id in ids { marked[id] = nil }
    showMarks()
  }

  // MARK: The menu

  /// What may be done to the targets: how many it would change, or why it changes none.
  func bulkActions() -> KeyTable<ActionID> {
    let products = targets
    func action(_ id: ActionID, _ name: String, _ title: String, _ edit: BulkEdit) -> Action<ActionID> {
      let plan = edit.plan(products)
      let count = plan.items.count == products.count ? "" : " (\(plan.items.count) of \(products.count))"
      let reason = "\(products.count == 1 ? "it is" : "they are") \(plan.skipped.first?.reason ?? "")"
      return Action(
        id, name: name, keys: [], title: title + (plan.items.isEmpty ? "" : count),
        availability: plan.items.isEmpty ? .disabled(reason: reason) : .enabled)
    }
    return KeyTable([
      action(.bulkPublish, "bulk-publish", "Put on sale", .status(.active)),
      action(.bulkDraft, "bulk-draft", "Make drafts, seen by you only", .status(.draft)),
      action(.bulkArchive, "bulk-archive", "Archive: take off sale", .archive),
      action(.bulkRestore, "bulk-restore", "Restore: bring back to where they stood", .restore),
      Action(.bulkPrice, name: "bulk-price", keys: [], title: "Raise or lower the price by a percentage"),
    ])
  }

  func openBulkMenu() -> [Step] {
    let products = targets
    let title = products.count == 1 ? products[0].title : Words.count(products.count, "product", "products")
    return products.isEmpty ? [] : [.choose(title: title, bulkActions())]
  }

  // MARK: Doing it

  /// Each product becomes a change of its own; what cannot be changed stays marked and says why.
  mutating func run(_ edit: BulkEdit, _ deed: String, undo: ([Product]) -> Undo? = { _ in nil }) -> [Step] {
    let plan = edit.plan(targets)
    if plan.items.isEmpty {
      let reason = plan.skipped.first.map { "\($0.product.title) is \($0.reason)." }
      return reason.map { [.toast(.warning, $0)] } ?? []
    }
    skipped = Dictionary(plan.skipped.map { ($0.product.id, $0.reason) }, uniquingKeysWith: { first, _ in first })
    for item in plan.items { showAtOnce(item.change, item.product) }
    return [.bulk(deed, plan.items, undo: undo(plan.items.map(\.product)))]
  }

  /// What a bulk run reported about a product.
  mutating func noteBulk(_ report: SendReport, _ context: Context) {
    guard let id = report.change.change.product, context.bulk?.results[id] != nil else { return }
    if case .sent = report.outcome { unmark([id]) }
  }

  // MARK: The percentage

  /// What can be done while a percentage is typed.
  static let percentActions = KeyTable<ActionID>([
    Action(.save, name: "apply", keys: [.enter, .control("s")], title: "Change the prices", hint: "change them"),
    Action(.back, name: "leave-percent", keys: [.escape], title: "Leave the prices as they are", hint: "leave"),
  ])

  mutating func typePercent(_ key: Key) -> [Step]? {
    guard var editor = percent else { return nil }
    switch key {
    case .escape:
      percent = nil
      return []
    case .enter, .control("s"):
      guard let hundredths = BulkEdit.hundredths(typed: editor.text) else {
        return [.toast(.warning, "Type a percentage such as 10, +2.5 or -15.")]
      }
      percent = nil
      return run(.price(hundredths: hundredths), hundredths > 0 ? "Raised the price of" : "Lowered the price of")
    default:
      guard editor.handle(key) else { return nil }
      percent = editor
      return []
    }
  }

  /// What the typed percentage makes of the first prices.
  func percentPreview() -> String {
    guard let hundredths = percent.flatMap({ BulkEdit.hundredths(typed: $0.text) }) else { return "such as 10 or -15" }
    let plan = BulkEdit.price(hundredths: hundredths).plan(targets)
    let prices = plan.items.prefix(3).map { item in
      guard case .editProduct(let patch) = item.change else { return "" }
      return "\(Words.money(item.product.price)) → \(Words.money(patch.applied(to: item.product).price))"
    }
    let more = plan.items.count > 3 ? ", …" : ""
    let skipped = plan.skipped.isEmpty ? "" : "; \(plan.skipped.count) cannot"
    return prices.joined(separator: ", ") + more + skipped
  }
}
