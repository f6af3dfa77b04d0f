// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Draws a shop's table of products.
struct ProductTableView {
  let screen: ProductTable
  let context: Context
  let filterName: String

  private static let priceColumn = 2
  private static let stockColumn = 3
  private static let columns = [
    TableColumn("Product", min: 16, weight: 3, importance: 9),
    TableColumn("SKU", min: 8, weight: 1, importance: 1),
    TableColumn("Price", alignment: .trailing, min: 12, importance: 7),
    TableColumn("Stock", alignment: .trailing, min: 7, importance: 6),
    TableColumn("Status", min: 10, importance: 5),
    TableColumn("", min: 8, importance: 4),
    TableColumn("Category", min: 14, weight: 1, importance: 0),
  ]

  func draw(in area: Rect, on canvas: inout Canvas) {
    var rest = area
    drawHeading(in: rest.takeTop(1), on: &canvas)
    let foot = rest.takeBottom(1)
    if screen.items.isEmpty { return drawNothing(in: rest, on: &canvas) }
    let table = TableView(columns: ProductTableView.columns, isFocused: !screen.isTyping) { row(screen.items[$0]) }
    table.draw(screen.list, in: rest, on: &canvas)
    drawFoot(in: foot, on: &canvas)
    drawCell(in: rest, foot, on: &canvas)
  }

  private func drawHeading(in area: Rect, on canvas: inout Canvas) {
    let more = screen.nextCursor == nil ? "" : "+"
    var spans = [Span("\(screen.items.count)\(more) products", .title), Span(" · ", .muted), Span(filterName, .accent)]
    let low = screen.items.count { $0.status == .active && Availability(stock: $0.stock) != .inStock }
    if !screen.marked.isEmpty {
      let hidden = screen.marked.count - screen.list.markedAndRange.count
      let words = "\(screen.marked.count) marked" + (hidden > 0 ? ", \(hidden) not shown" : "")
      spans += [Span(" · ", .muted), Span(words, .accent)]
    }
    if low > 0 { spans += [Span(" · ", .muted), Span("\(low) low or sold out", .warn)] }
    spans += [Span("   ")] + screen.phase.note(context)
    canvas.put(spans, x: area.x, y: area.y, columnsMax: area.width)
  }

  private func row(_ product: Product) -> [Span] {
    let stock: Style =
      switch Availability(stock: product.stock) {
      case .inStock: .text
      case .low: .warn
      case .soldOut: .bad
      }
    let isArchived = product.status == .archived
    return [
      Span(product.title, isArchived ? .muted : .text), Span(product.sku, .muted),
      Span(Words.money(product.price), isArchived ? .muted : .text),
      Span("\(product.stock)", isArchived ? .muted : stock),
      Words.status(product.status), mark(product), Span(Words.category(product.category), .muted),
    ]
  }

  /// What has not reached the server is never shown as saved.
  private func mark(_ product: Product) -> Span {
    let queued = context.queued(for: product.id)
    if queued.contains(where: { $0.state == .conflict }) { return Span("! decide", .bad) }
    if queued.contains(where: { if case .refused = $0.state { true } else { false } }) {
      return Span("✗ failed", .bad)
    }
    if !queued.isEmpty { return Span("queued", .warn) }
    if screen.skipped[product.id] != nil { return Span("as it was", .muted) }
    if context.bulk?.results[product.id] == .done { return Span("✓ saved", .ok) }
    switch product.proposal?.status {
    case .waiting: return Span("± waits", .info)
    case .rejected: return Span("± denied", .bad)
    case nil: return Span("")
    }
  }

  /// The line below the table: the percentage that is typed, how far a run is, or why the row at the caret is stuck.
  private func drawFoot(in area: Rect, on canvas: inout Canvas) {
    if let percent = screen.percent { return drawPercent(percent, in: area, on: &canvas) }
    if let run = context.bulk, !run.isOver {
      let elapsed = Duration.seconds(max(0, context.now - run.startedAt))
      return ProgressBar(done: run.done, total: run.total, elapsed: elapsed, unit: "products").draw(
        in: area, on: &canvas)
    }
    guard let product = screen.current else { return }
    if let reason = screen.skipped[product.id] {
      return _ = canvas.put("\(canvas.glyphs.warning) It is \(reason).", in: area, .muted)
    }
    for queued in context.queued(for: product.id) {
      switch queued.state {
      case .refused(let why): return _ = canvas.put("\(canvas.glyphs.cross) \(why)", in: area, .bad)
      case .conflict:
        return _ = canvas.put(
          "\(canvas.glyphs.warning) Somebody else changed it first; decide under Unsent.", in: area, .warn)
      case .queued: break
      }
    }
    if let note = ReviewWords.note(product) { canvas.put([note], x: area.x, y: area.y, columnsMax: area.width) }
  }

  private func drawPercent(_ editor: TextEditor, in area: Rect, on canvas: inout Canvas) {
    var rest = area
    let count = Words.count(screen.targets.count, "price", "prices")
    let words = "Change \(count) by "
    canvas.put(words, in: rest.takeLeft(SafeText.width(words)), .title)
    TextField().draw(editor, in: rest.takeLeft(10), on: &canvas)
    canvas.put(" %   \(screen.percentPreview())", in: rest, .muted)
  }

  private func drawNothing(in area: Rect, on canvas: inout Canvas) {
    switch screen.phase {
    case .loading: StateText.draw("Loading your products…", in: area, on: &canvas)
    case .failed(let failure): StateText.draw(failure, in: area, on: &canvas, context)
    case .shown:
      if screen.status == nil {
        StateText.draw(
          "Your shop has no products yet.", hint: "\(context.key("create", standard: Key("c"))) adds the first one.",
          in: area, on: &canvas)
      } else {
        StateText.draw(
          "No product is \(filterName).", hint: "\(context.key("filter", standard: Key("f"))) shows others.", in: area,
          on: &canvas)
      }
    }
  }

  /// The field over the cell that is being edited, and what it wants in the line below the table.
  private func drawCell(in table: Rect, _ foot: Rect, on canvas: inout Canvas) {
    guard let cell = screen.cell, let index = screen.items.firstIndex(where: { $0.id == cell.product.id }) else {
      return
    }
    let column = cell.field == .price ? ProductTableView.priceColumn : ProductTableView.stockColumn
    guard let place = place(of: column, row: index, in: table) else { return }
    TextField().draw(cell.editor, in: place, on: &canvas)
    if let error = cell.error {
      canvas.put("\(canvas.glyphs.cross) \(error)", in: foot, .bad)
    } else {
      canvas.put(
        cell.field == .price ? "In \(cell.product.price.currency), such as 45.00" : "How many there are", in: foot,
        .muted)
    }
  }

  private func place(of column: Int, row: Int, in table: Rect) -> Rect? {
    let view = TableView(columns: ProductTableView.columns) { _ in [] }
    let body = TableView.body(of: table)
    var list = screen.list
    list.setHeight(body.height)
    let line = row - list.first
    guard line >= 0, line < body.height, let span = view.place(of: column, in: table) else { return nil }
    return Rect(x: span.x, y: body.y + line, width: span.width, height: 1)
  }
}
