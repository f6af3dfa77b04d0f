// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var weaving: String {
    switch recipe.motif {
    case .scarf: scarf
    case .blanket: blanket
    case .rug: rug
    default: cushion
    }
  }

  var knitting: String {
    switch recipe.motif {
    case .sweater: sweater
    case .socks: sock(0) + "<g transform=\"translate(112 18)\">" + sock(0) + "</g>"
    case .beanie: beanie
    default: mitten + "<g transform=\"translate(400 0) scale(-1 1)\">" + mitten + "</g>"
    }
  }

  private func fringe(_ start: Double, _ end: Double, _ y: Double, _ length: Double) -> String {
    let threads = stride(from: start, through: end, by: 13).map { "M\($0) \(y) V\(y + length)" }.joined(separator: " ")
    return line(threads, edge, width: 9) + line(threads, recipe.main.lighter(0.15).css, width: 5)
  }

  private var scarf: String {
    fringe(112, 182, 318, 30) + fringe(222, 292, 288, 30)
      + covered("M216 150 L300 150 L302 290 H216 Z") + covered("M122 160 L206 160 L190 320 H106 Z")
      + covered("M70 110 C70 30 330 30 330 110 C330 190 70 190 70 110 Z")
      + oval(200, 96, 82, 26, dark)
      + shape("M160 130 C190 118 232 120 250 140 L240 196 C215 208 180 206 162 192 Z", main)
  }

  private var blanket: String {
    fringe(78, 196, 312, 34)
      + covered("M66 210 H338 C358 210 358 296 338 296 H66 Z") + covered("M62 140 H334 C362 140 362 222 334 222 H62 Z")
      + covered("M66 72 H330 C362 72 362 152 330 152 H66 C40 152 40 72 66 72 Z")
      + covered("M68 74 H205 V318 H68 Z") + line("M205 74 V318", edge, width: 6)
  }

  private var rug: String {
    let left = turned(90, 200, 200, fringe(95, 305, 344, 28))
    let right = turned(-90, 200, 200, fringe(95, 305, 344, 28))
    return left + right + covered("M55 85 H345 V315 H55 Z")
      + "<rect x=\"80\" y=\"110\" width=\"240\" height=\"180\" fill=\"none\" stroke=\"\(recipe.second.css)\" stroke-width=\"12\"/>"
      + shape("M200 128 L290 200 L200 272 L110 200 Z", other) + shape("M200 160 L250 200 L200 240 L150 200 Z", main)
  }

  private var cushion: String {
    covered("M62 62 C140 84 260 84 338 62 C318 140 318 260 338 338 C260 318 140 318 62 338 C84 260 84 140 62 62 Z")
      + circle(200, 200, 11, dark)
  }

  // MARK: Knitted

  private func ribs(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    let marks = stride(from: x + 9, to: x + width, by: 13).map { "M\($0) \(y) V\(y + height)" }.joined(separator: " ")
    return box(x, y, width, height, round: 8, dark) + line(marks, recipe.main.css, width: 4)
  }

  private var sweater: String {
    let body =
      "M150 70 C170 92 230 92 250 70 L300 92 L366 270 L316 292 L286 205 V318 H114 V205 L84 292 L34 270 L100 92 Z"
    return covered(body) + ribs(112, 312, 176, 28) + line("M286 205 L280 150 M114 205 L120 150", edge, width: 4)
      + strap("M150 72 C170 98 230 98 250 72", dark, width: 13)
      + turned(20, 58, 284, ribs(34, 272, 52, 22)) + turned(-20, 342, 284, ribs(314, 272, 52, 22))
  }

  private func sock(_ x: Double) -> String {
    covered("M92 90 H172 V220 C176 250 232 262 246 290 C258 330 210 344 160 330 C110 318 84 290 88 240 Z")
      + shape("M196 252 C226 262 244 278 248 300 C250 330 216 338 184 334 C196 310 200 284 196 252 Z", other)
      + shape("M88 236 C110 240 124 262 118 304 C96 290 84 268 88 236 Z", other) + ribs(84, 66, 96, 40)
  }

  private var beanie: String {
    circle(200, 62, 38, other) + circle(186, 52, 7, light, outline: 0) + circle(212, 70, 7, light, outline: 0)
      + covered("M70 262 C66 130 130 82 200 82 C270 82 334 130 330 262 Z") + ribs(56, 244, 288, 78)
  }

  private var mitten: String {
    turned(
      -8, 120, 220,
      covered("M66 270 V160 C66 78 158 78 158 160 V200 C176 166 206 180 192 214 C182 240 168 248 158 258 V270 Z")
        + ribs(58, 262, 108, 58))
  }
}
