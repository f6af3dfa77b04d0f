// SPDX-License-Identifier: GPL-3.0-or-later

/// What a demo product looks like: a motif in two paints with a pattern. The same recipe always gives the same drawing.
struct PictureRecipe: Sendable, Hashable {
  var motif: Motif
  var main: Paint
  var second: Paint
  var pattern: Pattern

  init(_ motif: Motif, _ main: Paint, _ second: Paint = .cream, _ pattern: Pattern = .plain) {
    self.motif = motif
    self.main = main
    self.second = second
    self.pattern = pattern
  }
}

/// The things that can be drawn.
enum Motif: String, Sendable, CaseIterable {
  case ring, gemRing, bracelet, cuff, necklace, earrings
  case bowl, mug, vase, plate, teapot, tile, tilePanel, planter
  case scarf, blanket, rug, cushion, sweater, socks, beanie, mittens
  case bag, belt, wallet, satchel
  case guitar, ukulele, violin
  case tumbler, wineGlass, bottle
  case soap, candle, jarCandle, honeyJar
  case notebook, print, landscape
  case knife, basket, spoon, board, toyCar, toyDuck, stacker
  case gear, bearing, bracket, motorMount, bolt, spring, pulley, knob, enclosure, robotArm
  case sprocket, chain, wheel, saddle, handlebar, bell
}

/// What covers a surface.
enum Pattern: String, Sendable, CaseIterable {
  case plain, stripes, bands, checks, dots, waves, weave, speckle, zigzag, grain, flowers
}

/// A colour with the way it takes the light.
struct Paint: Sendable, Hashable {
  enum Finish: Sendable { case matte, metal, glaze }

  var red: Int
  var green: Int
  var blue: Int
  var finish: Finish

  init(_ rgb: Int, _ finish: Finish = .matte) {
    red = rgb >> 16 & 255
    green = rgb >> 8 & 255
    blue = rgb & 255
    self.finish = finish
  }

  var css: String { "rgb(\(red),\(green),\(blue))" }

  /// From 0 to 1, as the eye weighs the colours (ITU-R BT.709).
  var brightness: Double { (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255 }

  func mixed(_ other: Paint, _ part: Double) -> Paint {
    func between(_ from: Int, _ to: Int) -> Int { Int((Double(from) + Double(to - from) * part).rounded()) }
    var mixed = self
    mixed.red = between(red, other.red)
    mixed.green = between(green, other.green)
    mixed.blue = between(blue, other.blue)
    return mixed
  }

  func lighter(_ part: Double) -> Paint { mixed(Paint(0xFFFFFF), part) }
  func darker(_ part: Double) -> Paint { mixed(Paint(0x100C14), part) }
}

extension Paint {
  static let silver = Paint(0xB9C0C8, .metal)
  static let gold = Paint(0xE0B040, .metal)
  static let copper = Paint(0xC5703E, .metal)
  static let brass = Paint(0xC9A13B, .metal)
  static let steel = Paint(0x8D99A6, .metal)
  static let blackSteel = Paint(0x454B54, .metal)
  static let aluminium = Paint(0xC3CAD1, .metal)
  static let anodised = Paint(0x2F6FD0, .metal)
  static let redAnodised = Paint(0xC93A3A, .metal)
  static let cobalt = Paint(0x2A4FA8, .glaze)
  static let celadon = Paint(0x8FB89B, .glaze)
  static let terracotta = Paint(0xC4653C)
  static let ochre = Paint(0xD39A34)
  static let tenmoku = Paint(0x4A2B1E, .glaze)
  static let turquoise = Paint(0x23999E, .glaze)
  static let oxblood = Paint(0x8E2430, .glaze)
  static let cream = Paint(0xF3E8D2)
  static let white = Paint(0xF7F5F0, .glaze)
  static let charcoal = Paint(0x33363D)
  static let rose = Paint(0xD9848F)
  static let madder = Paint(0xB5413A)
  static let indigo = Paint(0x2D3A73)
  static let sky = Paint(0x7FB2D9)
  static let moss = Paint(0x5F7A3A)
  static let forest = Paint(0x2C5A41)
  static let plum = Paint(0x6E3A66)
  static let lavender = Paint(0xA393CB)
  static let mustard = Paint(0xDBA82B)
  static let grey = Paint(0x9A9A98)
  static let oatmeal = Paint(0xD8C7A6)
  static let oak = Paint(0xC29A62)
  static let walnut = Paint(0x6B4630)
  static let maple = Paint(0xE3C391)
  static let cherry = Paint(0xA9603A)
  static let beech = Paint(0xD9AE7C)
  static let spruce = Paint(0xE5BE79)
  static let ebony = Paint(0x2B211E)
  static let tan = Paint(0xB9763F)
  static let cognac = Paint(0x98511F)
  static let blackLeather = Paint(0x2E2A2B)
  static let willow = Paint(0xB98A4B)
  static let honey = Paint(0xE69A17, .glaze)
  static let darkHoney = Paint(0x8F4A12, .glaze)
  static let paleHoney = Paint(0xF2CB5E, .glaze)
  static let wax = Paint(0xEBC15A)
  static let ivory = Paint(0xF2E6C6)
  static let aqua = Paint(0x9AD3D6, .glaze)
  static let amber = Paint(0xD98B2B, .glaze)
  static let smoke = Paint(0x7C858C, .glaze)
  static let bottleGreen = Paint(0x3E7F5C, .glaze)
  static let red = Paint(0xCF3B31)
  static let orange = Paint(0xE5752A)
  static let signalGreen = Paint(0x3B9E57)
  static let ruby = Paint(0xC21F4A, .glaze)
  static let sapphire = Paint(0x2356C5, .glaze)
  static let emerald = Paint(0x178A55, .glaze)
  static let amethyst = Paint(0x8A4FC0, .glaze)
  static let moonstone = Paint(0xBFD6EA, .glaze)
}
