// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What waits for a moderator, the longest waiting first.
struct ModerationScreen: Screen {
  let title = "Moderation"
  private(set) var items: [ModerationItem] = []
  private(set) var counts: [ModerationCount] = []
  private(set) var nextCursor: String?
  private(set) var list = ListState()
  private(set) var phase = Phase.loading
  private(set) var marked: Set<ModerationItem.ID> = []
  private(set) var kind: ModerationKind?
  private(set) var filter = Filter.all
  var reasons = ReasonPicker()
  private var isLoadingMore = false

  /// Which of them are shown.
  enum Filter: String, CaseIterable, Sendable {
    case all = "everybody's"
    case free = "nobody's"
    case mine
    case late
  }

  private static let slot = "moderation"
  private static let moreSlot = "moderation-more"
  private static let countSlot = "moderation-counts"
  /// Others decide too, and what waits grows older.
  private static let refreshTimer = "moderation-refresh"
  private static let refreshPause = Duration.seconds(60)

  var isTyping: Bool { reasons.isTyping }
  var moves: Moves { .marks }
  var isWaiting: Bool { phase == .loading }
  var current: ModerationItem? { list.selectedIndex.map { items[$0] } }
  var query: ModerationQuery {
    let state: ModerationState? = filter == .free ? .free : filter == .mine ? .mine : nil
    return ModerationQuery(kind: kind, state: state, late: filter == .late ? true : nil, limit: 50)
  }
  /// The marked ones, else the one at the caret.
  var targets: [ModerationItem] {
    marked.isEmpty ? current.map { [$0] } ?? [] : items.filter { marked.contains($0.id) }
  }

  mutating func open(_ context: Context) -> [Step] { load(reload: true) + [refreshLater] }

  private func load(reload: Bool) -> [Step] {
    [
      .perform(.load(slot: ModerationScreen.slot, .moderation(query), reload: reload)),
      .perform(.load(slot: ModerationScreen.countSlot, .moderationCounts, reload: reload)),
    ]
  }

  private var refreshLater: Step {
    .later(
      ModerationScreen.refreshPause, key: ModerationScreen.refreshTimer, .due(ModerationScreen.refreshTimer))
  }

  // MARK: Keys

  func actions(_ context: Context) -> KeyTable<ActionID> {
    if reasons.isTyping { return ReasonPicker.actions }
    let needsRow: Action<ActionID>.Availability =
      current == nil ? .disabled(reason: "nothing waits here") : .enabled
    let isMine = current?.claim?.isMine == true
    let mayDecide = targets.contains { $0.mayDecide } ? needsRow : current?.decisionAvailability ?? needsRow
    return KeyTable([
      Action(.open, name: "open", keys: [.enter], title: "Look at it", hint: "look", availability: needsRow),
      Action(
        .approve, name: "approve", keys: [Key("a")],
        title: marked.isEmpty ? "Approve it" : "Approve the marked ones", hint: "approve", availability: mayDecide),
      Action(
        .reject, name: "reject", keys: [Key("x")], title: "Send it back with a reason", hint: "reject",
        availability: current?.decisionAvailability ?? needsRow),
      Action(
        .claim, name: "claim", keys: [Key("c")],
        title: isMine ? "Leave it to others" : "Claim it: nobody else decides it for 15 minutes",
        hint: isMine ? "leave" : "claim", availability: current?.decisionAvailability ?? needsRow),
      Action(
        .unmark, name: "unmark", keys: [.escape, Key("\\")], title: "Mark none", hint: "unmark",
        availability: marked.isEmpty ? .hidden : .enabled),
      Action(
        .filterKind, name: "filter", keys: [Key("f")], title: "Show: \(kind?.plural ?? "everything")", hint: "filter"),
      Action(.filterState, name: "whose", keys: [Key("s")], title: "Show: \(filter.rawValue)", hint: "whose"),
      Action(.visitShop, name: "visit-shop", keys: [Key("w")], title: "Visit the shop", availability: needsRow),
      Action(.copyID, name: "copy", keys: [Key("y")], title: "Copy the item's id", availability: needsRow),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    if let steps = reasons.choose(action) { return steps }
    switch action {
    case .save: return reasons.type(.enter) ?? []
    case .back: return reasons.type(.escape) ?? []
    case .open:
      guard let index = list.selectedIndex else { return [] }
      return [.go(.review(items[index], queue: Array(items[(index + 1)...])))]
    case .approve: return approve()
    case .reject: return current.map { reasons.open(for: $0) } ?? []
    case .claim: return current.map { [.perform(.review($0.claimCall))] } ?? []
    case .unmark:
      marked = []
      showMarks()
      return []
    case .filterKind:
      let all: [ModerationKind?] = [nil] + ModerationKind.allCases
      kind = all[((all.firstIndex(of: kind) ?? 0) + 1) % all.count]
      return startOver()
    case .filterState:
      let all = Filter.allCases
      filter = all[((all.firstIndex(of: filter) ?? 0) + 1) % all.count]
      return startOver()
    case .visitShop: return current.map { [.go(.shop($0.shop))] } ?? []
    case .copyID: return current.map { [.copy($0.id.text), .toast(.info, "Copied \($0.id)")] } ?? []
    case .refresh: return load(reload: true)
    default: return []
    }
  }

  /// One at once; of many it is asked, since each is then on sale.
  private func approve() -> [Step] {
    let items = targets.filter(\.mayDecide)
    guard let first = items.first else { return [] }
    if marked.isEmpty { return [.perform(.review(.approve(first.id, version: first.version)))] }
    let seen = items.prefix(BulkApproval.itemsMax).map { SeenItem(item: $0.id, version: $0.version) }
    let names = items.prefix(3).map(\.title).joined(separator: ", ") + (items.count > 3 ? ", …" : "")
    let dialog = Dialog(
      title: "Approve \(Words.count(seen.count, "item", "items"))?", message: names,
      confirmTitle: "Approve \(seen.count)", cancelTitle: "Look again")
    return [.ask(dialog, then: [.perform(.review(.approveAll(seen)))])]
  }

  private mutating func startOver() -> [Step] {
    (items, nextCursor, marked) = ([], nil, [])
    list.count = 0
    phase = .loading
    return load(reload: true)
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if reasons.isTyping { return reasons.type(key) }
    switch list.handle(key) {
    case .moved:
      if list.anchor != nil { noteMarks() }
      return loadMore()
    case .marked:
      noteMarks()
      return []
    case .activated: return perform(.open, context)
    case .ignored: return nil
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] {
    reasons.paste(text)
    return []
  }

  private mutating func noteMarks() {
    let chosen = list.markedAndRange
    marked = Set(items.indices.filter(chosen.contains).map { items[$0].id })
  }

  private mutating func showMarks() { list.setMarks(Set(items.indices.filter { marked.contains(items[$0].id) })) }

  private mutating func loadMore() -> [Step] {
    guard let nextCursor, !isLoadingMore, list.selected >= items.count - list.height else { return [] }
    isLoadingMore = true
    var next = query
    next.cursor = nextCursor
    return [.perform(.load(slot: ModerationScreen.moreSlot, .moderation(next), reload: false))]
  }

  // MARK: Messages

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(ModerationScreen.slot, .moderation(let asked), .content(.moderation(let page), let freshness))
    where asked == query:
      take(page)
      phase = .shown(freshness)
    case .loaded(ModerationScreen.slot, .moderation(let asked), .failed(let failure)) where asked == query:
      phase = .failed(failure)
    case .loaded(ModerationScreen.moreSlot, .moderation(let asked), .content(.moderation(let page), let freshness))
    where asked.cursor == nextCursor:
      if case .stored = freshness { return [] }
      isLoadingMore = false
      items += page.items
      nextCursor = page.nextCursor
      list.count = items.count
    case .loaded(ModerationScreen.moreSlot, _, .failed): isLoadingMore = false
    case .loaded(ModerationScreen.countSlot, _, .content(.moderationCounts(let found), _)): counts = found
    case .due(ModerationScreen.refreshTimer): return load(reload: true) + [refreshLater]
    case .reviewed(let call, let result): return take(call, result)
    default: break
    }
    return []
  }

  private mutating func take(_ page: Page<ModerationItem>) {
    let before = current?.id
    items = page.items
    nextCursor = page.nextCursor
    list.count = items.count
    if let index = items.firstIndex(where: { $0.id == before }) { list.select(index) }
    marked.formIntersection(items.map(\.id))
    showMarks()
  }

  private mutating func take(_ call: ReviewCall, _ result: Result<ReviewAnswer, ClientFailure>) -> [Step] {
    switch (call, result) {
    case (.claim, .success(.item(let item))), (.release, .success(.item(let item))):
      if let index = items.firstIndex(where: { $0.id == item.id }) { items[index] = item }
      return []
    case (.approve, .success(.decision(let decision))), (.reject, .success(.decision(let decision))):
      let title = items.first { $0.id == decision.item }?.title
      remove([decision.item])
      let word = decision.outcome == .approved ? "Approved" : "Sent back"
      return [.toast(.ok, "\(word)\(title.map { " \($0)" } ?? "").")] + load(reload: true)
    case (.approveAll, .success(.decisions(let decisions))):
      let done = decisions.filter { $0.problem == nil }
      remove(done.map(\.item))
      if done.count == decisions.count { return [.toast(.ok, "Approved \(done.count).")] + load(reload: true) }
      let words = "Approved \(done.count) of \(decisions.count); the others were changed, claimed or decided meanwhile."
      return [.toast(.warning, words)] + load(reload: true)
    case (.claim, .failure(let failure)), (.release, .failure(let failure)), (.approve, .failure(let failure)),
      (.reject, .failure(let failure)), (.approveAll, .failure(let failure)):
      if failure == .cancelled { return [] }
      return [.toast(.error, failure.reviewWords)] + load(reload: true)
    default: return []
    }
  }

  private mutating func remove(_ ids: [ModerationItem.ID]) {
    items.removeAll { ids.contains($0.id) }
    marked.subtract(ids)
    list.count = items.count
    showMarks()
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
    ModerationView(screen: self, context: context).draw(in: area, on: &canvas)
  }
}
