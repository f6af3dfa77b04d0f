// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var leather: String {
    switch recipe.motif {
    case .bag: bag
    case .belt: belt
    case .wallet: wallet
    default: satchel
    }
  }

  private func stitches(_ path: String) -> String {
    line(path, recipe.second.lighter(0.3).css, width: 4, more: "stroke-dasharray=\"9 9\"")
  }

  private var bag: String {
    strap("M138 160 C138 26 262 26 262 160", dark, width: 16)
      + covered("M78 148 H322 L346 338 H54 Z") + stitches("M94 164 H306 L326 322 H74 Z")
      + circle(138, 168, 10, other) + circle(262, 168, 10, other)
  }

  private var satchel: String {
    strap("M70 170 C60 20 340 20 330 170", dark, width: 14)
      + covered("M52 140 H348 V320 C348 332 340 338 330 338 H70 C60 338 52 332 52 320 Z")
      + covered("M44 134 H356 V214 C356 256 300 262 200 262 C100 262 44 256 44 214 Z")
      + stitches("M60 150 H340 V210 C340 240 290 246 200 246 C110 246 60 240 60 210 Z")
      + box(106, 226, 30, 74, round: 6, dark) + box(264, 226, 30, 74, round: 6, dark)
      + box(101, 262, 40, 30, round: 4, other) + box(259, 262, 40, 30, round: 4, other)
  }

  private var belt: String {
    let coil = "M110 210 C110 118 300 118 300 214 C300 300 150 300 150 216 C150 165 252 165 252 214"
    return strap(coil, width: 34) + stitches(coil) + strap("M110 210 C110 282 140 320 200 322 H345", width: 40)
      + stitches("M132 262 C146 292 170 306 200 307 H345")
      + "<rect x=\"52\" y=\"150\" width=\"96\" height=\"92\" rx=\"12\" fill=\"none\" stroke=\"\(edge)\" stroke-width=\"27\"/>"
      + "<rect x=\"52\" y=\"150\" width=\"96\" height=\"92\" rx=\"12\" fill=\"none\" stroke=\"\(other)\" stroke-width=\"18\"/>"
      + line("M54 196 H150", edge, width: 18) + line("M54 196 H150", other, width: 10)
      + [230.0, 265, 300].map { circle($0, 323, 6, edge, outline: 0) }.joined()
  }

  private var wallet: String {
    box(110, 86, 200, 90, round: 8, "#e8e4da") + box(125, 108, 200, 90, round: 8, recipe.second.css)
      + covered(
        "M62 140 H338 C348 140 352 146 352 154 V318 C352 328 346 332 338 332 H62 C52 332 48 326 48 318 V154 C48 146 54 140 62 140 Z"
      )
      + stitches("M66 158 H334 V314 H66 Z") + shape("M352 206 H262 C238 206 238 266 262 266 H352 Z", dark)
      + circle(272, 236, 13, other)
  }
}
