// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// One item beside what it takes to decide it. After a decision the next one comes.
struct ReviewScreen: Screen {
  private(set) var item: ModerationItem
  private(set) var found: ModerationCase?
  private(set) var phase = Phase.loading
  /// What comes after it, and what was before.
  private(set) var queue: [ModerationItem]
  private var earlier: [ModerationItem] = []
  private var scroll = ScrollState()
  var reasons = ReasonPicker()

  init(_ item: ModerationItem, queue: [ModerationItem]) {
    self.item = item
    self.queue = queue
  }

  var title: String { item.title }
  var moves: Moves { .list }
  var isTyping: Bool { reasons.isTyping }
  var isWaiting: Bool { phase == .loading }
  private var slot: String { "review-\(item.id)" }

  mutating func open(_ context: Context) -> [Step] { load(reload: true) }

  private func load(reload: Bool) -> [Step] {
    [.perform(.load(slot: slot, .moderationCase(item.id), reload: reload))]
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    if reasons.isTyping { return ReasonPicker.actions }
    let mayDecide: Action<ActionID>.Availability =
      found == nil ? .disabled(reason: "it is not loaded yet") : item.decisionAvailability
    let isMine = item.claim?.isMine == true
    return KeyTable([
      Action(
        .approve, name: "approve", keys: [Key("a")], title: "Approve it", hint: "approve", availability: mayDecide),
      Action(
        .reject, name: "reject", keys: [Key("x")], title: "Send it back with a reason", hint: "reject",
        availability: mayDecide),
      Action(
        .claim, name: "claim", keys: [Key("c")],
        title: isMine ? "Leave it to others" : "Claim it: nobody else decides it for 15 minutes",
        hint: isMine ? "leave" : "claim", availability: item.decisionAvailability),
      Action(
        .nextItem, name: "next-item", keys: [Key("n")], title: "The next one", hint: "next",
        availability: queue.isEmpty ? .disabled(reason: "this is the last one") : .enabled),
      Action(
        .previousItem, name: "previous-item", keys: [Key("N")], title: "The one before",
        availability: earlier.isEmpty ? .disabled(reason: "this is the first one") : .enabled),
      Action(.visitShop, name: "visit-shop", keys: [Key("w")], title: "Visit the shop", hint: "shop"),
      Action(.copyID, name: "copy", keys: [Key("y")], title: "Copy the item's id"),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    if let steps = reasons.choose(action) { return steps }
    switch action {
    case .save: return reasons.type(.enter) ?? []
    case .back: return reasons.type(.escape) ?? []
    case .approve: return found == nil ? [] : [.perform(.review(.approve(item.id, version: item.version)))]
    case .reject: return found == nil ? [] : reasons.open(for: item)
    case .claim: return [.perform(.review(item.claimCall))]
    case .nextItem:
      guard let next = queue.first else { return [] }
      earlier.append(item)
      queue.removeFirst()
      return show(next, context)
    case .previousItem:
      guard let last = earlier.popLast() else { return [] }
      queue.insert(item, at: 0)
      return show(last, context)
    case .visitShop: return [.go(.shop(item.shop))]
    case .copyID: return [.copy(item.id.text), .toast(.info, "Copied \(item.id)")]
    case .refresh: return load(reload: true)
    default: return []
    }
  }

  private mutating func show(_ next: ModerationItem, _ context: Context) -> [Step] {
    item = next
    found = nil
    phase = .loading
    scroll = ScrollState()
    return load(reload: true)
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if reasons.isTyping { return reasons.type(key) }
    return scroll.handle(key) ? [] : nil
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] {
    reasons.paste(text)
    return []
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(slot, _, .content(.moderationCase(let review), let freshness)):
      found = review
      item = review.item
      phase = .shown(freshness)
      return resize(to: area, context)
    case .loaded(slot, _, .failed(let failure)):
      found = nil
      phase = .failed(failure)
    case .reviewed(.claim(item.id, _), .success(.item(let new))),
      .reviewed(.release(item.id, _), .success(.item(let new))):
      item = new
      found?.item = new
    case .reviewed(.approve(item.id, _), .success), .reviewed(.reject(item.id, _, _), .success):
      // The list behind has told it.
      guard let next = queue.first else { return [.back] }
      queue.removeFirst()
      return show(next, context)
    case .reviewed(.approve(item.id, _), .failure), .reviewed(.reject(item.id, _, _), .failure),
      .reviewed(.claim(item.id, _), .failure):
      return load(reload: true)
    default: break
    }
    return []
  }

  // MARK: Drawing

  private var area = Rect(x: 0, y: 0, width: 80, height: 20)

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    self.area = area
    let panes = panes(in: area, context)
    scroll.fit(total: lines(width: panes.text.width - 1, context).count, height: panes.text.height)
    return PictureFrame.wish(photo, in: panes.picture, context)
  }

  /// The picture that is to be decided on.
  private var photo: Photo? {
    let proposed = found?.changes.first { $0.field == .photo }?.after.first
    // How large it is says nothing of how it is drawn.
    return proposed.flatMap { PhotoID($0) }.map { Photo(id: $0, width: 4, height: 3) } ?? found?.product?.photo
  }

  private func panes(in area: Rect, _ context: Context) -> (picture: Rect, text: Rect, foot: Rect) {
    var text = area
    let foot = text.takeBottom(1)
    guard context.showsPictures, photo != nil, area.width >= 76 else {
      return (Rect(x: area.x, y: area.y, width: 0, height: 0), text, foot)
    }
    let picture = text.takeRight(area.width * 35 / 100)
    _ = text.takeRight(2)
    let tall = min(picture.height, picture.width * 3 / 8 + 1)
    return (Rect(x: picture.x, y: picture.y, width: picture.width, height: tall), text, foot)
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    if event.action == .wheelUp { scroll.scroll(by: -3) }
    if event.action == .wheelDown { scroll.scroll(by: 3) }
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    let panes = panes(in: area, context)
    if !panes.picture.isEmpty { PictureFrame.draw(photo, in: panes.picture, on: &canvas, context) }
    if found == nil, case .failed(let failure) = phase {
      StateText.draw(failure.reviewWords, .warn, in: panes.text, on: &canvas)
    } else {
      ScrollView(lines: lines(width: panes.text.width - 1, context)).draw(scroll, in: panes.text, on: &canvas)
    }
    reasons.draw(in: panes.foot, on: &canvas)
  }
}
