// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What was done to what and by whom, the newest first. It is narrowed by what stands under the caret: only this
/// person, only this kind, only this thing.
struct AuditScreen: Screen {
  let title = "Audit"
  private(set) var entries: [AuditEntry] = []
  private(set) var nextCursor: String?
  private(set) var list = ListState()
  private(set) var phase = Phase.loading
  private(set) var query = AuditQuery(limit: 50)
  /// How the filters are called on the screen.
  private(set) var filters: [AuditFilter] = []
  private var isLoadingMore = false

  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }
  static let slot = "audit"
  static let moreSlot = "audit-more"

  mutating func open(_ context: Context) -> [Step] { [load(reload: false)] }

  private func load(reload: Bool) -> Step {
    .perform(.load(slot: AuditScreen.slot, .audit(query), reload: reload))
  }

  private var current: AuditEntry? { list.selectedIndex.map { entries[$0] } }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    func only(_ kind: AuditFilter.Kind) -> Action<ActionID>.Availability {
      if current == nil { return .disabled(reason: "there is no entry here") }
      return filters.contains { $0.kind == kind } ? .disabled(reason: "it is narrowed so already") : .enabled
    }
    return KeyTable([
      Action(
        .onlyActor, name: "only-actor", keys: [Key("a")], title: "Only what this one did", hint: "only this one's",
        availability: only(.actor)),
      Action(
        .onlyKind, name: "only-kind", keys: [Key("t")], title: "Only entries of this kind", hint: "this kind",
        availability: current.map { AuditAction(rawValue: $0.action) == nil } ?? false
          ? .disabled(reason: "this souk does not know the kind") : only(.action)),
      Action(
        .onlySubject, name: "only-subject", keys: [Key("s")], title: "Only what was done to this", hint: "done to this",
        availability: only(.subject)),
      Action(
        .clearFilters, name: "show-all", keys: [Key("x")], title: "Show everything again", hint: "everything",
        availability: filters.isEmpty ? .hidden : .enabled),
      Action(
        .copyID, name: "copy-id", keys: [Key("y")], title: "Copy the id of what it was done to",
        availability: current == nil ? .disabled(reason: "there is no entry here") : .enabled),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again", hint: "refresh"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .onlyActor:
      return narrow {
        AuditFilter(.actor, $0.actorName ?? $0.actor)
      } to: {
        $0.actor = $1.actor
      }
    case .onlyKind:
      return narrow {
        AuditFilter(.action, $0.action)
      } to: {
        $0.action = AuditAction(rawValue: $1.action)
      }
    case .onlySubject:
      return narrow {
        AuditFilter(.subject, $0.subjectName ?? $0.subject)
      } to: {
        $0.subject = $1.subject
      }
    case .clearFilters:
      filters = []
      query = AuditQuery(limit: query.limit)
      return begin()
    case .copyID: return current.map { [.copy($0.subject), .toast(.info, "Copied \($0.subject).")] } ?? []
    case .refresh: return [load(reload: true)]
    default: return []
    }
  }

  private mutating func narrow(
    _ filter: (AuditEntry) -> AuditFilter, to change: (inout AuditQuery, AuditEntry) -> Void
  ) -> [Step] {
    guard let current else { return [] }
    filters.append(filter(current))
    change(&query, current)
    return begin()
  }

  private mutating func begin() -> [Step] {
    (entries, nextCursor, phase, isLoadingMore) = ([], nil, .loading, false)
    list.count = 0
    return [load(reload: false)]
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch list.handle(key) {
    case .moved, .activated: return loadMore()
    case .marked:
      list.clearMarks()
      return nil
    case .ignored: return nil
    }
  }

  private mutating func loadMore() -> [Step] {
    guard let nextCursor, !isLoadingMore, list.selected >= entries.count - list.height else { return [] }
    isLoadingMore = true
    var next = query
    next.cursor = nextCursor
    return [.perform(.load(slot: AuditScreen.moreSlot, .audit(next), reload: false))]
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(AuditScreen.slot, .audit(query), .content(.audit(let page), let freshness)):
      entries = page.items
      nextCursor = page.nextCursor
      list.count = entries.count
      phase = .shown(freshness)
      isLoadingMore = false
    case .loaded(AuditScreen.moreSlot, .audit(let asked), .content(.audit(let page), let freshness))
    where asked.cursor == nextCursor:
      if case .stored = freshness { return [] }
      isLoadingMore = false
      entries += page.items
      nextCursor = page.nextCursor
      list.count = entries.count
    case .loaded(AuditScreen.slot, .audit(query), .failed(let failure)): phase = .failed(failure)
    case .loaded(AuditScreen.moreSlot, _, .failed): isLoadingMore = false
    default: break
    }
    return []
  }

  // MARK: Drawing

  private static let top = 2
  private static let detailRows = 7

  /// The list and, where there is room, the entry under the caret.
  private static func split(_ area: Rect) -> (list: Rect, detail: Rect?) {
    var rest = area
    let detail = area.height >= 2 * detailRows ? rest.takeBottom(detailRows) : nil
    return (rest, detail)
  }

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(AuditScreen.split(area).list.height - AuditScreen.top)
    return loadMore()
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    var rows = AuditScreen.split(area).list
    _ = rows.takeTop(AuditScreen.top)
    switch event.action {
    case .wheelUp: list.scroll(by: -3)
    case .wheelDown: list.scroll(by: 3)
    case .press: _ = list.click(event.at, in: rows)
    case .release, .drag: break
    }
    return loadMore()
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var (rest, detail) = AuditScreen.split(area)
    let head = rest.takeTop(1)
    var spans = phase.heading("Audit", context)
    for filter in filters { spans += [Span("  "), Span(filter.words, .accent)] }
    canvas.put(spans, x: head.x, y: head.y, columnsMax: head.width)
    if entries.isEmpty {
      switch phase {
      case .loading: return
      case .failed(let failure): return StateText.draw(failure, in: rest, on: &canvas, context)
      case .shown: return StateText.draw("There is no such entry.", in: rest, on: &canvas)
      }
    }
    let table = TableView(columns: [
      TableColumn("When", min: 12, importance: 7), TableColumn("Who", min: 12, weight: 1, importance: 9),
      TableColumn("What", min: 22, weight: 1, importance: 8), TableColumn("To", min: 12, weight: 1, importance: 6),
    ]) { index in
      let entry = entries[index]
      return [
        Span(Words.since(context.now - entry.at.microseconds / 1_000_000), .muted),
        Span(entry.actorName ?? entry.actor), Span(entry.action), Span(entry.subjectName ?? entry.subject, .muted),
      ]
    }
    table.draw(list, in: rest, on: &canvas)
    if let detail, let current { AuditScreen.draw(current, in: detail, on: &canvas) }
  }

  private static func draw(_ entry: AuditEntry, in area: Rect, on canvas: inout Canvas) {
    var rest = area
    canvas.line(x: rest.x, y: rest.y, width: rest.width)
    _ = rest.takeTop(1)
    KeyValuePane(entry.facts.map { ($0.name, [Span($0.value)]) }).draw(in: rest, on: &canvas)
  }
}
