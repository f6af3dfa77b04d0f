// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// A code that is being typed: six digits that go out by themselves, or a recovery code where one will do too.
struct CodeEntry: Sendable, Equatable {
  /// Whether letters are taken: they make it a recovery code, which Enter sends.
  let allowsRecovery: Bool
  private(set) var editor = TextEditor("", lengthMax: CodeEntry.lengthMax)

  /// A recovery code has eleven characters; people put blanks around.
  private static let lengthMax = 24

  init(allowsRecovery: Bool = false) { self.allowsRecovery = allowsRecovery }

  enum Outcome: Sendable, Equatable {
    case edited
    case complete(String)
    case ignored
  }

  var text: String { editor.text }
  var isEmpty: Bool { editor.isEmpty }
  /// Whether it has become a recovery code.
  var isRecovery: Bool { editor.characters.contains { !$0.isASCIIDigit } }

  mutating func clear() { editor.replaceAll(with: "") }

  mutating func handle(_ key: Key) -> Outcome {
    if let character = key.text {
      guard accepts(character) else { return .ignored }
      _ = editor.handle(key)
      return afterEdit()
    }
    if key == .enter { return isWhole || isRecovery ? .complete(text) : .ignored }
    return editor.handle(key) ? .edited : .ignored
  }

  /// Pasted text may have anything around the six digits; else it is taken for a recovery code.
  mutating func paste(_ pasted: String) -> Outcome {
    let digits = pasted.filter(\.isASCIIDigit)
    if digits.count == CodeChallenge.digits, !allowsRecovery || pasted.allSatisfy({ !$0.isLetter }) {
      editor.replaceAll(with: digits)
      return afterEdit()
    }
    guard allowsRecovery else { return .ignored }
    editor.paste(pasted.filter { !$0.isWhitespace })
    return .edited
  }

  private func accepts(_ character: Character) -> Bool {
    if isRecovery { return allowsRecovery }
    if character.isASCIIDigit { return allowsRecovery || editor.characters.count < CodeChallenge.digits }
    return allowsRecovery && (character.isLetter || character == "-")
  }

  private var isWhole: Bool { !isRecovery && editor.characters.count == CodeChallenge.digits }

  private func afterEdit() -> Outcome { isWhole ? .complete(text) : .edited }

  /// The digits in their places, `482 9··`, or the recovery code as far as it goes.
  func draw(in rect: Rect, isFocused: Bool = true, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    if isRecovery {
      let field = Rect(x: rect.x, y: rect.y, width: min(rect.width, CodeEntry.lengthMax + 1), height: 1)
      return TextField(isFocused: isFocused).draw(editor, in: field, on: &canvas)
    }
    let half = CodeChallenge.digits / 2
    let empty = canvas.glyphs.isASCII ? "_" : "·"
    let places = (0..<CodeChallenge.digits).map { $0 < editor.characters.count ? String(editor.characters[$0]) : empty }
    let shown = " " + places[..<half].joined(separator: " ") + "   " + places[half...].joined(separator: " ") + " "
    canvas.put(shown, x: rect.x, y: rect.y, Style(.text, on: .field, .bold), columnsMax: rect.width)
    guard isFocused else { return }
    let caret = min(editor.caret, CodeChallenge.digits - 1)
    canvas.showCursor(at: Point(x: rect.x + 1 + 2 * caret + (caret >= half ? 2 : 0), y: rect.y))
  }
}
