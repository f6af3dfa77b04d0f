// SPDX-License-Identifier: GPL-3.0-or-later

/// The fills and outlines of one picture.
struct Brush {
  let recipe: PictureRecipe
  /// The main paint, shaded from left to right.
  let main = "url(#m)"
  /// The second paint, shaded likewise.
  let other = "url(#s)"
  /// The main paint's dark outline.
  let edge: String
  let dark: String
  let light: String

  init(_ recipe: PictureRecipe) {
    self.recipe = recipe
    edge = recipe.main.darker(0.62).css
    dark = recipe.main.darker(0.38).css
    light = recipe.main.lighter(0.5).css
  }

  // MARK: Shapes

  /// A filled outline.
  func shape(_ path: String, _ fill: String? = nil, outline: Double = 5) -> String {
    "<path d=\"\(path)\" fill=\"\(fill ?? main)\" stroke=\"\(edge)\" stroke-width=\"\(outline)\" stroke-linejoin=\"round\"/>"
  }

  /// A filled outline covered with the pattern.
  func covered(_ path: String, _ fill: String? = nil) -> String {
    if recipe.pattern == .plain { return shape(path, fill) }
    return "<path d=\"\(path)\" fill=\"\(fill ?? main)\"/><path d=\"\(path)\" fill=\"url(#p)\"/>" + shape(path, "none")
  }

  func line(_ path: String, _ colour: String? = nil, width: Double = 5, more: String = "") -> String {
    "<path d=\"\(path)\" fill=\"none\" stroke=\"\(colour ?? edge)\" stroke-width=\"\(width)\" "
      + "stroke-linecap=\"round\" stroke-linejoin=\"round\" \(more)/>"
  }

  /// A thick line with an outline: a strap, a handle, a band of metal.
  func strap(_ path: String, _ fill: String? = nil, width: Double) -> String {
    line(path, edge, width: width + 9) + line(path, fill ?? main, width: width)
  }

  func circle(_ x: Double, _ y: Double, _ radius: Double, _ fill: String? = nil, outline: Double = 5) -> String {
    oval(x, y, radius, radius, fill, outline: outline)
  }

  func oval(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ fill: String? = nil, outline: Double = 5
  ) -> String {
    "<ellipse cx=\"\(x)\" cy=\"\(y)\" rx=\"\(width)\" ry=\"\(height)\" fill=\"\(fill ?? main)\" "
      + (outline > 0 ? "stroke=\"\(edge)\" stroke-width=\"\(outline)\"/>" : "/>")
  }

  func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, round: Double = 6, _ fill: String? = nil,
    outline: Double = 5
  ) -> String {
    "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"\(round)\" fill=\"\(fill ?? main)\" "
      + (outline > 0 ? "stroke=\"\(edge)\" stroke-width=\"\(outline)\"/>" : "/>")
  }

  /// A soft reflection.
  func shine(_ path: String, _ strength: Double = 0.45) -> String {
    "<path d=\"\(path)\" fill=\"#fff\" fill-opacity=\"\(strength)\"/>"
  }

  func turned(_ degrees: Double, _ content: String) -> String { turned(degrees, 200, 200, content) }

  func turned(_ degrees: Double, _ x: Double, _ y: Double, _ content: String) -> String {
    "<g transform=\"rotate(\(degrees) \(x) \(y))\">\(content)</g>"
  }

  func moved(_ x: Double, _ y: Double, scale: Double = 1, _ content: String) -> String {
    "<g transform=\"translate(\(x) \(y)) scale(\(scale))\">\(content)</g>"
  }

  /// The content repeated around a centre.
  func around(_ count: Int, _ x: Double, _ y: Double, _ content: String) -> String {
    (0..<count).map { turned(360 * Double($0) / Double(count), x, y, content) }.joined()
  }

  // MARK: Definitions

  var definitions: String { gradient("m", recipe.main) + gradient("s", recipe.second) + tile }

  /// From the left to the right of the picture; metal mirrors its surroundings in several bands.
  private func gradient(_ id: String, _ paint: Paint) -> String {
    let stops: [(Double, Paint)] =
      switch paint.finish {
      case .metal:
        [
          (0.1, paint.darker(0.35)), (0.25, paint.lighter(0.55)), (0.4, paint), (0.58, paint.darker(0.3)),
          (0.75, paint.lighter(0.6)), (0.9, paint.darker(0.25)),
        ]
      case .glaze: [(0.1, paint.lighter(0.15)), (0.32, paint.lighter(0.42)), (0.5, paint), (0.95, paint.darker(0.4))]
      case .matte: [(0.1, paint.lighter(0.14)), (0.5, paint), (0.95, paint.darker(0.26))]
      }
    let marks = stops.map { "<stop offset=\"\($0.0)\" stop-color=\"\($0.1.css)\"/>" }.joined()
    return "<linearGradient id=\"\(id)\" gradientUnits=\"userSpaceOnUse\" x1=\"30\" y1=\"60\" x2=\"370\" y2=\"130\">"
      + marks + "</linearGradient>"
  }

  /// The repeating tile of the pattern, in the second paint.
  private var tile: String {
    let colour = recipe.second.css
    let (size, content): (Int, String) =
      switch recipe.pattern {
      case .plain: (40, "")
      case .stripes: (36, "<rect width=\"16\" height=\"36\" fill=\"\(colour)\"/>")
      case .bands:
        (
          48,
          "<rect width=\"48\" height=\"18\" fill=\"\(colour)\"/><rect y=\"28\" width=\"48\" height=\"5\" fill=\"\(colour)\"/>"
        )
      case .checks:
        (
          56,
          "<rect width=\"28\" height=\"56\" fill=\"\(colour)\" fill-opacity=\"0.5\"/>"
            + "<rect width=\"56\" height=\"28\" fill=\"\(colour)\" fill-opacity=\"0.5\"/>"
        )
      case .dots: (36, "<circle cx=\"18\" cy=\"18\" r=\"8\" fill=\"\(colour)\"/>")
      case .waves:
        (40, "<path d=\"M0 20 Q10 6 20 20 T40 20\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"7\"/>")
      case .weave:
        (
          32,
          "<path d=\"M2 8 H14 M18 24 H30 M24 2 V14 M8 18 V30\" stroke=\"\(colour)\" stroke-width=\"8\" "
            + "stroke-linecap=\"round\"/>"
        )
      case .speckle:
        (
          50,
          "<g fill=\"\(colour)\"><circle cx=\"8\" cy=\"12\" r=\"4\"/><circle cx=\"30\" cy=\"6\" r=\"2.5\"/>"
            + "<circle cx=\"41\" cy=\"25\" r=\"3.5\"/><circle cx=\"20\" cy=\"34\" r=\"3\"/><circle cx=\"36\" cy=\"43\" r=\"2.5\"/></g>"
        )
      case .zigzag:
        (40, "<path d=\"M0 28 L20 8 L40 28\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"9\"/>")
      case .grain:
        (
          60,
          "<path d=\"M0 10 Q30 2 60 10 M0 30 Q30 40 60 30 M0 48 Q30 44 60 48\" fill=\"none\" stroke=\"\(dark)\" "
            + "stroke-width=\"2.5\" stroke-opacity=\"0.6\"/>"
        )
      case .flowers:
        (
          60,
          "<g fill=\"\(colour)\"><circle cx=\"30\" cy=\"18\" r=\"8\"/><circle cx=\"30\" cy=\"42\" r=\"8\"/>"
            + "<circle cx=\"18\" cy=\"30\" r=\"8\"/><circle cx=\"42\" cy=\"30\" r=\"8\"/></g>"
            + "<circle cx=\"30\" cy=\"30\" r=\"6\" fill=\"\(dark)\"/>"
        )
      }
    return "<pattern id=\"p\" patternUnits=\"userSpaceOnUse\" width=\"\(size)\" height=\"\(size)\">\(content)</pattern>"
  }

  // MARK: Which thing

  var drawing: String {
    switch recipe.motif {
    case .ring, .gemRing, .bracelet, .cuff, .necklace, .earrings: jewellery
    case .bowl, .mug, .vase, .plate, .teapot, .tile, .tilePanel, .planter: ceramics
    case .scarf, .blanket, .rug, .cushion: weaving
    case .sweater, .socks, .beanie, .mittens: knitting
    case .bag, .belt, .wallet, .satchel: leather
    case .guitar, .ukulele, .violin: instruments
    case .tumbler, .wineGlass, .bottle: glass
    case .soap, .candle, .jarCandle, .honeyJar: pantry
    case .notebook, .print, .landscape: paper
    case .knife, .basket, .spoon, .board, .toyCar, .toyDuck, .stacker: wood
    case .gear, .bearing, .bracket, .motorMount, .bolt, .spring, .pulley, .knob, .enclosure, .robotArm: parts
    case .sprocket, .chain, .wheel, .saddle, .handlebar, .bell: cycling
    }
  }
}
