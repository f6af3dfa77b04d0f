// SPDX-License-Identifier: GPL-3.0-or-later

/// What the roles and grounds look like.
public struct Theme: Sendable {
  /// The ink of a role, and the emphasis that stays when there are no colours.
  public struct Ink: Sendable, Hashable {
    public var colour: Colour
    public var attributes: Attributes
    /// Used instead of the attributes when the terminal has no colours.
    public var mono: Attributes

    public init(_ colour: Colour, _ attributes: Attributes = [], mono: Attributes = []) {
      self.colour = colour
      self.attributes = attributes
      self.mono = mono
    }
  }

  /// A ground: its paper, sometimes an ink of its own, and what marks it when there are no colours.
  public struct Paper: Sendable, Hashable {
    public var colour: Colour
    /// Replaces every role's ink on this ground.
    public var ink: Colour?
    public var attributes: Attributes
    public var mono: Attributes

    public init(_ colour: Colour, ink: Colour? = nil, _ attributes: Attributes = [], mono: Attributes = []) {
      self.colour = colour
      self.ink = ink
      self.attributes = attributes
      self.mono = mono
    }
  }

  public var name: String
  public var inks: [Role: Ink]
  public var papers: [Ground: Paper]

  public init(name: String, inks: [Role: Ink], papers: [Ground: Paper]) {
    self.name = name
    self.inks = inks
    self.papers = papers
  }

  public static let all: [Theme] = [.terminal, .light, .dark, .highContrast, .colourBlind]

  public static func named(_ name: String) -> Theme? { all.first { $0.name == name } }
}

/// A theme worked out for a number of colours: the table a screen draws by.
public struct Palette: Sendable {
  public let depth: ColourDepth
  private var inks: [Int16]
  private var inkAttributes: [UInt8]
  private var papers: [Int16]
  private var paperInks: [Int16?]
  private var paperAttributes: [UInt8]

  public init(_ theme: Theme, depth: ColourDepth) {
    self.depth = depth
    let mono = depth == .mono
    let roleInks = Role.allCases.map { theme.inks[$0] ?? Theme.Ink(.terminal) }
    let grounds = Ground.allCases.map { theme.papers[$0] ?? Theme.Paper(.terminal) }
    inks = roleInks.map { $0.colour.index(in: depth) }
    inkAttributes = roleInks.map { (mono ? $0.mono : $0.attributes).rawValue }
    papers = grounds.map { $0.colour.index(in: depth) }
    paperInks = grounds.map { ground in mono ? nil : ground.ink.map { $0.index(in: depth) } }
    paperAttributes = grounds.map { (mono ? $0.mono : $0.attributes).rawValue }
  }

  /// What a style comes to: palette indices (-1: the terminal's own) and attribute bits.
  public func resolve(_ style: Style) -> (ink: Int16, paper: Int16, attributes: UInt8) {
    var bits = style.attributes.rawValue
    var ink: Int16
    var paper: Int16
    if style.paper >= Style.firstRole {
      let ground = Int(style.paper - Style.firstRole)
      paper = papers[ground]
      bits |= paperAttributes[ground]
      if style.ink >= Style.firstRole {
        let role = Int(style.ink - Style.firstRole)
        ink = inks[role]
        if let own = paperInks[ground] {
          // A selected row is of one ink: coloured patches and faint words are hard to read on it.
          ink = own
          bits |= inkAttributes[role] & ~Attributes.dim.rawValue
        } else {
          bits |= inkAttributes[role]
        }
      } else {
        ink = fixed(style.ink)
      }
    } else {
      paper = fixed(style.paper)
      // Without colours most terminals are light on dark: dark ink on light paper is then reverse video.
      if depth == .mono, isLighter(style.paper, than: style.ink) { bits |= Attributes.reverse.rawValue }
      ink = style.ink >= Style.firstRole ? inks[Int(style.ink - Style.firstRole)] : fixed(style.ink)
    }
    return (ink, paper, bits)
  }

  private func isLighter(_ paper: UInt16, than ink: UInt16) -> Bool {
    guard paper < Style.firstRole, ink < Style.firstRole else { return false }
    let black = Colour.rgb(0, 0, 0)
    let light = Colour.ofPalette(Int(paper)).contrast(with: black) ?? 1
    return light > (Colour.ofPalette(Int(ink)).contrast(with: black) ?? 1)
  }

  private func fixed(_ index: UInt16) -> Int16 {
    depth == .indexed ? Int16(index) : Colour.ofPalette(Int(index)).index(in: depth)
  }
}
