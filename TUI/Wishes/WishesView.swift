// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Draws the wishlists and what was looked at.
struct WishesView {
  let screen: WishesScreen
  let context: Context

  /// Two lines of heading, one of the table's.
  static func rows(in area: Rect) -> Rect {
    var rest = area
    _ = rest.takeTop(3)
    return rest
  }

  func draw(in area: Rect, on canvas: inout Canvas) {
    var rest = area
    let head = rest.takeTop(1)
    _ = rest.takeTop(1)
    canvas.put(headings + screen.phase.note(context), x: head.x, y: head.y, columnsMax: head.width)
    if screen.isSeen { drawSeen(in: rest, on: &canvas) } else { drawWishes(in: rest, on: &canvas) }
  }

  private var headings: [Span] {
    let names = (screen.lists.isEmpty ? [Wishlist.defaultName] : screen.lists.map(\.name)) + ["Recently viewed"]
    return names.enumerated().flatMap { index, name in
      let isShared = screen.lists.indices.contains(index) && screen.lists[index].share != nil
      return [
        Span(name, index == screen.index ? .heading : .muted), Span(isShared ? " shared" : "", .info), Span("   "),
      ]
    }
  }

  private func drawNothing(in area: Rect, on canvas: inout Canvas) {
    switch screen.phase {
    case .loading: StateText.draw("Loading…", in: area, on: &canvas)
    case .failed(let failure): StateText.draw(failure, in: area, on: &canvas, context)
    case .shown: StateText.draw(screen.emptyWords(context), in: area, on: &canvas)
    }
  }

  private func drawWishes(in area: Rect, on canvas: inout Canvas) {
    if screen.wishes.isEmpty { return drawNothing(in: area, on: &canvas) }
    let table = TableView(
      columns: [
        TableColumn("Product", min: 16, weight: 3, importance: 9),
        TableColumn("Price", alignment: .trailing, min: 10, importance: 6),
        TableColumn("Since", min: 24, weight: 1, importance: 5), TableColumn("Note", min: 14, weight: 2, importance: 2),
      ]
    ) { index in
      let wish = screen.wishes[index]
      let name = wish.card.map { context.title($0, isWishKnown: true) } ?? Span(wish.title, .muted)
      let price = wish.card.map { Words.money($0.price) } ?? ""
      return [name, Span(price), WishWords.span(wish), Span(wish.note ?? "", .muted)]
    }
    table.draw(screen.list, in: area, on: &canvas)
  }

  private func drawSeen(in area: Rect, on canvas: inout Canvas) {
    if screen.seen.isEmpty { return drawNothing(in: area, on: &canvas) }
    let table = TableView(
      columns: [
        TableColumn("Product", min: 16, weight: 3, importance: 9),
        TableColumn("Price", alignment: .trailing, min: 10, importance: 6),
        TableColumn("", min: 10, importance: 5), TableColumn("Seen", min: 12, importance: 3),
        TableColumn("Shop", min: 12, weight: 1, importance: 1),
      ]
    ) { index in
      let row = screen.seen[index]
      return [
        context.title(row.card), Span(Words.money(row.card.price)), Words.availability(row.card.availability),
        Span(Words.since(context.now - row.seenAt.microseconds / 1_000_000), .muted), Span(row.card.shop.name, .muted),
      ]
    }
    table.draw(screen.list, in: area, on: &canvas)
  }
}
