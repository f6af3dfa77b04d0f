// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Everything a shop has, as a table whose price and stock are edited in place.
struct ProductTable: Screen {
  let title = "Products"
  let shop: ShopReference
  /// What the server has, and that with what is queued on top of it.
  private var served: [Product] = []
  var items: [Product] = []
  private(set) var nextCursor: String?
  var list = ListState()
  private(set) var status: ProductStatus?
  private(set) var phase = Phase.loading
  var cell: CellEdit?
  private var isLoadingMore = false
  /// What is marked, as it was last seen: marks outlive filters and readings.
  var marked: [Product.ID: Product] = [:]
  /// Why the last deed left some of them as they were.
  var skipped: [Product.ID: String] = [:]
  /// The percentage that is being typed.
  var percent: TextEditor?

  init(shop: ShopReference) { self.shop = shop }

  private static let slot = "stock"
  private static let moreSlot = "stock-more"
  private static let soonTimer = "stock-soon"
  private var query: ShopProductQuery { ShopProductQuery(slug: shop.slug, status: status, limit: 100) }

  var isTyping: Bool { cell != nil || percent != nil }
  var moves: Moves { .marks }
  var isWaiting: Bool { phase == .loading }

  mutating func open(_ context: Context) -> [Step] { load(reload: false) }

  private func load(reload: Bool) -> [Step] {
    [.perform(.load(slot: ProductTable.slot, .stock(query), reload: reload))]
  }

  var current: Product? { list.selectedIndex.map { items[$0] } }

  // MARK: Keys

  func actions(_ context: Context) -> KeyTable<ActionID> {
    if let cell { return ProductTable.cellActions(other: cell.field == .price ? "stock" : "price") }
    if percent != nil { return ProductTable.percentActions }
    let needsRow: Action<ActionID>.Availability =
      current == nil ? .disabled(reason: "there is no product here") : .enabled
    let mayArchive: Action<ActionID>.Availability =
      current?.status == .archived ? .disabled(reason: "it is archived already") : needsRow
    let mayRestore: Action<ActionID>.Availability =
      current?.status == .archived ? .enabled : .disabled(reason: "it is not archived")
    let mayPublish: Action<ActionID>.Availability =
      switch current?.status {
      case .active, .outOfStock: .disabled(reason: "it is for sale already")
      case .inReview: .disabled(reason: "it waits for a moderator")
      case .archived: .disabled(reason: "it is archived; restore it first")
      case .draft, .rejected, nil: needsRow
      }
    let mayWithdraw: Action<ActionID>.Availability =
      current?.status.meets(.active) == true ? .enabled : .disabled(reason: "it is not on sale")
    let hasProposal: Action<ActionID>.Availability =
      current?.proposal != nil ? .enabled : .disabled(reason: "no new words of it wait")
    return KeyTable([
      Action(.open, name: "open", keys: [.enter], title: "Edit all of it", hint: "edit", availability: needsRow),
      Action(
        .edit, name: "edit", keys: [Key("e")], title: "Edit price and stock here", hint: "price/stock",
        availability: needsRow),
      Action(
        .bulk, name: "actions", keys: [Key("x")],
        title: marked.isEmpty ? "What can be done to it" : "What can be done to the marked ones", hint: "actions",
        availability: targets.isEmpty ? .disabled(reason: "there is no product here") : .enabled),
      Action(
        .unmark, name: "unmark", keys: [.escape, Key("\\")], title: "Mark none", hint: "unmark",
        availability: marked.isEmpty ? .hidden : .enabled),
      Action(.create, name: "create", keys: [Key("c")], title: "Add a product", hint: "add"),
      Action(
        .archive, name: "archive", keys: [Key("D")], title: "Archive: take it off sale", hint: "archive",
        availability: mayArchive),
      Action(
        .restore, name: "restore", keys: [], title: "Restore: bring it back to where it stood",
        availability: mayRestore),
      Action(.publish, name: "publish", keys: [Key("P")], title: "Put it on sale", availability: mayPublish),
      Action(
        .withdraw, name: "withdraw", keys: [Key("U")], title: "Take it off sale, to work on it",
        availability: mayWithdraw),
      Action(
        .withdrawProposal, name: "withdraw-words", keys: [], title: "Take its new words back", availability: hasProposal
      ),
      Action(.sort, name: "filter", keys: [Key("f")], title: "Show: \(filterName)", hint: "filter"),
      Action(.copyID, name: "copy", keys: [Key("y")], title: "Copy the product's id", availability: needsRow),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again"),
    ])
  }

  private var filterName: String { status.map { Words.plain($0) } ?? "everything" }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .save where percent != nil: return typePercent(.enter) ?? []
    case .save: return cell.map { commit($0, context).steps } ?? []
    case .nextPane: return type(.tab, context) ?? []
    case .back: return type(.escape, context) ?? []
    case .open: return current.map { [.go(.editor($0, shop: shop))] } ?? []
    case .edit:
      cell = current.map { CellEdit($0, .price) }
      return []
    case .create: return [.go(.editor(nil, shop: shop))]
    case .bulk: return openBulkMenu()
    case .unmark:
      marked = [:]
      showMarks()
      return []
    case .bulkPublish: return run(.status(.active), "Put on sale")
    case .bulkDraft: return run(.status(.draft), "Made drafts of")
    case .archive where !marked.isEmpty, .bulkArchive: return run(.archive, "Archived") { .archiveAll($0) }
    case .bulkRestore: return run(.restore, "Restored")
    case .bulkPrice:
      percent = targets.isEmpty ? nil : TextEditor("", lengthMax: 12)
      return []
    case .archive: return archive(context)
    case .restore: return current.map { submit(.restoreProduct(ProductAddress(product: $0.id)), $0) } ?? []
    case .publish:
      guard let product = current else { return [] }
      let patch = ProductPatch(product: product.id, status: .set(.active))
      return submit(.editProduct(patch), product)
    case .withdraw: return current.map(askToWithdraw) ?? []
    case .withdrawProposal:
      return current.map { [.perform(.review(.withdrawProposal($0.id)))] } ?? []
    case .sort:
      let all: [ProductStatus?] = [nil, .active, .outOfStock, .inReview, .draft, .rejected, .archived]
      status = all[((all.firstIndex(of: status) ?? 0) + 1) % all.count]
      served = []
      show(context)
      phase = .loading
      return load(reload: false)
    case .copyID: return current.map { [.copy($0.id.text), .toast(.info, "Copied \($0.id)")] } ?? []
    case .refresh: return load(reload: true)
    default: return []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if cell != nil { return type(key, context) }
    if percent != nil { return typePercent(key) }
    switch list.handle(key) {
    case .moved:
      if list.anchor != nil { noteMarks() }
      return loadMore()
    case .marked:
      skipped = [:]
      noteMarks()
      return []
    case .activated: return perform(.open, context)
    case .ignored: return nil
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] {
    cell?.editor.paste(text)
    percent?.paste(text)
    return []
  }

  /// Shows the change at once; it is marked until the server has it.
  mutating func submit(_ change: Change, _ product: Product) -> [Step] {
    showAtOnce(change, product)
    return [.perform(.submit(change, seen: product))]
  }

  mutating func showAtOnce(_ change: Change, _ product: Product) {
    if let index = items.firstIndex(where: { $0.id == product.id }) { items[index] = change.applied(to: items[index]) }
  }

  /// It may have to wait for a moderator to be on sale again, so it is asked.
  private func askToWithdraw(_ product: Product) -> [Step] {
    let patch = ProductPatch(product: product.id, status: .set(.draft))
    let take: [Step] = [.perform(.submit(.editProduct(patch), seen: product))]
    if product.status == .inReview { return take }
    let dialog = Dialog(
      title: "Take it off sale?",
      message:
        "\(product.title) becomes a draft that you alone see. A moderator may look at it before it is on sale again.",
      confirmTitle: "Take it off sale", cancelTitle: "Leave it")
    return [.ask(dialog, then: take)]
  }

  private mutating func archive(_ context: Context) -> [Step] {
    guard let product = current else { return [] }
    let steps = submit(.archiveProduct(ProductAddress(product: product.id)), product)
    return steps + [.undoable("Archived \(product.title)", .archive(product))]
  }

  private mutating func loadMore() -> [Step] {
    guard let nextCursor, !isLoadingMore, list.selected >= items.count - list.height else { return [] }
    isLoadingMore = true
    var next = query
    next.cursor = nextCursor
    return [.perform(.load(slot: ProductTable.moreSlot, .stock(next), reload: false))]
  }

  // MARK: Messages

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(ProductTable.slot, .stock(let asked), let result) where asked == query: take(result, context)
    case .loaded(ProductTable.moreSlot, .stock(let asked), .content(.stock(let page), let freshness))
    where asked.cursor == nextCursor:
      if case .stored = freshness { return [] }
      isLoadingMore = false
      served += page.items
      nextCursor = page.nextCursor
      show(context)
    case .loaded(ProductTable.moreSlot, _, .failed): isLoadingMore = false
    case .queue: show(context)
    case .sent(let report):
      noteBulk(report, context)
      return take(report, context)
    case .live(.event(let event)) where event.shop.slug == shop.slug:
      // Several events in a row are one reading.
      return [.later(.milliseconds(80), key: ProductTable.soonTimer, .due(ProductTable.soonTimer))]
    case .reviewed(.withdrawProposal, .success):
      return [.toast(.ok, "The new words are taken back.")] + load(reload: true)
    case .reviewed(.withdrawProposal, .failure(let failure)): return [.toast(.error, failure.words)]
    case .live(.opened): return load(reload: true)
    case .due(ProductTable.soonTimer): return load(reload: true)
    default: break
    }
    return []
  }

  private mutating func take(_ result: LoadResult, _ context: Context) {
    switch result {
    case .content(.stock(let page), let freshness):
      served = page.items
      nextCursor = page.nextCursor
      show(context)
      phase = .shown(freshness)
    case .content: break
    case .failed(let failure): if items.isEmpty { phase = .failed(failure) } else { phase = offline(failure) }
    }
  }

  /// What is queued stays visible on top of what the server has.
  private mutating func show(_ context: Context) {
    let before = current?.id
    items = served.map { product in
      context.queued(for: product.id).reduce(product) { shown, queued in queued.change.applied(to: shown) }
    }
    list.count = items.count
    if let index = items.firstIndex(where: { $0.id == before }) { list.select(index) }
    showMarks()
  }

  private func offline(_ failure: ClientFailure) -> Phase {
    if case .shown(let old) = phase, failure.isAway {
      switch old {
      case .stored(let at), .offline(let at): return .shown(.offline(at: at))
      case .live: return phase
      }
    }
    return .failed(failure)
  }

  private mutating func take(_ report: SendReport, _ context: Context) -> [Step] {
    guard case .sent(let product) = report.outcome else { return [] }
    guard let product, let index = served.firstIndex(where: { $0.id == product.id }) else { return load(reload: true) }
    served[index] = product
    show(context)
    return []
  }

  // MARK: Drawing

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(area.height - 3)
    return []
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    if isTyping { return [] }
    var rows = area
    _ = rows.takeTop(2)
    switch event.action {
    case .wheelUp: list.scroll(by: -3)
    case .wheelDown: list.scroll(by: 3)
    case .press: if case .activated = list.click(event.at, in: rows) { return perform(.open, context) }
    case .release, .drag: break
    }
    return loadMore()
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    ProductTableView(screen: self, context: context, filterName: filterName).draw(in: area, on: &canvas)
  }
}
