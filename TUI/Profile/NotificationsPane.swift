// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// By which ways the person wants to hear of what: a table of switches that save themselves.
struct NotificationsPane: Screen {
  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }
  let title = "Notifications"
  private(set) var profile: Profile?
  /// As the person wants it; what the server has follows.
  private(set) var wanted: NotificationPreferences?
  private(set) var phase = Phase.loading
  private(set) var list = ListState(count: NotificationKind.allCases.count)
  private(set) var channel = 0
  private(set) var isSaving = false

  mutating func open(_ context: Context) -> [Step] {
    [.perform(.load(slot: ProfilePane.slot, .profile, reload: false))]
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    KeyTable([
      Action(
        .toggle, name: "switch", keys: [Key(" "), .enter], title: "Switch it on or off", hint: "switch",
        availability: wanted == nil ? .disabled(reason: "nothing is known yet") : .enabled),
      Action(.move, name: "other-way", keys: [], title: "Another way: ← →", hint: nil),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .toggle: return list.selectedIndex.map { toggle($0, way: channel) } ?? []
    case .refresh: return [.perform(.load(slot: ProfilePane.slot, .profile, reload: true))]
    default: return []
    }
  }

  mutating func toggle(_ row: Int, way: Int) -> [Step] {
    wanted?.toggle(NotificationKind.allCases[row], NotificationChannel.allCases[way])
    return save()
  }

  /// One change at a time; what is switched meanwhile follows it.
  private mutating func save() -> [Step] {
    guard !isSaving, let profile, let wanted, wanted != profile.notifications else { return [] }
    isSaving = true
    let patch = ProfilePatch(notifications: .set(wanted.patch(from: profile.notifications)))
    return [.perform(.identity(.account(.editProfile(patch, version: profile.version))))]
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch key {
    case .left, Key("h"): channel = max(0, channel - 1)
    case .right, Key("l"): channel = min(NotificationChannel.allCases.count - 1, channel + 1)
    case Key(" "), .enter: return nil
    default:
      switch list.handle(key) {
      case .moved, .activated: return []
      case .marked:
        list.clearMarks()
        return nil
      case .ignored: return nil
      }
    }
    return []
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(ProfilePane.slot, _, .content(.profile(let found), let freshness)):
      profile = found
      phase = .shown(freshness)
      // What is being saved is newer than what has been read.
      if !isSaving { wanted = found.notifications }
    case .loaded(ProfilePane.slot, _, .failed(let failure)): phase = .failed(failure)
    case .identity(.account(.editProfile(let patch, _), let result)): return take(result, patch)
    default: break
    }
    return []
  }

  private mutating func take(_ result: Result<AccountAnswer, ClientFailure>, _ patch: ProfilePatch) -> [Step] {
    switch result {
    case .success(.profile(let saved)):
      profile = saved
      if case .keep = patch.notifications {
        if !isSaving { wanted = saved.notifications }
        return []
      }
      isSaving = false
      return save()
    case .failure(let failure):
      guard isSaving, patch.notifications.changes else { return [] }
      isSaving = false
      wanted = profile?.notifications
      let isOutdated = failure.problemCode == .versionMismatch
      let words = isOutdated ? "It was changed elsewhere meanwhile; switch again." : failure.words
      return [.toast(.error, words), .perform(.load(slot: ProfilePane.slot, .profile, reload: true))]
    default: return []
    }
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    let heading = phase.heading("What you hear of, and how", context)
    canvas.put(isSaving ? heading + [Span("  saving…", .muted)] : heading, x: head.x, y: head.y, columnsMax: head.width)
    _ = rest.takeTop(1)
    guard let wanted else {
      if case .failed(let failure) = phase { StateText.draw(failure, in: rest, on: &canvas, context) }
      return
    }
    let heads = rest.takeTop(1)
    for (index, name) in NotificationsPane.ways.enumerated() {
      canvas.put(name, x: heads.x + NotificationsPane.nameWidth + 9 * index, y: heads.y, .muted, columnsMax: 8)
    }
    for (row, kind) in NotificationKind.allCases.enumerated() {
      let line = rest.takeTop(1)
      let isHere = list.selectedIndex == row
      if isHere { canvas.put(canvas.glyphs.caret, x: line.x, y: line.y, .focus) }
      canvas.put(
        NotificationsPane.words(kind), x: line.x + 2, y: line.y, isHere ? .title : .text,
        columnsMax: NotificationsPane.nameWidth - 3)
      for (index, way) in NotificationChannel.allCases.enumerated() {
        let isOn = wanted[kind].includes(way)
        let ground: Ground = isHere && index == channel ? .selection : .page
        let place = Point(x: line.x + NotificationsPane.nameWidth + 9 * index, y: line.y)
        canvas.put(
          isOn ? "[\(canvas.glyphs.check)]" : "[ ]", x: place.x, y: place.y, Style(isOn ? .ok : .muted, on: ground),
          columnsMax: 3)
        if isHere && index == channel { canvas.cursor = place }
      }
    }
    _ = rest.takeTop(1)
    canvas.put("What keeps your account safe is always told.", in: rest.takeTop(1), .muted)
  }

  private static let nameWidth = 24

  /// The channels as the person reads them.
  static let ways = ["e-mail", "text", "inbox"]

  static func words(_ kind: NotificationKind) -> String {
    switch kind {
    case .orders: "My orders"
    case .sales: "Orders of my shop"
    case .messages: "Messages"
    case .reviews: "Reviews"
    case .stock: "What runs out"
    case .wishlist: "My wishlist"
    case .news: "News and offers"
    }
  }
}

extension NotificationPreferences {
  mutating func toggle(_ kind: NotificationKind, _ channel: NotificationChannel) {
    func flip(_ channels: inout Channels) {
      switch channel {
      case .email: channels.email.toggle()
      case .sms: channels.sms.toggle()
      case .inbox: channels.inbox.toggle()
      }
    }
    switch kind {
    case .orders: flip(&orders)
    case .sales: flip(&sales)
    case .messages: flip(&messages)
    case .reviews: flip(&reviews)
    case .stock: flip(&stock)
    case .wishlist: flip(&wishlist)
    case .news: flip(&news)
    }
  }

  /// What turns others into these.
  func patch(from old: NotificationPreferences) -> NotificationsPatch {
    func change(_ path: KeyPath<NotificationPreferences, Channels>) -> Patch<ChannelsPatch> {
      let (before, after) = (old[keyPath: path], self[keyPath: path])
      if before == after { return .keep }
      return .set(
        ChannelsPatch(
          email: before.email == after.email ? .keep : .set(after.email),
          sms: before.sms == after.sms ? .keep : .set(after.sms),
          inbox: before.inbox == after.inbox ? .keep : .set(after.inbox)))
    }
    return NotificationsPatch(
      orders: change(\.orders), sales: change(\.sales), messages: change(\.messages), reviews: change(\.reviews),
      stock: change(\.stock), wishlist: change(\.wishlist), news: change(\.news))
  }
}
