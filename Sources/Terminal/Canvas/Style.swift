// SPDX-License-Identifier: GPL-3.0-or-later

/// What a piece of the screen means. A theme decides how that looks.
public enum Role: UInt8, CaseIterable, Sendable {
  case text, muted, accent, ok, warn, bad, info, title, border, focus, link, key, placeholder, heading
}

/// What lies behind the text. A theme decides how that looks.
public enum Ground: UInt8, CaseIterable, Sendable {
  /// The page itself.
  case page
  /// The row the caret is on, while its pane has the focus.
  case selection
  /// The same row while the focus is elsewhere.
  case selectionIdle
  case field
  case panel
  case bar
  case mark
}

/// Emphasis on top of a role.
public struct Attributes: OptionSet, Hashable, Sendable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static let bold = Attributes(rawValue: 1)
  public static let dim = Attributes(rawValue: 2)
  public static let italic = Attributes(rawValue: 4)
  public static let underline = Attributes(rawValue: 8)
  public static let reverse = Attributes(rawValue: 16)
}

/// How a cell is to look: by meaning, or by palette index for what must look the same in every theme (pictures, QR).
public struct Style: Hashable, Sendable {
  // 0..<256 is a palette index; from 256 on it is a role or a ground.
  var ink: UInt16
  var paper: UInt16
  public var attributes: Attributes

  static let firstRole: UInt16 = 256

  public init(_ role: Role = .text, on ground: Ground = .page, _ attributes: Attributes = []) {
    ink = Style.firstRole + UInt16(role.rawValue)
    paper = Style.firstRole + UInt16(ground.rawValue)
    self.attributes = attributes
  }

  /// Fixed colours of the 256-colour palette.
  public init(palette ink: UInt8, on paper: UInt8) {
    self.ink = UInt16(ink)
    self.paper = UInt16(paper)
    attributes = []
  }

  /// A fixed ink on the page, as kitty's picture placeholders need it.
  public init(palette ink: UInt8, on ground: Ground) {
    self.ink = UInt16(ink)
    paper = Style.firstRole + UInt16(ground.rawValue)
    attributes = []
  }

  /// The meaning of the ink, unless it is a fixed colour.
  public var role: Role? {
    ink >= Style.firstRole ? Role(rawValue: UInt8(truncatingIfNeeded: ink - Style.firstRole)) : nil
  }

  /// What lies behind, unless it is a fixed colour.
  public var ground: Ground? {
    paper >= Style.firstRole ? Ground(rawValue: UInt8(truncatingIfNeeded: paper - Style.firstRole)) : nil
  }

  public func on(_ ground: Ground) -> Style {
    var copy = self
    copy.paper = Style.firstRole + UInt16(ground.rawValue)
    return copy
  }

  public func with(_ more: Attributes) -> Style {
    var copy = self
    copy.attributes.formUnion(more)
    return copy
  }

  public static let text = Style(.text)
  public static let muted = Style(.muted)
  public static let accent = Style(.accent)
  public static let ok = Style(.ok)
  public static let warn = Style(.warn)
  public static let bad = Style(.bad)
  public static let info = Style(.info)
  public static let title = Style(.title)
  public static let border = Style(.border)
  public static let focus = Style(.focus)
  public static let link = Style(.link)
  public static let key = Style(.key)
  public static let placeholder = Style(.placeholder)
  public static let heading = Style(.heading)
}
