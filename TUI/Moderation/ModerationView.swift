// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Draws what waits for a moderator.
struct ModerationView {
  let screen: ModerationScreen
  let context: Context

  private static let columns = [
    TableColumn("What", min: 9, importance: 8),
    TableColumn("Title", min: 16, weight: 3, importance: 9),
    TableColumn("Shop", min: 13, weight: 2, importance: 4),
    TableColumn("Trust", min: 7, importance: 1),
    TableColumn("Waits", min: 12, importance: 7),
    TableColumn("Claimed by", min: 14, weight: 1, importance: 5),
  ]

  func draw(in area: Rect, on canvas: inout Canvas) {
    var rest = area
    let head = rest.takeTop(1)
    canvas.put(heading, x: head.x, y: head.y, columnsMax: head.width)
    let foot = rest.takeBottom(1)
    if screen.items.isEmpty { return drawNothing(in: rest, on: &canvas) }
    let table = TableView(columns: ModerationView.columns, isFocused: !screen.isTyping) { row(screen.items[$0]) }
    table.draw(screen.list, in: rest, on: &canvas)
    screen.reasons.draw(in: foot, on: &canvas)
  }

  private var heading: [Span] {
    var spans: [Span] = []
    for count in screen.counts {
      if !spans.isEmpty { spans.append(Span(" · ", .muted)) }
      let isChosen = screen.kind == count.kind
      spans.append(
        Span("\(count.open) \(count.open == 1 ? count.kind.rawValue : count.kind.plural)", isChosen ? .accent : .title))
      if count.late > 0 { spans.append(Span(" (\(count.late) late)", .bad)) }
    }
    if spans.isEmpty { spans = [Span("Moderation", .title)] }
    if screen.filter != .all { spans += [Span(" · ", .muted), Span(screen.filter.rawValue, .accent)] }
    if !screen.marked.isEmpty { spans += [Span(" · ", .muted), Span("\(screen.marked.count) marked", .accent)] }
    return spans + [Span("   ")] + screen.phase.note(context)
  }

  private func row(_ item: ModerationItem) -> [Span] {
    [
      ReviewWords.kind(item.kind), Span(item.title), Span(item.shop.name, .muted),
      Span(item.trust.rawValue, item.trust == .new ? .warn : .muted), ReviewWords.waiting(item, context.now),
      ReviewWords.claim(item, context.now),
    ]
  }

  private func drawNothing(in area: Rect, on canvas: inout Canvas) {
    switch screen.phase {
    case .loading: StateText.draw("Loading what waits…", in: area, on: &canvas)
    case .failed(let failure): StateText.draw(failure, in: area, on: &canvas, context)
    case .shown:
      if screen.kind == nil, screen.filter == .all {
        StateText.draw("Nothing waits. All is decided.", in: area, on: &canvas)
      } else {
        let keys = "\(context.key("filter", standard: Key("f"))) and \(context.key("whose", standard: Key("s")))"
        StateText.draw("Nothing of this kind waits.", hint: "\(keys) show others.", in: area, on: &canvas)
      }
    }
  }
}

extension ReviewWords {
  static func kind(_ kind: ModerationKind) -> Span {
    switch kind {
    case .shop: Span("▣ shop", .accent)
    case .product: Span("● product", .accent)
    case .change: Span("± change", .accent)
    }
  }

  /// How long it waits, and whether that is too long.
  static func waiting(_ item: ModerationItem, _ now: Int64) -> Span {
    let age = plainAge(now - item.openedAt.microseconds / 1_000_000)
    return item.isLate(at: now) ? Span("! \(age)", .bad) : Span(age)
  }

  static func plainAge(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "just now"
    case ..<3600: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h"
    default: "\(seconds / 86_400) days"
    }
  }

  static func claim(_ item: ModerationItem, _ now: Int64) -> Span {
    guard let claim = item.claim, item.isClaimed(at: now) else { return Span("") }
    let left = claim.until.microseconds / 1_000_000 - now
    return Span("\(claim.isMine ? "me" : claim.name), \(max(1, (left + 59) / 60)) min", claim.isMine ? .ok : .warn)
  }
}

extension ModerationItem {
  func isLate(at now: Int64) -> Bool { dueAt.microseconds / 1_000_000 < now }
  func isClaimed(at now: Int64) -> Bool { claim.map { $0.until.microseconds / 1_000_000 > now } ?? false }

  /// Nobody else works on it, as far as is known.
  var mayDecide: Bool { claim?.isMine ?? true }

  var decisionAvailability: Action<ActionID>.Availability {
    mayDecide ? .enabled : .disabled(reason: "\(claim?.name ?? "somebody") works on it")
  }

  /// Takes it, or leaves what is taken.
  var claimCall: ReviewCall {
    claim?.isMine == true ? .release(id, version: version) : .claim(id, version: version)
  }
}

extension ModerationKind {
  var plural: String { "\(rawValue)s" }
}

extension ClientFailure {
  /// In the words of somebody who decides.
  var reviewWords: String {
    switch problemCode {
    case .versionMismatch: "The seller has changed it meanwhile: look at it again."
    case .decidedAlready, .notFound: "It does not wait any more: it was decided or taken back."
    case .claimedByAnother: "Another moderator works on it."
    default: words
    }
  }
}
