// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The reason of a rejection: one of those that are offered, or one that is typed in a line below the screen.
struct ReasonPicker: Sendable, Equatable {
  private(set) var item: ModerationItem?
  private(set) var editor: TextEditor?

  private static let ids: [ActionID] = [.reason1, .reason2, .reason3, .reason4, .reason5, .reason6, .reason7]

  var isTyping: Bool { editor != nil }

  /// Opens the menu of reasons.
  mutating func open(for item: ModerationItem) -> [Step] {
    self.item = item
    let offered = zip(ReasonPicker.ids, RejectionReason.offered(for: item.kind)).map { id, reason in
      Action(id, name: id.rawValue, keys: [], title: "\(reason.name): \(reason.text)")
    }
    let own = Action(ActionID.ownReason, name: "own-reason", keys: [], title: "Another reason, in my own words")
    return [.choose(title: "Why does \(item.title) go back?", KeyTable(offered + [own]))]
  }

  /// Takes what was chosen; nil when it is none of the picker's.
  mutating func choose(_ action: ActionID) -> [Step]? {
    guard let item else { return nil }
    if action == .ownReason {
      editor = TextEditor("", lengthMax: 500)
      return []
    }
    let offered = RejectionReason.offered(for: item.kind)
    guard let index = ReasonPicker.ids.firstIndex(of: action), index < offered.count else { return nil }
    return reject(item, offered[index].text)
  }

  static let actions = KeyTable<ActionID>([
    Action(.save, name: "send-back", keys: [.enter, .control("s")], title: "Send it back", hint: "send it back"),
    Action(.back, name: "leave-reason", keys: [.escape], title: "Do not send it back", hint: "leave"),
  ])

  mutating func type(_ key: Key) -> [Step]? {
    guard var editor else { return nil }
    switch key {
    case .escape:
      self = ReasonPicker()
      return []
    case .enter, .control("s"): return answer(editor.text)
    default:
      guard editor.handle(key) else { return nil }
      self.editor = editor
      return []
    }
  }

  mutating func paste(_ text: String) { editor?.paste(text) }

  /// A whole reason at once.
  mutating func answer(_ text: String) -> [Step] {
    guard let item else { return [] }
    let reason = ReviewWords.oneLine(text)
    if let fault = Rejection(item: item.id, reason: reason).faults.first { return [.toast(.warning, fault.detail)] }
    return reject(item, reason)
  }

  private mutating func reject(_ item: ModerationItem, _ reason: String) -> [Step] {
    self = ReasonPicker()
    return [.perform(.review(.reject(item.id, version: item.version, reason: reason)))]
  }

  func draw(in area: Rect, on canvas: inout Canvas) {
    guard let editor else { return }
    var rest = area
    let words = "Reason for the seller: "
    canvas.put(words, in: rest.takeLeft(SafeText.width(words)), .title)
    TextField().draw(editor, in: rest, on: &canvas)
  }
}
