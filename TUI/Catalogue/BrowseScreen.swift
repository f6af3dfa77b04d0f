// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The products for sale: categories beside a list, found by words, with the one under the caret beside it.
struct BrowseScreen: Screen {
  let title = "Browse"
  private(set) var query = ProductQuery()
  private(set) var words = TextEditor("", lengthMax: 200)
  private(set) var isTyping = false
  private(set) var isOnCategories = false
  private(set) var showsDetail = true
  private(set) var categories: [Market.Category] = []
  private(set) var categoryList = ListState(count: 1)
  private(set) var items: [ProductCard] = []
  private(set) var nextCursor: String?
  private(set) var list = ListState()
  private(set) var phase = Phase.loading
  /// Whether the rows belong to an earlier question than the one that is under way.
  private(set) var isOutdated = false
  private(set) var isLoadingMore = false
  private(set) var picture = RestingPicture(timer: "browse")

  let moves = Moves.list
  var isWaiting: Bool { phase == .loading || isOutdated && !isTyping }
  private static let slot = "browse"
  private static let moreSlot = "browse-more"
  private static let pause = Duration.milliseconds(150)

  var firstQueries: [(slot: String, query: Query)] {
    [("categories", .categories), (BrowseScreen.slot, .products(query))]
  }

  private static let pageSize = 48

  init() { query.limit = BrowseScreen.pageSize }

  mutating func open(_ context: Context) -> [Step] {
    [
      .perform(.load(slot: "categories", .categories, reload: false)),
      .perform(.load(slot: BrowseScreen.slot, .products(query), reload: false)),
    ]
  }

  // MARK: Keys

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let hasRow = list.selectedIndex != nil
    let needsRow: Action<ActionID>.Availability = hasRow ? .enabled : .disabled(reason: "there is no product here")
    let hasFilter = query.q != nil || query.category != nil
    let own: [Action<ActionID>] = [
      Action(.open, name: "open", keys: [.enter], title: "Open the product", hint: "open", availability: needsRow),
      Action(.search, name: "search", keys: [Key("/")], title: "Search by words", hint: "search"),
      Action(.sort, name: "sort", keys: [Key("s")], title: "Sort: \(sortName)", hint: "sort"),
      Action(
        .nextPane, name: "next-pane", keys: [.tab, .backTab],
        title: isOnCategories ? "To the products" : "To the categories",
        hint: isOnCategories ? "products" : "categories"),
      Action(
        .clearFilters, name: "clear", keys: [.escape], title: "Clear words and category", hint: "clear",
        availability: hasFilter ? .enabled : .hidden),
      Action(
        .visitShop, name: "visit-shop", keys: [Key("o")], title: "Visit the shop", availability: needsRow),
      Action(.toggleDetail, name: "detail", keys: [Key("p")], title: showsDetail ? "Hide details" : "Show details"),
      Action(.copyID, name: "copy", keys: [Key("y")], title: "Copy the product's id", availability: needsRow),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again"),
    ]
    return KeyTable(own + WishActions.actions(current, context))
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .open: return isOnCategories ? chooseCategory(context) : openRow()
    case .search:
      isTyping = true
      isOnCategories = false
      words.selectAll()
      return []
    case .sort:
      let all: [ProductSort?] = query.q == nil ? [nil, .priceUp, .priceDown] : [nil, .newest, .priceUp, .priceDown]
      let now = all.firstIndex(of: query.sort) ?? 0
      query.sort = all[(now + 1) % all.count]
      return ask(context)
    case .nextPane:
      isOnCategories.toggle()
      return []
    case .clearFilters:
      words.replaceAll(with: "")
      categoryList.select(0)
      (query.q, query.category, query.sort) = (nil, nil, nil)
      return ask(context)
    case .visitShop: return current.map { [.go(.shop($0.shop))] } ?? []
    case .toggleDetail:
      showsDetail.toggle()
      return wantPicture(context)
    case .copyID: return current.map { [.copy($0.id.text), .toast(.info, "Copied \($0.id.text)")] } ?? []
    case .refresh: return ask(context, reload: true)
    default: return WishActions.perform(action, current) ?? []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if isTyping { return type(key, context) }
    if isOnCategories {
      let outcome = categoryList.handle(key)
      if case .activated = outcome { return chooseCategory(context) }
      return outcome == .moved ? chooseCategory(context) : nil
    }
    guard key != Key(" "), key != Key("v"), key != Key("a") else { return nil }
    switch list.handle(key) {
    case .moved:
      return loadMore(context) + [picture.restLater]
    case .activated: return openRow()
    case .marked, .ignored: return nil
    }
  }

  private mutating func type(_ key: Key, _ context: Context) -> [Step]? {
    switch key {
    case .escape:
      isTyping = false
      return []
    case .enter, .down, .tab:
      isTyping = false
      return [.cancel(key: BrowseScreen.timer)] + askForWords(context)
    default:
      let before = words.text
      guard words.handle(key) else { return nil }
      if words.text == before { return [] }
      isOutdated = true
      return [.later(BrowseScreen.pause, key: BrowseScreen.timer, .due(BrowseScreen.timer))]
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] {
    guard isTyping else {
      return [.toast(.info, "Press \(context.key("search", standard: Key("/"))) first to paste into the search.")]
    }
    words.paste(text)
    isOutdated = true
    return [.later(BrowseScreen.pause, key: BrowseScreen.timer, .due(BrowseScreen.timer))]
  }

  private static let timer = "browse-words"

  private mutating func askForWords(_ context: Context) -> [Step] {
    let trimmed = SafeText.sanitised(words.text).split(separator: " ").joined(separator: " ")
    let wanted = trimmed.isEmpty ? nil : trimmed
    if wanted == query.q {
      isOutdated = false
      return []
    }
    query.q = wanted
    return ask(context)
  }

  /// What `search` and `category` do when their words come with them.
  mutating func search(for text: String, _ context: Context) -> [Step] {
    isTyping = false
    words.replaceAll(with: text)
    return askForWords(context)
  }

  mutating func narrow(to path: String?, _ context: Context) -> [Step] {
    categoryList.select(path.flatMap { path in categories.firstIndex { $0.path == path } }.map { $0 + 1 } ?? 0)
    return chooseCategory(context)
  }

  private mutating func ask(_ context: Context, reload: Bool = false) -> [Step] {
    isOutdated = !items.isEmpty
    isLoadingMore = false
    if items.isEmpty { phase = .loading }
    return [
      .cancel(key: BrowseScreen.moreSlot),
      .perform(.load(slot: BrowseScreen.slot, .products(query), reload: reload)),
    ]
  }

  private mutating func chooseCategory(_ context: Context) -> [Step] {
    let path = categoryList.selected == 0 ? nil : categories[categoryList.selected - 1].path
    if path == query.category { return [] }
    query.category = path
    return ask(context)
  }

  private var current: ProductCard? { list.selectedIndex.map { items[$0] } }

  private func openRow() -> [Step] { current.map { [.go(.product($0))] } ?? [] }

  /// Asks for the next page when the caret comes near the end.
  private mutating func loadMore(_ context: Context) -> [Step] {
    guard let nextCursor, !isLoadingMore, !isOutdated, list.selected >= items.count - list.height else { return [] }
    isLoadingMore = true
    var next = query
    next.cursor = nextCursor
    return [.perform(.load(slot: BrowseScreen.moreSlot, .products(next), reload: false))]
  }

  private mutating func comeToRest(_ context: Context) -> [Step] {
    picture.rest(on: current?.photo)
    return picture.steps(wanting: wantPicture(context))
  }

  private func wantPicture(_ context: Context) -> [Step] {
    guard showsDetail, let photo = picture.shown else { return [] }
    let detail = BrowseLayout(area, showsDetail: true).detail
    return PictureFrame.wish(photo, in: BrowseLayout.picture(in: detail), context)
  }

  // MARK: Messages

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .due(BrowseScreen.timer): return askForWords(context)
    case .due(picture.restTimer): return comeToRest(context)
    case .due(picture.lateTimer):
      picture.loseEarlier()
      return []
    case .loaded("categories", .categories, .content(.categories(let found), _)):
      categories = found
      categoryList.count = found.count + 1
      return []
    case .loaded(BrowseScreen.slot, .products(let asked), let result) where asked == query: return take(result, context)
    case .loaded(BrowseScreen.moreSlot, .products(let asked), let result) where asked.cursor == nextCursor:
      return takeMore(result)
    default: return []
    }
  }

  private mutating func take(_ result: LoadResult, _ context: Context) -> [Step] {
    switch result {
    case .content(.products(let page), let freshness):
      // What is read again must not pull the list from under the caret.
      let before = current?.id
      let isSameList = !isOutdated && !items.isEmpty
      items = page.items
      nextCursor = page.nextCursor
      list.count = items.count
      if isSameList, let index = items.firstIndex(where: { $0.id == before }) {
        list.select(index)
      } else {
        list.select(0)
      }
      phase = .shown(freshness)
      isOutdated = false
      return comeToRest(context)
    case .content: return []
    case .failed(let failure):
      phase = .failed(failure)
      isOutdated = false
      return []
    }
  }

  private mutating func takeMore(_ result: LoadResult) -> [Step] {
    switch result {
    // The stored page may not follow the list that is shown now; the server's does.
    case .content(.products(let page), let freshness):
      if case .stored = freshness { return [] }
      isLoadingMore = false
      let known = Set(items.map(\.id))
      items += page.items.filter { !known.contains($0.id) }
      nextCursor = page.nextCursor
      list.count = items.count
      return []
    case .content: return []
    case .failed(let failure):
      isLoadingMore = false
      return [.toast(.warning, failure.words)]
    }
  }

  // MARK: Mouse and size

  private var area = Rect(x: 0, y: 0, width: 80, height: 20)

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    self.area = area
    let layout = BrowseLayout(area, showsDetail: showsDetail)
    list.setHeight(layout.rows.height)
    categoryList.setHeight(layout.categories.height)
    return wantPicture(context)
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    let layout = BrowseLayout(area, showsDetail: showsDetail)
    switch event.action {
    case .wheelUp, .wheelDown:
      let step = event.action == .wheelUp ? -3 : 3
      if layout.categories.contains(event.at) {
        categoryList.scroll(by: step)
        return []
      }
      list.scroll(by: step)
      return loadMore(context) + [picture.restLater]
    case .press:
      if layout.search.contains(event.at) { return perform(.search, context) }
      isTyping = false
      if layout.categories.contains(event.at) {
        isOnCategories = true
        _ = categoryList.click(event.at, in: layout.categories)
        return chooseCategory(context)
      }
      isOnCategories = false
      if case .activated = list.click(event.at, in: layout.rows) { return openRow() }
      return comeToRest(context)
    case .release, .drag: return []
    }
  }

  private var sortName: String { BrowseScreen.name(of: query.sort, hasWords: query.q != nil) }

  static func name(of sort: ProductSort?, hasWords: Bool) -> String {
    switch sort {
    case nil: hasWords ? "best match" : "newest"
    case .relevance: "best match"
    case .newest: "newest"
    case .priceUp: "price, low first"
    case .priceDown: "price, high first"
    }
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    BrowseView(screen: self, context: context, sortName: sortName).draw(in: area, on: &canvas)
  }
}
