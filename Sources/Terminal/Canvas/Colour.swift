// SPDX-License-Identifier: GPL-3.0-or-later

/// A colour as a theme names it.
public enum Colour: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case terminal
  /// One of the sixteen colours that the person has chosen in the terminal.
  case ansi(UInt8)
  case rgb(UInt8, UInt8, UInt8)

  /// How far apart the luminances of two colours are: 1 to 21, as WCAG 2 defines it. None for the terminal's own.
  public func contrast(with other: Colour) -> Double? {
    guard let mine = luminance, let theirs = other.luminance else { return nil }
    return (max(mine, theirs) + 0.05) / (min(mine, theirs) + 0.05)
  }

  /// Relative luminance by WCAG 2.
  private var luminance: Double? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  private func linear(_ channel: UInt8) -> Double {
    let x = Double(channel) / 255
    if x <= 0.04045 { return x / 12.92 }
    return power((x + 0.055) / 1.055)
  }

  /// x to the 2.4 by Newton on y^5 = x^12: enough digits without a mathematics library.
  private func power(_ x: Double) -> Double {
    var twelfth = x * x * x
    twelfth *= twelfth
    twelfth *= twelfth
    var y = x
    for _ in 0..<24 where y > 0 {
      let fourth = y * y * y * y
      y -= (fourth * y - twelfth) / (5 * fourth)
    }
    return y
  }
}

/// How many colours the terminal has.
public enum ColourDepth: Int, CaseIterable, Sendable {
  case mono, eight, sixteen, indexed

  public init(count: Int) {
    self = count >= 256 ? .indexed : count >= 16 ? .sixteen : count >= 8 ? .eight : .mono
  }
}

extension Colour {
  /// The palette index nearest to the colour, -1 for the terminal's own.
  func index(in depth: ColourDepth) -> Int16 {
    switch (self, depth) {
    case (.terminal, _), (_, .mono): -1
    case (.ansi(let index), .eight): Int16(index & 7)
    case (.ansi(let index), _): Int16(index & 15)
    case (.rgb(let red, let green, let blue), .indexed): Colour.nearestIndexed(Int(red), Int(green), Int(blue))
    case (.rgb(let red, let green, let blue), _):
      Colour.nearest16(Int(red), Int(green), Int(blue), count: depth == .eight ? 8 : 16)
    }
  }

  private static let levels = [0, 95, 135, 175, 215, 255]

  /// The 6×6×6 cube or the grey ramp, whichever is nearer. The first sixteen are left alone: people change them.
  private static func nearestIndexed(_ red: Int, _ green: Int, _ blue: Int) -> Int16 {
    func nearestLevel(_ value: Int) -> Int {
      levels.indices.min { abs(levels[$0] - value) < abs(levels[$1] - value) } ?? 0
    }
    let (r, g, b) = (nearestLevel(red), nearestLevel(green), nearestLevel(blue))
    let cube = distance(red, green, blue, levels[r], levels[g], levels[b])
    let grey = max(0, min(23, ((red + green + blue) / 3 - 8 + 5) / 10))
    let shade = 8 + 10 * grey
    if distance(red, green, blue, shade, shade, shade) < cube { return Int16(232 + grey) }
    return Int16(16 + 36 * r + 6 * g + b)
  }

  private static let standard: [(Int, Int, Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
  ]

  private static func nearest16(_ red: Int, _ green: Int, _ blue: Int, count: Int) -> Int16 {
    var best = 0
    var least = Int.max
    for index in 0..<count {
      let (r, g, b) = standard[index]
      let far = distance(red, green, blue, r, g, b)
      if far < least { (best, least) = (index, far) }
    }
    return Int16(best)
  }

  private static func distance(_ r: Int, _ g: Int, _ b: Int, _ r2: Int, _ g2: Int, _ b2: Int) -> Int {
    2 * (r - r2) * (r - r2) + 4 * (g - g2) * (g - g2) + 3 * (b - b2) * (b - b2)
  }

  /// The palette's colour at an index, for measuring contrast in tests and mapping fixed colours to fewer.
  static func ofPalette(_ index: Int) -> Colour {
    if index < 16 {
      let (r, g, b) = standard[index]
      return .rgb(UInt8(r), UInt8(g), UInt8(b))
    }
    if index >= 232 {
      let shade = UInt8(8 + 10 * (index - 232))
      return .rgb(shade, shade, shade)
    }
    let cube = index - 16
    return .rgb(UInt8(levels[cube / 36]), UInt8(levels[cube / 6 % 6]), UInt8(levels[cube % 6]))
  }
}
