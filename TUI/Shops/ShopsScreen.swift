// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// All shops by name.
struct ShopsScreen: Screen {
  let title = "Shops"
  private(set) var shops: [Shop] = []
  private(set) var nextCursor: String?
  private(set) var list = ListState()
  private(set) var phase = Phase.loading
  private var isLoadingMore = false

  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }
  private static let slot = "shops"
  private static let moreSlot = "shops-more"
  private static let query = ShopQuery(limit: 50)

  mutating func open(_ context: Context) -> [Step] {
    [.perform(.load(slot: ShopsScreen.slot, .shops(ShopsScreen.query), reload: false))]
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let needsRow: Action<ActionID>.Availability = shops.isEmpty ? .disabled(reason: "there is no shop here") : .enabled
    return KeyTable([
      Action(.open, name: "open", keys: [.enter], title: "Visit the shop", hint: "visit", availability: needsRow),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again", hint: "refresh"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .open: return visit()
    case .refresh: return [.perform(.load(slot: ShopsScreen.slot, .shops(ShopsScreen.query), reload: true))]
    default: return []
    }
  }

  private func visit() -> [Step] {
    list.selectedIndex.map { [.go(.shop(ShopReference(slug: shops[$0].slug, name: shops[$0].name)))] } ?? []
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    guard key != Key(" "), key != Key("v"), key != Key("a") else { return nil }
    switch list.handle(key) {
    case .moved: return loadMore()
    case .activated: return visit()
    case .marked, .ignored: return nil
    }
  }

  private mutating func loadMore() -> [Step] {
    guard let nextCursor, !isLoadingMore, list.selected >= shops.count - list.height else { return [] }
    isLoadingMore = true
    var next = ShopsScreen.query
    next.cursor = nextCursor
    return [.perform(.load(slot: ShopsScreen.moreSlot, .shops(next), reload: false))]
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(ShopsScreen.slot, _, .content(.shops(let page), let freshness)):
      shops = page.items
      nextCursor = page.nextCursor
      list.count = shops.count
      phase = .shown(freshness)
    case .loaded(ShopsScreen.moreSlot, .shops(let asked), .content(.shops(let page), let freshness))
    where asked.cursor == nextCursor:
      if case .stored = freshness { return [] }
      isLoadingMore = false
      shops += page.items
      nextCursor = page.nextCursor
      list.count = shops.count
    case .loaded(ShopsScreen.slot, _, .failed(let failure)): phase = .failed(failure)
    case .loaded(ShopsScreen.moreSlot, _, .failed): isLoadingMore = false
    default: break
    }
    return []
  }

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(area.height - 2)
    return []
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    var rows = area
    _ = rows.takeTop(2)
    switch event.action {
    case .wheelUp: list.scroll(by: -3)
    case .wheelDown: list.scroll(by: 3)
    case .press: if case .activated = list.click(event.at, in: rows) { return visit() }
    case .release, .drag: break
    }
    return loadMore()
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    let spans = [Span(Words.count(shops.count, "shop", "shops"), .title), Span("  ")] + phase.note(context)
    canvas.put(spans, x: head.x, y: head.y, columnsMax: head.width)
    if shops.isEmpty {
      switch phase {
      case .loading: return StateText.draw("Loading the shops…", in: rest, on: &canvas)
      case .failed(let failure): return StateText.draw(failure, in: rest, on: &canvas, context)
      case .shown: return StateText.draw("No shop has opened yet.", in: rest, on: &canvas)
      }
    }
    let table = TableView(
      columns: [
        TableColumn("Shop", min: 16, weight: 1, importance: 9),
        TableColumn("What it says", min: 20, weight: 2, importance: 1),
        TableColumn("Where", min: 14, weight: 1, importance: 4),
        TableColumn("Products", alignment: .trailing, min: 8, importance: 3),
      ]
    ) { index in
      let shop = shops[index]
      return [
        Span(shop.name), Span(shop.tagline, .muted), Span("\(shop.city), \(shop.country)"),
        Span("\(shop.productCount)"),
      ]
    }
    table.draw(list, in: rest, on: &canvas)
  }
}
