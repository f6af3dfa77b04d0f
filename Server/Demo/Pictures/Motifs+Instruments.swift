// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var instruments: String {
    switch recipe.motif {
    case .violin: turned(14, violin)
    case .ukulele: turned(18, plucked(strings: 4, neckTop: 62))
    default: turned(18, plucked(strings: 6, neckTop: 18))
    }
  }

  private func strings(_ count: Int, _ top: Double, _ bottom: Double) -> String {
    let spread = 24.0
    let paths = (0..<count).map { index in
      let x = 200 - spread / 2 + spread * Double(index) / Double(count - 1)
      return "M\(x) \(top) V\(bottom)"
    }
    return line(paths.joined(separator: " "), "#f4f0e6", width: 1.8)
  }

  /// A guitar's outline: a narrow upper and a wide lower bout.
  private func plucked(strings count: Int, neckTop: Double) -> String {
    let body =
      "M200 168 C246 158 280 176 276 214 C272 240 262 246 288 268 C318 296 306 372 200 372 "
      + "C94 372 82 296 112 268 C138 246 128 240 124 214 C120 176 154 158 200 168 Z"
    let pegs = stride(from: neckTop + 8, through: neckTop + 46, by: count == 6 ? 19 : 30).map {
      circle(168, $0, 7, "#e9e2d0", outline: 3) + circle(232, $0, 7, "#e9e2d0", outline: 3)
    }
    let frets = stride(from: neckTop + 66, to: 196, by: 19).map { "M184 \($0) H216" }.joined(separator: " ")
    return pegs.joined() + covered(body) + box(182, neckTop + 40, 36, 205 - neckTop - 40, round: 2, Paint.ebony.css)
      + line(frets, "#cfc6a8", width: 2.5) + shape("M176 \(neckTop - 8) H224 L219 \(neckTop + 54) H181 Z", other)
      + circle(200, 236, 33, "#1d1310")
      + "<circle cx=\"200\" cy=\"236\" r=\"42\" fill=\"none\" stroke=\"\(recipe.second.css)\" stroke-width=\"6\"/>"
      + box(158, 312, 84, 18, round: 5, Paint.ebony.css) + strings(count, neckTop + 10, 320)
  }

  private var violin: String {
    let body =
      "M200 138 C244 132 268 154 264 186 C258 206 238 208 240 236 C242 258 282 258 282 306 C282 350 250 368 200 368 "
      + "C150 368 118 350 118 306 C118 258 158 258 160 236 C162 208 142 206 136 186 C132 154 156 132 200 138 Z"
    let hole = "M168 236 C156 236 158 250 164 256 C172 266 158 292 150 284"
    return covered(body) + box(189, 44, 22, 150, round: 3, Paint.ebony.css)
      + shape("M186 138 H214 L220 232 H180 Z", Paint.ebony.css)
      + circle(200, 34, 16, other) + circle(200, 34, 5, edge, outline: 0)
      + box(170, 60, 60, 9, round: 4, Paint.ebony.css, outline: 2)
      + box(170, 84, 60, 9, round: 4, Paint.ebony.css, outline: 2)
      + line(hole, edge, width: 7) + "<g transform=\"translate(400 0) scale(-1 1)\">" + line(hole, edge, width: 7)
      + "</g>"
      + box(168, 274, 64, 9, round: 2, "#ecd29a", outline: 3) + shape("M186 300 H214 L208 352 H192 Z", Paint.ebony.css)
      + strings(4, 60, 312)
  }
}
