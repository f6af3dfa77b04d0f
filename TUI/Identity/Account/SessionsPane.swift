// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Where the account is signed in, with the means to end what should not be.
struct SessionsPane: Screen {
  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }
  let title = "Sessions"
  private(set) var sessions: [OpenSession] = []
  private(set) var list = ListState()
  private(set) var phase = Phase.loading

  private static let slot = "sessions"
  private var load: Step { .perform(.load(slot: SessionsPane.slot, .sessions, reload: false)) }

  mutating func open(_ context: Context) -> [Step] { [load] }

  private var current: OpenSession? { list.selectedIndex.map { sessions[$0] } }
  private var others: Int { sessions.count { !$0.isCurrent } }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    KeyTable([
      Action(
        .revoke, name: "end-session", keys: [Key("D")], title: "End this session", hint: "end it",
        availability: current == nil ? .disabled(reason: "there is no session here") : .enabled),
      Action(
        .revokeOthers, name: "end-others", keys: [Key("X")], title: "End all sessions but this one",
        hint: "end the others",
        availability: others > 0 ? .enabled : .disabled(reason: "there is no other session")),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again", hint: "refresh"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .revoke: return current.map { askToEnd($0) } ?? []
    case .revokeOthers:
      let dialog = Dialog(
        title: "End the other sessions?",
        message: "\(Words.count(others, "session ends", "sessions end")). Whoever uses them has to sign in again.",
        confirmTitle: "End them", cancelTitle: "Leave them")
      return [.ask(dialog, then: [.perform(.identity(.account(.revokeOthers)))])]
    case .refresh: return [.perform(.load(slot: SessionsPane.slot, .sessions, reload: true))]
    default: return []
    }
  }

  private func askToEnd(_ session: OpenSession) -> [Step] {
    let isCurrent = session.isCurrent
    let dialog = Dialog(
      title: "End this session?",
      message: isCurrent
        ? "It is the one you are using: you will be signed out." : "\(session.device) has to sign in again.",
      confirmTitle: isCurrent ? "Sign out" : "End it", cancelTitle: "Leave it")
    let effect: IdentityEffect = isCurrent ? .signOut : .account(.revoke(session.id))
    return [.ask(dialog, then: [.perform(.identity(effect))])]
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch list.handle(key) {
    case .moved, .activated: return []
    case .marked:
      list.clearMarks()
      return nil
    case .ignored: return nil
    }
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(SessionsPane.slot, _, .content(.sessions(let found), let freshness)):
      sessions = found
      list.count = found.count
      phase = .shown(freshness)
    case .loaded(SessionsPane.slot, _, .failed(let failure)): phase = .failed(failure)
    case .identity(.account(.revoke, .success)):
      return [.toast(.ok, "The session is over, everywhere within a minute.")] + perform(.refresh, context)
    case .identity(.account(.revokeOthers, .success)):
      return [.toast(.ok, "The other sessions are over.")] + perform(.refresh, context)
    case .identity(.account(.revoke, .failure(let failure))), .identity(.account(.revokeOthers, .failure(let failure))):
      if failure == .cancelled { return [] }
      let words = failure.problemCode == .notFound ? "That session was over already." : failure.words
      return [.toast(.error, words)] + perform(.refresh, context)
    default: break
    }
    return []
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    var rows = area
    _ = rows.takeTop(SessionsPane.top)
    _ = list.click(event.at, in: rows)
    return []
  }

  /// The heading, and the heads of the columns.
  private static let top = 2

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(area.height - SessionsPane.top)
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    canvas.put(phase.heading("Where you are signed in", context), x: head.x, y: head.y, columnsMax: head.width)
    if case .failed(let failure) = phase, sessions.isEmpty {
      return StateText.draw(failure, in: rest, on: &canvas, context)
    }
    let table = TableView(columns: [
      TableColumn("Device", min: 14, weight: 2, importance: 9), TableColumn("Last used", min: 12, importance: 8),
      TableColumn("Signed in", min: 12, importance: 2),
    ]) { index in
      let session = sessions[index]
      let last = session.isCurrent ? Span("● this one", .ok) : Span(SessionsPane.age(session.lastUsedAt, context.now))
      return [Span(session.device), last, Span(SessionsPane.age(session.createdAt, context.now), .muted)]
    }
    table.draw(list, in: rest, on: &canvas)
  }

  private static func age(_ moment: Timestamp, _ now: Int64) -> String {
    Words.since(now - moment.microseconds / 1_000_000)
  }
}
