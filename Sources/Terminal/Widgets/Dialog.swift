// SPDX-License-Identifier: GPL-3.0-or-later

/// A question that must be answered before anything else. The focus is on Cancel; what is grave asks for a word.
public struct Dialog: Sendable, Equatable {
  public var title: String
  public var message: String
  /// What the button that does it says: "Refund 3".
  public var confirmTitle: String
  public var cancelTitle: String
  /// The word to type before it can be done; none for an ordinary question.
  public var confirmation: String?
  public private(set) var editor = TextEditor()
  public private(set) var isOnConfirm = false

  public init(
    title: String, message: String, confirmTitle: String, cancelTitle: String = "Cancel", confirmation: String? = nil
  ) {
    self.title = title
    self.message = message
    self.confirmTitle = confirmTitle
    self.cancelTitle = cancelTitle
    self.confirmation = confirmation
  }

  /// What a key decided.
  public enum Outcome: Sendable, Equatable {
    case confirmed, cancelled, pending
  }

  /// Whether the word has been typed, when one is asked for.
  public var isConfirmable: Bool { confirmation.map { editor.text == $0 } ?? true }

  public mutating func handle(_ key: Key) -> Outcome {
    switch key {
    case .escape: return .cancelled
    case .tab, .backTab: isOnConfirm.toggle()
    case .left where confirmation == nil,
      .right where confirmation == nil:
      isOnConfirm.toggle()
    case .enter:
      if !isOnConfirm, confirmation != nil, isConfirmable { return .confirmed }
      if !isOnConfirm { return .cancelled }
      return isConfirmable ? .confirmed : .pending
    case _ where confirmation != nil: _ = editor.handle(key)
    case Key("n"): return .cancelled
    case Key("y"): return .confirmed
    default: break
    }
    return .pending
  }

  /// Draws the dialog in the middle, over what is there.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    canvas.dim(rect)
    let width = min(rect.width, max(34, min(60, SafeText.width(message) + 4)))
    let lines = Wrapping.lines(message, width: max(1, width - 4))
    let box = rect.centered(width: width, height: lines.count + (confirmation == nil ? 5 : 8))
    canvas.fill(box, Style(.text, on: .panel))
    canvas.clipped(to: box) { canvas in
      var inner = canvas.box(box, title: title, Style(.border, on: .panel)).inset(horizontal: 1, vertical: 0)
      if box.height > 4 { _ = inner.takeTop(1) }
      let buttons = inner.takeBottom(1)
      for line in lines { canvas.put(line, in: inner.takeTop(1), Style(.text, on: .panel)) }
      if let confirmation { drawConfirmation(confirmation, in: &inner, on: &canvas) }
      drawButtons(in: buttons, on: &canvas)
    }
  }

  private func drawConfirmation(_ word: String, in area: inout Rect, on canvas: inout Canvas) {
    _ = area.takeTop(1)
    canvas.put("Type \(word) to go on:", in: area.takeTop(1), Style(.muted, on: .panel))
    TextField(isFocused: !isOnConfirm).draw(editor, in: area.takeTop(1), on: &canvas)
  }

  private func drawButtons(in area: Rect, on canvas: inout Canvas) {
    let confirm = button(confirmTitle, isFocused: isOnConfirm, .bad, isEnabled: isConfirmable)
    let cancel = button(cancelTitle, isFocused: !isOnConfirm, .text)
    let widths = [confirm, cancel].map { SafeText.width($0.text) }
    let start = max(area.x, area.right - widths[0] - widths[1] - 2)
    canvas.put(confirm.text, x: start, y: area.y, confirm.style, columnsMax: area.right - start)
    canvas.put(cancel.text, x: start + widths[0] + 2, y: area.y, cancel.style)
    if !isOnConfirm, confirmation == nil { canvas.cursor = Point(x: start + widths[0] + 2, y: area.y) }
    if isOnConfirm { canvas.cursor = Point(x: start, y: area.y) }
  }

  private func button(_ title: String, isFocused: Bool, _ role: Role, isEnabled: Bool = true) -> Span {
    Span(
      isFocused ? "[ \(title) ]" : "  \(title)  ", Style(isEnabled ? role : .muted, on: isFocused ? .selection : .panel)
    )
  }
}
