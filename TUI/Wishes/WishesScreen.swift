// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// My wishlists, one at a time, and what I looked at. Of a guest both are what this computer keeps.
struct WishesScreen: Screen {
  let title = "Wishlist"
  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }

  private(set) var lists: [Wishlist] = []
  /// Which list is shown; behind the last one comes what was looked at.
  private(set) var index = 0
  private(set) var wishes: [Wish] = []
  private(set) var seen: [SeenProduct] = []
  private(set) var nextCursor: String?
  private(set) var list = ListState()
  private(set) var phase = Phase.loading
  private var isLoadingMore = false

  static let listsSlot = "wishlists"
  static let slot = "wishes"
  static let moreSlot = "wishes-more"
  private static let pageSize = 100

  private var listCount: Int { max(1, lists.count) }
  private(set) var isSeen: Bool {
    get { index >= listCount }
    set { index = newValue ? listCount : 0 }
  }
  private var current: Wishlist? { lists.indices.contains(index) ? lists[index] : nil }

  var heading: String { isSeen ? "Recently viewed" : current?.name ?? Wishlist.defaultName }
  private var count: Int { isSeen ? seen.count : wishes.count }
  private var card: ProductCard? {
    guard let row = list.selectedIndex else { return nil }
    return isSeen ? seen[row].card : wishes[row].card
  }
  private var wish: Wish? { isSeen ? nil : list.selectedIndex.map { wishes[$0] } }

  init(showsSeen: Bool = false) { isSeen = showsSeen }

  // MARK: Asking

  mutating func open(_ context: Context) -> [Step] { ask(context, reload: false) }

  private mutating func ask(_ context: Context, reload: Bool) -> [Step] {
    isLoadingMore = false
    guard context.session != nil else { return [.perform(.wishes(.readShelf))] }
    return [
      .cancel(key: WishesScreen.moreSlot),
      .perform(.load(slot: WishesScreen.listsSlot, .wishlists, reload: reload)),
      .perform(.load(slot: WishesScreen.slot, query(), reload: reload)),
    ]
  }

  private func query(_ cursor: String? = nil) -> Query {
    isSeen
      ? .views(ViewQuery(limit: WishesScreen.pageSize, cursor: cursor))
      : .wishes(WishQuery(wishlist: current?.id, limit: WishesScreen.pageSize, cursor: cursor))
  }

  private mutating func turn(to next: Int, _ context: Context) -> [Step] {
    index = next
    list.select(0)
    guard context.session != nil else {
      list.count = count
      return []
    }
    (wishes, seen, nextCursor, phase) = ([], [], nil, .loading)
    list.count = 0
    return ask(context, reload: false)
  }

  private mutating func loadMore() -> [Step] {
    guard let nextCursor, !isLoadingMore, list.selected >= count - list.height else { return [] }
    isLoadingMore = true
    return [.perform(.load(slot: WishesScreen.moreSlot, query(nextCursor), reload: false))]
  }

  // MARK: Keys

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let isEmpty = list.selectedIndex == nil
    let needsCard: Action<ActionID>.Availability =
      isEmpty
      ? .disabled(reason: "there is no product here")
      : card == nil ? .disabled(reason: "its maker shows it to nobody any more") : .enabled
    let next = index + 1 > listCount ? 0 : index + 1
    let nextName = next == listCount ? "Recently viewed" : lists.indices.contains(next) ? lists[next].name : "Wishlist"
    return KeyTable(
      [
        Action(.open, name: "open", keys: [.enter], title: "Open the product", hint: "open", availability: needsCard),
        Action(
          .nextPane, name: "next-list", keys: [.tab], title: "To \(nextName)", hint: nextName.lowercased()),
      ]
        + WishActions.actions(card, context).map { action in
          guard action.id == .wish, let wish else { return action }
          return Action(
            .wish, name: "wish", keys: [Key("w")], title: "Take \(wish.card?.title ?? wish.title) off the list",
            hint: "take off")
        } + [
          Action(
            .share, name: "share", keys: [Key("L")],
            title: current?.share == nil ? "Share the list by a link" : "End the link that shares the list",
            availability: isSeen || current == nil ? .hidden : .enabled),
          Action(
            .copyLink, name: "copy-link", keys: [Key("Y")], title: "Copy the link that shares the list",
            availability: current?.share == nil ? .hidden : .enabled),
          Action(
            .discard, name: "forget-seen", keys: [Key("D")], title: "Forget everything that I looked at",
            hint: "forget",
            availability: isSeen && !seen.isEmpty ? .enabled : .hidden),
          Action(.copyID, name: "copy", keys: [Key("y")], title: "Copy the product's id", availability: needsCard),
          Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again", hint: "refresh"),
        ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .open: return openRow()
    case .nextPane: return turn(to: index + 1 > listCount ? 0 : index + 1, context)
    case .wish where wish != nil:
      return wish.map { [.perform(.wishes(.set(WishTarget($0, on: current?.id), isOn: false)))] } ?? []
    case .share:
      guard let current else { return [] }
      let patch = WishlistPatch(wishlist: current.id, isShared: .set(current.share == nil))
      return [.perform(.wishes(.editList(patch, version: current.version)))]
    case .copyLink:
      guard let share = current?.share else { return [] }
      let link = "\(context.server)\(Contract.basePath)/wishlists/\(share)"
      return [.copy(link), .toast(.info, "Copied \(link)")]
    case .discard:
      let dialog = Dialog(
        title: "Forget it all?", message: "What you looked at is forgotten here and at the server.",
        confirmTitle: "Forget", cancelTitle: "Keep")
      return [.ask(dialog, then: [.perform(.wishes(.forgetSeen))])]
    case .copyID: return card.map { [.copy($0.id.text), .toast(.info, "Copied \($0.id.text)")] } ?? []
    case .refresh: return ask(context, reload: true)
    default: return WishActions.perform(action, card) ?? []
    }
  }

  private func openRow() -> [Step] { card.map { [.go(.product($0))] } ?? [] }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    guard key != Key(" "), key != Key("v"), key != Key("a") else { return nil }
    switch list.handle(key) {
    case .moved: return loadMore()
    case .activated: return openRow()
    case .marked, .ignored: return nil
    }
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    switch event.action {
    case .wheelUp: list.scroll(by: -3)
    case .wheelDown: list.scroll(by: 3)
    case .press:
      let rows = WishesView.rows(in: area)
      if case .activated = list.click(event.at, in: rows) { return openRow() }
    case .release, .drag: break
    }
    return loadMore()
  }

  // MARK: Messages

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(WishesScreen.listsSlot, _, .content(.wishlists(let found), _)):
      let wasSeen = isSeen
      let before = current?.id
      lists = found
      index = wasSeen ? listCount : found.firstIndex { $0.id == before } ?? 0
    case .loaded(WishesScreen.slot, let asked, let result) where isMine(asked): take(result)
    case .loaded(WishesScreen.moreSlot, let asked, let result) where asked == query(nextCursor): takeMore(result)
    case .wishes(.shelf(let wishes, let seen)) where context.session == nil:
      (self.wishes, self.seen, phase) = (wishes, seen, .shown(.live))
      list.count = count
    case .wishes(.set(_, _, nil)), .wishes(.forgotten(nil)), .wishes(.joined), .wishes(.listEdited(_, nil)):
      return ask(context, reload: true)
    default: break
    }
    return []
  }

  /// The first question of the default list names none, because its id is not known yet.
  private func isMine(_ asked: Query) -> Bool {
    if case .wishes(let query) = asked, query.wishlist == nil, index == 0 { return true }
    return asked == query()
  }

  private mutating func take(_ result: LoadResult) {
    switch result {
    case .content(.wishes(let page), let freshness):
      (wishes, nextCursor, phase) = (page.items, page.nextCursor, .shown(freshness))
    case .content(.views(let page), let freshness):
      (seen, nextCursor, phase) = (page.items, page.nextCursor, .shown(freshness))
    case .content: return
    case .failed(let failure): phase = .failed(failure)
    }
    list.count = count
  }

  private mutating func takeMore(_ result: LoadResult) {
    if case .content(_, .stored) = result { return }
    isLoadingMore = false
    switch result {
    case .content(.wishes(let page), _): (wishes, nextCursor) = (wishes + page.items, page.nextCursor)
    case .content(.views(let page), _): (seen, nextCursor) = (seen + page.items, page.nextCursor)
    case .content, .failed: break
    }
    list.count = count
  }

  // MARK: Drawing

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(WishesView.rows(in: area).height)
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    WishesView(screen: self, context: context).draw(in: area, on: &canvas)
  }

  func outline(_ context: Context) -> [OutlineLine] {
    var head = "\(heading): \(Words.count(count, "product", "products"))"
    if current?.share != nil { head += ", shared by a link" }
    let lines = [OutlineLine(head)] + phase.outline(context, isEmpty: count == 0, nothing: emptyWords(context))
    if isSeen {
      return lines
        + seen.enumerated().map { index, row in
          let facts = [
            row.card.title, Words.money(row.card.price), Words.plain(row.card.availability), row.card.shop.name,
          ]
          return OutlineLine((facts + context.spokenSigns(row.card.id)).joined(separator: ", "), choice: "\(index + 1)")
        }
    }
    return lines
      + wishes.enumerated().map { index, wish in
        var facts = [wish.card?.title ?? wish.title]
        if let card = wish.card { facts += [Words.money(card.price), card.shop.name] }
        facts += wish.changes.map { WishWords.plain($0, wish) } + [wish.note].compactMap { $0 }
        return OutlineLine(facts.joined(separator: ", "), choice: "\(index + 1)")
      }
  }

  var commands: [(usage: String, what: String)] { [("next-list", "To the next list, or to what I looked at")] }

  func emptyWords(_ context: Context) -> String {
    if !isSeen {
      return "Nothing is on this list yet. \(context.key("wish", standard: Key("w"))) on a product puts it here."
    }
    return context.session == nil
      ? "You have looked at nothing yet."
      : "Nothing is kept. Under Account, Consents you can agree that it is, for suggestions."
  }
}
