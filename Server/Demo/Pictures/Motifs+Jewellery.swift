// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var jewellery: String {
    switch recipe.motif {
    case .gemRing: band + gem(200, 92, 46)
    case .bracelet: linkBracelet
    case .cuff: cuff
    case .necklace: necklace
    case .earrings: earring(120) + earring(280)
    default: band + (recipe.pattern == .plain ? "" : hammerMarks)
    }
  }

  private var band: String {
    circle(200, 228, 106, edge, outline: 0) + circle(200, 228, 101, main, outline: 0)
      + "<circle cx=\"200\" cy=\"228\" r=\"88\" fill=\"none\" stroke=\"\(light)\" stroke-width=\"7\"/>"
      + circle(200, 228, 76, edge, outline: 0) + hole(200, 228, 71)
  }

  /// What is seen through an opening: the ground again.
  func hole(_ x: Double, _ y: Double, _ radius: Double) -> String { circle(x, y, radius, "url(#g)", outline: 0) }

  private var hammerMarks: String {
    around(14, 200, 228, oval(200, 139, 13, 8, light, outline: 2))
  }

  private func gem(_ x: Double, _ y: Double, _ size: Double) -> String {
    let top = "M\(x - size) \(y) L\(x - size * 0.55) \(y - size * 0.6) H\(x + size * 0.55) L\(x + size) \(y) Z"
    let point = "M\(x - size) \(y) H\(x + size) L\(x) \(y + size * 1.05) Z"
    let facets = "M\(x - size * 0.4) \(y) L\(x) \(y - size * 0.6) L\(x + size * 0.4) \(y) L\(x) \(y + size) Z"
    return shape(top, recipe.second.lighter(0.35).css) + shape(point, recipe.second.css)
      + "<path d=\"\(facets)\" fill=\"\(recipe.second.lighter(0.55).css)\" fill-opacity=\"0.65\"/>"
  }

  private var linkBracelet: String {
    let links = (0..<16).map { index in
      turnedLink(Double(index) * 22.5, isWide: index % 2 == 0)
    }
    return "<g transform=\"translate(0 62) scale(1 0.72)\">" + links.joined() + "</g>" + circle(200, 323, 17, other)
  }

  private func turnedLink(_ angle: Double, isWide: Bool) -> String {
    let link = "<ellipse cx=\"200\" cy=\"68\" rx=\"35\" ry=\"\(isWide ? 19 : 10)\" fill=\"none\""
    return turned(
      angle, 200, 200,
      link + " stroke=\"\(edge)\" stroke-width=\"18\"/>" + link + " stroke=\"\(main)\" stroke-width=\"10\"/>")
  }

  private var cuff: String {
    let back = "M88 150 A112 52 0 0 1 312 150 L312 175 A112 40 0 0 0 88 175 Z"
    let front = "M70 150 A130 70 0 0 0 165 217 L165 292 A130 70 0 0 1 70 225 Z"
    let right = "M330 150 A130 70 0 0 1 235 217 L235 292 A130 70 0 0 0 330 225 Z"
    return shape(back, dark) + covered(front) + covered(right) + circle(178, 254, 15, other)
      + circle(222, 254, 15, other)
  }

  private var necklace: String {
    let chain = "M70 55 C80 215 150 262 200 268 C250 262 320 215 330 55"
    let beads = recipe.pattern == .plain ? "1 15" : "1 27"
    let width = recipe.pattern == .plain ? 13.0 : 25.0
    return line(chain, edge, width: 4) + line(chain, edge, width: width + 6, more: "stroke-dasharray=\"\(beads)\"")
      + line(chain, main, width: width, more: "stroke-dasharray=\"\(beads)\"")
      + circle(200, 272, 12) + shape("M200 276 C240 318 234 362 200 362 C166 362 160 318 200 276 Z", other)
      + shine("M190 305 C178 322 178 340 188 348 C190 330 192 318 190 305 Z")
  }

  private func earring(_ x: Double) -> String {
    line("M\(x - 6) 150 V105 C\(x - 6) 62 \(x + 38) 66 \(x + 34) 112", edge, width: 15)
      + line("M\(x - 6) 150 V105 C\(x - 6) 62 \(x + 38) 66 \(x + 34) 112", main, width: 8)
      + circle(x - 6, 166, 17)
      + shape(
        "M\(x - 6) 182 C\(x + 58) 252 \(x + 50) 325 \(x - 6) 325 C\(x - 62) 325 \(x - 54) 252 \(x - 6) 182 Z", other)
      + shine("M\(x - 22) 235 C\(x - 42) 268 \(x - 38) 292 \(x - 26) 302 C\(x - 22) 275 \(x - 18) 258 \(x - 22) 235 Z")
  }
}
