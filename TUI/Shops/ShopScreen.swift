// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// One shop: its story, and what it sells.
struct ShopScreen: Screen {
  let reference: ShopReference
  private(set) var shop: Shop?
  private(set) var items: [ProductCard] = []
  private(set) var nextCursor: String?
  private(set) var list = ListState()
  /// How the own shop stands.
  private(set) var standing: ShopStanding?
  private(set) var phase = Phase.loading
  private(set) var productsPhase = Phase.loading
  private var isLoadingMore = false

  init(_ reference: ShopReference) { self.reference = reference }

  var title: String { reference.name }
  var moves: Moves { .list }
  var isWaiting: Bool { phase == .loading }
  private var slot: String { "shop-\(reference.slug)" }
  private var productSlot: String { "shop-products-\(reference.slug)" }
  private var moreSlot: String { "shop-more-\(reference.slug)" }
  private var query: ProductQuery { ProductQuery(shop: reference.slug, limit: 50) }

  private var standingSlot: String { "shop-standing-\(reference.slug)" }

  mutating func open(_ context: Context) -> [Step] { load(reload: false, context) }

  private func isMine(_ context: Context) -> Bool {
    context.session?.account.shops.contains { $0.slug == reference.slug } == true
  }

  private func load(reload: Bool, _ context: Context) -> [Step] {
    let standing: [Step] =
      isMine(context) ? [.perform(.load(slot: standingSlot, .standing(reference.slug), reload: reload))] : []
    return [
      .perform(.load(slot: slot, .shop(reference.slug), reload: reload)),
      .perform(.load(slot: productSlot, .products(query), reload: reload)),
    ] + standing
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let needsRow: Action<ActionID>.Availability =
      items.isEmpty ? .disabled(reason: "there is no product here") : .enabled
    let own: [Action<ActionID>] = [
      Action(.open, name: "open", keys: [.enter], title: "Open the product", hint: "open", availability: needsRow),
      Action(.copyLink, name: "copy-link", keys: [Key("Y")], title: "Copy the shop's address"),
      Action(
        .submitShop, name: "submit-shop", keys: [Key("P")],
        title: "Have a moderator look at the shop, so that it opens",
        hint: "submit", availability: standing.map { $0.status.takes(.submit) } ?? .hidden),
      Action(
        .withdrawShop, name: "withdraw-shop", keys: [Key("U")], title: "Take the shop back, to work on it",
        hint: "take back", availability: standing.map { $0.status.takes(.withdraw) } ?? .hidden),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again", hint: "refresh"),
    ]
    return KeyTable(own + WishActions.actions(current, context))
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .open: return openRow()
    case .copyLink:
      let link = "\(context.server)\(Contract.basePath)/shops/\(reference.slug)"
      return [.copy(link), .toast(.info, "Copied \(link)")]
    case .submitShop:
      return standing.map { [.perform(.review(.submitShop(reference.slug, version: $0.version)))] } ?? []
    case .withdrawShop:
      return standing.map { [.perform(.review(.withdrawShop(reference.slug, version: $0.version)))] } ?? []
    case .refresh: return load(reload: true, context)
    default: return WishActions.perform(action, current) ?? []
    }
  }

  private var current: ProductCard? { list.selectedIndex.map { items[$0] } }

  private func openRow() -> [Step] { current.map { [.go(.product($0))] } ?? [] }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    guard key != Key(" "), key != Key("v"), key != Key("a") else { return nil }
    switch list.handle(key) {
    case .moved: return loadMore()
    case .activated: return openRow()
    case .marked, .ignored: return nil
    }
  }

  private mutating func loadMore() -> [Step] {
    guard let nextCursor, !isLoadingMore, list.selected >= items.count - list.height else { return [] }
    isLoadingMore = true
    var next = query
    next.cursor = nextCursor
    return [.perform(.load(slot: moreSlot, .products(next), reload: false))]
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(slot, _, .content(.shop(let found), let freshness)):
      shop = found
      phase = .shown(freshness)
    case .loaded(slot, _, .failed(let failure)): phase = .failed(failure)
    case .loaded(productSlot, _, .content(.products(let page), let freshness)):
      let before = list.selectedIndex.map { items[$0].id }
      items = page.items
      nextCursor = page.nextCursor
      list.count = items.count
      if let index = items.firstIndex(where: { $0.id == before }) { list.select(index) }
      productsPhase = .shown(freshness)
    case .loaded(productSlot, _, .failed(let failure)): productsPhase = .failed(failure)
    case .loaded(moreSlot, .products(let asked), .content(.products(let page), let freshness))
    where asked.cursor == nextCursor:
      if case .stored = freshness { return [] }
      isLoadingMore = false
      items += page.items
      nextCursor = page.nextCursor
      list.count = items.count
    case .loaded(moreSlot, _, .failed): isLoadingMore = false
    case .live(.event(let event)) where event.shop.slug == reference.slug: return load(reload: true, context)
    case .loaded(standingSlot, _, .content(.standing(let found), _)): standing = found
    case .reviewed(.submitShop(reference.slug, _), .success(.standing(let new))):
      standing = new
      return [.toast(.ok, "\(reference.name) waits for a moderator.")]
    case .reviewed(.withdrawShop(reference.slug, _), .success(.standing(let new))):
      standing = new
      return [.toast(.ok, "\(reference.name) is a draft again.")]
    case .reviewed(.submitShop(reference.slug, _), .failure(let failure)),
      .reviewed(.withdrawShop(reference.slug, _), .failure(let failure)):
      return [.toast(.error, failure.words)] + load(reload: true, context)
    default: break
    }
    return []
  }

  // MARK: Drawing

  private var area = Rect(x: 0, y: 0, width: 80, height: 20)

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    self.area = area
    list.setHeight(parts(in: area).table.height - 1)
    return []
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    var rows = parts(in: area).table
    _ = rows.takeTop(1)
    switch event.action {
    case .wheelUp: list.scroll(by: -3)
    case .wheelDown: list.scroll(by: 3)
    case .press: if case .activated = list.click(event.at, in: rows) { return openRow() }
    case .release, .drag: break
    }
    return loadMore()
  }

  /// The story beside the products where there is room, else above them.
  private func parts(in area: Rect) -> (head: Rect, story: Rect, table: Rect) {
    var rest = area
    let head = rest.takeTop(3)
    if area.width >= 100 {
      let story = rest.takeLeft(area.width * 2 / 5)
      _ = rest.takeLeft(3)
      return (head, story, rest)
    }
    let story = rest.takeTop(min(5, area.height / 4))
    _ = rest.takeTop(1)
    return (head, story, rest)
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    if shop == nil, items.isEmpty {
      if case .failed(let failure) = phase { return StateText.draw(failure, in: area, on: &canvas, context) }
    }
    let parts = parts(in: area)
    var head = parts.head
    let first = head.takeTop(1)
    let name = [Span(shop?.name ?? reference.name, .heading), Span("  ")] + phase.note(context)
    canvas.put(name, x: first.x, y: first.y, columnsMax: first.width)
    if let shop {
      canvas.put(
        [
          Span(shop.tagline), Span(shop.tagline.isEmpty ? "" : "  ·  ", .muted),
          Span("\(shop.city), \(shop.country)", .muted),
        ],
        x: head.x, y: head.takeTop(1).y, columnsMax: head.width)
    }
    if let standing {
      canvas.put(ReviewWords.standing(standing), x: head.x, y: head.takeTop(1).y, columnsMax: head.width)
    }
    let story = Markdown.lines(shop?.story ?? "", width: parts.story.width - 1)
    for (index, line) in story.prefix(parts.story.height).enumerated() {
      let isCut = index == parts.story.height - 1 && story.count > parts.story.height
      let shown = isCut ? line + [Span(" \(canvas.glyphs.ellipsis)", .muted)] : line
      canvas.put(shown, x: parts.story.x, y: parts.story.y + index, columnsMax: parts.story.width)
    }
    drawProducts(in: parts.table, on: &canvas, context)
  }

  private func drawProducts(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    if items.isEmpty {
      switch productsPhase {
      case .loading: return StateText.draw("Loading its products…", in: area, on: &canvas)
      case .failed(let failure): return StateText.draw(failure, in: area, on: &canvas, context)
      case .shown: return StateText.draw("This shop has nothing for sale now.", in: area, on: &canvas)
      }
    }
    let table = TableView(
      columns: [
        TableColumn("Product", min: 16, weight: 2, importance: 9),
        TableColumn("Category", min: 12, weight: 1, importance: 1),
        TableColumn("Price", alignment: .trailing, min: 10, importance: 5),
        TableColumn("", min: 10, importance: 3),
      ]
    ) { index in
      let card = items[index]
      return [
        context.title(card), Span(Words.category(card.category), .muted), Span(Words.money(card.price)),
        Words.availability(card.availability),
      ]
    }
    table.draw(list, in: area, on: &canvas)
  }
}

extension ShopStatus {
  /// Whether its owner may do this now.
  fileprivate func takes(_ move: ShopMove) -> Action<ActionID>.Availability {
    (try? after(move, by: .seller)) == nil ? .hidden : .enabled
  }
}
