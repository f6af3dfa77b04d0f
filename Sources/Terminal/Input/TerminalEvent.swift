// SPDX-License-Identifier: GPL-3.0-or-later

/// What a terminal tells us.
public enum TerminalEvent: Sendable, Equatable {
  case key(Key)
  /// Pasted text, one event however long; cut at the decoder's limit.
  case paste(String, isCut: Bool)
  case mouse(MouseEvent)
  case focus(Bool)
  case resize(Size)
  /// What the terminal answered to a question of ours.
  case answer(TerminalAnswer)
  /// How pictures are to be made from now on.
  case pictures(PictureMode)
  /// The terminal is ours again after a suspension.
  case resumed
  /// A text came back from the person's editor: what they saved, or nothing when the editor failed.
  case edited(key: String, text: String?)
}

/// A key press.
public struct Key: Hashable, Sendable {
  public var code: Code
  public var modifiers: Modifiers

  public init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// A letter or sign.
  public init(_ character: Character, _ modifiers: Modifiers = []) {
    self.init(.character(character), modifiers)
  }

  /// Which key.
  public enum Code: Hashable, Sendable {
    /// One scalar of text.
    case character(Character)
    case enter, tab, backspace, delete, insert, escape
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
  }

  /// Keys held meanwhile.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let shift = Modifiers(rawValue: 1)
    public static let alt = Modifiers(rawValue: 2)
    public static let control = Modifiers(rawValue: 4)
  }

  /// The text the key types, if it types any.
  public var text: Character? {
    guard case .character(let character) = code, modifiers.subtracting(.shift).isEmpty else { return nil }
    return character
  }

  public static let enter = Key(.enter)
  public static let tab = Key(.tab)
  public static let backTab = Key(.tab, .shift)
  public static let escape = Key(.escape)
  public static let backspace = Key(.backspace)
  public static let delete = Key(.delete)
  public static let up = Key(.up)
  public static let down = Key(.down)
  public static let left = Key(.left)
  public static let right = Key(.right)
  public static let home = Key(.home)
  public static let end = Key(.end)
  public static let pageUp = Key(.pageUp)
  public static let pageDown = Key(.pageDown)

  public static func control(_ character: Character) -> Key { Key(character, .control) }
}

/// A mouse report.
public struct MouseEvent: Hashable, Sendable {
  /// What the mouse did.
  public enum Action: Hashable, Sendable {
    case press, release, drag, wheelUp, wheelDown
  }
  /// Which button did it.
  public enum Button: Hashable, Sendable {
    case left, middle, right, none
  }
  public var action: Action
  public var button: Button
  public var at: Point
  public var modifiers: Key.Modifiers

  public init(_ action: Action, _ button: Button = .left, at point: Point, _ modifiers: Key.Modifiers = []) {
    self.action = action
    self.button = button
    at = point
    self.modifiers = modifiers
  }
}

/// A terminal's answer to one of our questions.
public enum TerminalAnswer: Sendable, Equatable {
  /// DA1: the numbers of what it can do; 4 is sixel.
  case attributes([Int])
  /// XTVERSION: its name and version.
  case version(String)
  /// DECRQM: a private mode and its state (1 set, 2 reset, 3 and 4 fixed, 0 unknown).
  case mode(Int, state: Int)
  /// OSC 11: the background, each channel 0 to 255.
  case background(red: UInt8, green: UInt8, blue: UInt8)
  /// The kitty keyboard protocol is there, with these flags.
  case kittyKeyboard(Int)
  /// XTWINOPS 16: the pixels of a cell.
  case cell(Size)
  /// The kitty graphics protocol answered.
  case kittyGraphics(isOK: Bool)
  /// Something well-formed that nobody asked for.
  case other
}
