// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Price and stock, edited where they stand.
extension ProductTable {
  /// A cell that is being edited.
  struct CellEdit: Sendable, Equatable {
    enum Field: Sendable { case price, stock }
    var product: Product
    var field: Field
    var editor: TextEditor
    var error: String?

    init(_ product: Product, _ field: Field) {
      self.product = product
      self.field = field
      editor = TextEditor(field == .price ? product.price.decimalText : String(product.stock), lengthMax: 20)
      editor.selectAll()
    }
  }

  /// What can be done while a cell is edited.
  static func cellActions(other: String) -> KeyTable<ActionID> {
    KeyTable([
      Action(.save, name: "save", keys: [.enter, .control("s")], title: "Save the cell", hint: "save"),
      Action(.nextPane, name: "next-cell", keys: [.tab], title: "Save and go to the \(other)", hint: other),
      Action(.back, name: "leave", keys: [.escape], title: "Leave it as it was", hint: "leave"),
    ])
  }

  mutating func type(_ key: Key, _ context: Context) -> [Step]? {
    guard var edit = cell else { return nil }
    switch key {
    case .escape:
      cell = nil
      return []
    case .tab, .backTab:
      let (steps, isDone) = commit(edit, context)
      if isDone, let fresh = current { cell = CellEdit(fresh, edit.field == .price ? .stock : .price) }
      return steps
    case .enter, .control("s"): return commit(edit, context).steps
    case .down, .up:
      let (steps, isDone) = commit(edit, context)
      if isDone {
        _ = list.handle(key)
        cell = current.map { CellEdit($0, edit.field) }
      }
      return steps
    default:
      guard edit.editor.handle(key) else { return nil }
      edit.error = nil
      cell = edit
      return []
    }
  }

  /// Puts a whole answer into the cell.
  mutating func type(_ text: String) { cell?.editor.replaceAll(with: text) }

  /// Sends the cell's value when it is right; says so when it is not.
  mutating func commit(_ edit: CellEdit, _ context: Context) -> (steps: [Step], isDone: Bool) {
    let text = SafeText.sanitised(edit.editor.text).filter { $0 != " " }
    var patch = ProductPatch(product: edit.product.id)
    var fault: String?
    switch edit.field {
    case .price:
      if let money = Money(typed: text, edit.product.price.currency) {
        if money != edit.product.price { patch.priceAmount = .set(money.amount) }
      } else {
        fault = "Type an amount such as \(edit.product.price.decimalText)."
      }
    case .stock:
      if let stock = Int(text) {
        if stock != edit.product.stock { patch.stock = .set(stock) }
      } else {
        fault = "Type a whole number."
      }
    }
    if let found = fault ?? patch.faults.first?.detail {
      cell?.error = found
      return ([], false)
    }
    cell = nil
    guard patch.priceAmount.changes || patch.stock.changes else { return ([], true) }
    return (submit(.editProduct(patch), edit.product), true)
  }
}
