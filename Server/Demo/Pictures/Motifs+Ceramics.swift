// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var ceramics: String {
    switch recipe.motif {
    case .bowl: bowl
    case .mug: mug
    case .vase: vase
    case .plate: plate
    case .teapot: teapot
    case .planter: planter
    case .tilePanel: tilePanel
    default: tile(60, 60, 280)
    }
  }

  private var bowl: String {
    shape("M160 318 H240 L250 345 H150 Z", dark) + covered("M50 165 C56 270 120 328 200 328 C280 328 344 270 350 165 Z")
      + oval(200, 165, 150, 46, dark) + oval(200, 172, 128, 32, other, outline: 0)
      + shine("M84 218 C96 262 122 290 146 302 C120 272 108 246 106 222 Z")
  }

  private var mug: String {
    strap("M268 160 C356 142 356 292 262 270", width: 22)
      + covered("M88 118 V300 C88 340 276 340 276 300 V118 Z") + oval(182, 118, 94, 27, dark)
      + oval(182, 122, 76, 17, "#3a2116", outline: 0) + shine("M108 158 V290 C112 304 124 308 126 298 V162 Z")
      + line(
        "M150 78 C138 60 166 50 154 28 M205 78 C193 60 221 50 209 28", "#fff", width: 8, more: "stroke-opacity=\"0.75\""
      )
  }

  private var vase: String {
    let body =
      "M165 52 H235 C228 120 312 150 312 240 C312 310 262 345 200 345 C138 345 88 310 88 240 C88 150 172 120 165 52 Z"
    return covered(body) + oval(200, 54, 42, 14, dark)
      + shine("M118 218 C108 262 124 298 146 312 C132 280 130 250 140 214 Z")
  }

  private var plate: String {
    circle(200, 205, 152)
      + (recipe.pattern == .plain ? "" : "<circle cx=\"200\" cy=\"205\" r=\"149\" fill=\"url(#p)\"/>")
      + circle(200, 205, 100, other, outline: 4)
      + "<circle cx=\"200\" cy=\"205\" r=\"84\" fill=\"none\" stroke=\"\(dark)\" stroke-width=\"3\" stroke-opacity=\"0.5\"/>"
      + shine("M128 160 C148 128 182 116 214 122 C180 130 158 146 142 174 Z", 0.5)
  }

  private var teapot: String {
    strap("M108 200 C30 170 30 300 122 290", width: 18)
      + shape("M280 262 C330 250 330 182 370 168 L352 150 C300 165 300 205 270 210 Z")
      + covered(
        "M92 240 C92 170 140 142 200 142 C260 142 308 170 308 240 C308 305 262 340 200 340 C138 340 92 305 92 240 Z")
      + shape("M140 152 C150 118 250 118 260 152 Z", other) + circle(200, 112, 17, other)
      + shine("M118 220 C116 262 136 300 156 312 C142 276 140 250 146 212 Z")
  }

  private var planter: String {
    let leaves = [(-58.0, 1.0), (-30, 1.2), (0, 1.35), (30, 1.2), (58, 1.0)].map { angle, length in
      turned(
        angle, 200, 225,
        "<path d=\"M200 225 C\(170) \(225 - 70 * length) 178 \(225 - 120 * length) 200 \(225 - 135 * length) "
          + "C222 \(225 - 120 * length) 230 \(225 - 70 * length) 200 225 Z\" fill=\"#3f8a4a\" stroke=\"#1c4726\" "
          + "stroke-width=\"5\"/>")
    }
    return leaves.joined() + covered("M92 215 L122 340 H278 L308 215 Z") + box(78, 192, 244, 40, round: 10)
  }

  // MARK: Tiles

  private func tile(_ x: Double, _ y: Double, _ side: Double) -> String {
    let centre = (x: x + side / 2, y: y + side / 2)
    let petal =
      "M\(centre.x) \(centre.y) C\(centre.x - side * 0.2) \(centre.y - side * 0.2) \(centre.x - side * 0.1) "
      + "\(centre.y - side * 0.42) \(centre.x) \(centre.y - side * 0.46) C\(centre.x + side * 0.1) "
      + "\(centre.y - side * 0.42) \(centre.x + side * 0.2) \(centre.y - side * 0.2) \(centre.x) \(centre.y) Z"
    let star = around(recipe.pattern == .flowers ? 8 : 4, centre.x, centre.y, shape(petal, other, outline: 3))
    return box(x, y, side, side, round: 8) + corners(x, y, side) + ornament(centre.x, centre.y, side, star)
      + shine("M\(x + 10) \(y + 10) H\(x + side * 0.5) L\(x + 10) \(y + side * 0.5) Z", 0.18)
  }

  private func corners(_ x: Double, _ y: Double, _ side: Double) -> String {
    let radius = side * 0.24
    let quarter = "M\(x) \(y + radius) A\(radius) \(radius) 0 0 0 \(x + radius) \(y) L\(x) \(y) Z"
    return around(4, x + side / 2, y + side / 2, shape(quarter, other, outline: 3))
  }

  private func ornament(_ x: Double, _ y: Double, _ side: Double, _ star: String) -> String {
    switch recipe.pattern {
    case .zigzag, .checks:
      shape(
        "M\(x) \(y - side * 0.42) L\(x + side * 0.42) \(y) L\(x) \(y + side * 0.42) L\(x - side * 0.42) \(y) Z", other,
        outline: 3)
        + shape(
          "M\(x) \(y - side * 0.22) L\(x + side * 0.22) \(y) L\(x) \(y + side * 0.22) L\(x - side * 0.22) \(y) Z",
          outline: 3)
    case .waves:
      line(
        "M\(x - side * 0.4) \(y) q\(side * 0.1) \(-side * 0.25) \(side * 0.2) 0 t\(side * 0.2) 0 t\(side * 0.2) 0 t\(side * 0.2) 0",
        recipe.second.css, width: side * 0.08)
    default: star + circle(x, y, side * 0.08, main, outline: 3)
    }
  }

  private var tilePanel: String {
    [(52.0, 52.0), (204, 52), (52, 204), (204, 204)].map { tile($0.0, $0.1, 144) }.joined()
  }
}
