// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Where the parts of the browsing screen are.
struct BrowseLayout {
  var search: Rect
  var categories: Rect
  var table: Rect
  /// The table without its heading.
  var rows: Rect
  var detail: Rect

  static let categoriesColumnsMin = 72
  static let detailColumnsMin = 108

  init(_ area: Rect, showsDetail: Bool) {
    var rest = area
    search = rest.takeTop(1)
    _ = rest.takeTop(1)
    categories = Rect(x: rest.x, y: rest.y, width: 0, height: 0)
    detail = categories
    if area.width >= BrowseLayout.categoriesColumnsMin {
      categories = rest.takeLeft(area.width >= 100 ? 24 : 21)
      _ = rest.takeLeft(2)
    }
    if showsDetail, area.width >= BrowseLayout.detailColumnsMin {
      detail = rest.takeRight(max(36, area.width / 3))
      _ = rest.takeRight(2)
    }
    table = rest
    rows = rest
    _ = rows.takeTop(1)
  }

  /// A picture of 4:3 at the top of the detail pane; cells are twice as high as wide.
  static func picture(in detail: Rect) -> Rect {
    var rest = detail
    return rest.takeTop(min(max(6, detail.height * 3 / 5), detail.width * 3 / 8))
  }
}

/// Draws the browsing screen.
struct BrowseView {
  let screen: BrowseScreen
  let context: Context
  let sortName: String

  func draw(in area: Rect, on canvas: inout Canvas) {
    let layout = BrowseLayout(area, showsDetail: screen.showsDetail)
    drawSearch(in: layout.search, on: &canvas)
    if !layout.categories.isEmpty {
      drawCategories(in: layout.categories, on: &canvas)
      canvas.verticalLine(x: layout.categories.right, y: layout.categories.y, height: layout.categories.height)
    }
    drawProducts(in: layout.table, on: &canvas)
    if !layout.detail.isEmpty {
      canvas.verticalLine(x: layout.detail.x - 2, y: layout.detail.y, height: layout.detail.height)
      drawDetail(in: layout.detail, on: &canvas)
    }
  }

  private func drawSearch(in area: Rect, on canvas: inout Canvas) {
    var left = area
    canvas.put("/ ", x: left.x, y: left.y, screen.isTyping ? .focus : .key)
    _ = left.takeLeft(2)
    let state = stateSpans
    let width = state.reduce(0) { $0 + SafeText.width($1.text) }
    let right = left.takeRight(min(width, max(0, left.width - 16)))
    _ = left.takeRight(2)
    if screen.isTyping {
      TextField(placeholder: "words, such as silver bracelet").draw(screen.words, in: left, on: &canvas)
    } else if let words = screen.query.q {
      canvas.put(words, in: left, .title)
    } else {
      canvas.put("search everything for sale", in: left, .placeholder)
    }
    canvas.put(state, x: right.x, y: right.y, columnsMax: right.width)
  }

  private var stateSpans: [Span] {
    var spans: [Span] = []
    let note = screen.isOutdated ? context.waiting("searching") : screen.phase.note(context)
    if !note.isEmpty { spans += note + [Span("  ")] }
    if !screen.items.isEmpty {
      let more = screen.nextCursor == nil ? "" : "+"
      spans += [
        Span("\(screen.items.count)\(more)", .text), Span(screen.items.count == 1 ? " product" : " products", .muted),
      ]
      spans += [Span(" · ", .muted), Span(sortName, .accent)]
    }
    return spans
  }

  private func drawCategories(in area: Rect, on canvas: inout Canvas) {
    let view = ListView(isFocused: screen.isOnCategories) { index in
      if index == 0 { return [Span("Everything", screen.query.category == nil ? .title : .text)] }
      let category = screen.categories[index - 1]
      let depth = category.path.split(separator: "/").count - 1
      let indent = String(repeating: "  ", count: depth)
      let isChosen = screen.query.category == category.path
      let room = area.width - 6 - String(category.productCount).count
      return [
        Span(SafeText.padded(indent + category.name, to: room), isChosen ? .title : depth == 0 ? .text : .muted),
        Span(" \(category.productCount)", .muted),
      ]
    }
    view.draw(screen.categoryList, in: area, on: &canvas)
  }

  private func drawProducts(in area: Rect, on canvas: inout Canvas) {
    if screen.items.isEmpty { return drawNothing(in: area, on: &canvas) }
    let isSorted = screen.query.sort == .priceUp || screen.query.sort == .priceDown
    let table = TableView(
      columns: [
        TableColumn("Product", min: 16, weight: 3, importance: 9),
        TableColumn("Shop", min: 12, weight: 1, importance: 2),
        TableColumn("Price", alignment: .trailing, min: 10, importance: 5),
        TableColumn("", min: 10, importance: 3),
      ],
      sort: isSorted ? TableView.Sort(column: 2, isDescending: screen.query.sort == .priceDown) : nil,
      isFocused: !screen.isOnCategories && !screen.isTyping
    ) { index in
      let card = screen.items[index]
      return [
        context.title(card), Span(card.shop.name, .muted), Span(Words.money(card.price)),
        Words.availability(card.availability),
      ]
    }
    table.draw(screen.list, in: area, on: &canvas)
    if screen.isOutdated { canvas.dim(area) }
  }

  private func drawNothing(in area: Rect, on canvas: inout Canvas) {
    switch screen.phase {
    case .loading: StateText.draw("Loading the products…", in: area, on: &canvas)
    case .failed(let failure): StateText.draw(failure, in: area, on: &canvas, context)
    case .shown:
      let wish = [
        screen.query.q.map { "\u{201c}\($0)\u{201d}" }, screen.query.category.map { "in \(Words.category($0))" },
      ]
      .compactMap { $0 }.joined(separator: " ")
      let hint =
        wish.isEmpty ? "Nothing is for sale yet." : "Clear it with \(context.key("clear", standard: .escape))."
      StateText.draw("Nothing found\(wish.isEmpty ? "" : " for \(wish)").", hint: hint, in: area, on: &canvas)
    }
  }

  private func drawDetail(in area: Rect, on canvas: inout Canvas) {
    guard let index = screen.list.selectedIndex else { return }
    let card = screen.items[index]
    var rest = area
    // The words stay where they are from row to row, whether or not each has a picture.
    if context.showsPictures, screen.items.contains(where: { $0.photo != nil }) {
      let picture = BrowseLayout.picture(in: area)
      PictureFrame.draw(screen.picture.shown, until: screen.picture.earlier, in: picture, on: &canvas, context)
      _ = rest.takeTop(picture.height + 1)
    }
    for line in Wrapping.lines([Span(card.title, .title)], width: rest.width) {
      canvas.put(line, x: rest.x, y: rest.takeTop(1).y, columnsMax: rest.width)
    }
    let money = rest.takeTop(1)
    canvas.put(
      [Span(Words.money(card.price), .accent), Span("   "), Words.availability(card.availability)], x: money.x,
      y: money.y, columnsMax: money.width)
    _ = rest.takeTop(1)
    canvas.put("by \(card.shop.name)", in: rest.takeTop(1))
    canvas.put(Words.category(card.category), in: rest.takeTop(1), .muted)
    if !card.tags.isEmpty {
      _ = rest.takeTop(1)
      for line in Wrapping.lines([Span(card.tags.map { "#\($0)" }.joined(separator: " "), .info)], width: rest.width) {
        let row = rest.takeTop(1)
        if row.isEmpty { break }
        canvas.put(line, x: row.x, y: row.y, columnsMax: row.width)
      }
    }
  }
}
