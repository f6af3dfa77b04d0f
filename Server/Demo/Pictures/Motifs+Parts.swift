// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var parts: String {
    switch recipe.motif {
    case .gear: toothed(teeth: 14, tooth: "M176 22 H224 L234 74 H166 Z", radius: 138)
    case .bearing: bearing
    case .bracket: bracket
    case .motorMount: motorMount
    case .bolt: turned(24, bolt)
    case .spring: spring
    case .pulley: pulley
    case .knob: knob
    case .enclosure: enclosure
    default: robotArm
    }
  }

  func screw(_ x: Double, _ y: Double, _ radius: Double = 13) -> String {
    circle(x, y, radius + 5, light, outline: 3) + circle(x, y, radius - 3, "#1e2126", outline: 0)
  }

  /// A wheel with teeth, a rim, and openings.
  private func toothed(teeth: Int, tooth: String, radius: Double) -> String {
    around(teeth, 200, 200, shape(tooth)) + circle(200, 200, radius) + circle(200, 200, radius - 6, main, outline: 0)
      + "<circle cx=\"200\" cy=\"200\" r=\"104\" fill=\"none\" stroke=\"\(dark)\" stroke-width=\"6\"/>"
      + around(5, 200, 200, circle(200, 126, 25, edge, outline: 0) + hole(200, 126, 20))
      + circle(200, 200, 44, other) + circle(200, 200, 23, edge, outline: 0) + hole(200, 200, 19)
      + box(194, 172, 12, 16, round: 0, "url(#g)", outline: 0)
  }

  private var bearing: String {
    circle(200, 200, 158) + circle(200, 200, 122, "#2a2e34")
      + around(10, 200, 200, circle(200, 98, 23, other) + circle(194, 91, 7, "#fff", outline: 0))
      + circle(200, 200, 82) + circle(200, 200, 54, edge, outline: 0) + hole(200, 200, 50)
      + "<circle cx=\"200\" cy=\"200\" r=\"142\" fill=\"none\" stroke=\"\(light)\" stroke-width=\"5\"/>"
  }

  private var bracket: String {
    shape("M70 60 L118 40 V262 L70 284 Z", dark) + covered("M118 40 H168 V262 H356 V312 H118 Z", main)
      + shape("M70 284 L118 262 V312 H356 L306 348 H70 Z", dark)
      + shape("M168 150 L282 262 H168 Z", recipe.main.lighter(0.2).css)
      + screw(143, 84) + screw(143, 186) + screw(228, 287) + screw(318, 287)
  }

  private var motorMount: String {
    covered(
      "M66 66 H334 C342 66 346 70 346 78 V322 C346 330 342 334 334 334 H66 C58 334 54 330 54 322 V78 C54 70 58 66 66 66 Z"
    )
      + circle(200, 200, 86, dark) + circle(200, 200, 66, "#23272d") + circle(200, 200, 30, other)
      + "<path d=\"M186 176 H214 V188 H186 Z\" fill=\"#23272d\"/>"
      + [(94.0, 106.0), (306, 106), (94, 294), (306, 294)].map { screw($0.0, $0.1, 15) }.joined()
      + around(4, 200, 200, box(189, 84, 22, 20, round: 10, "#23272d", outline: 0))
  }

  private var bolt: String {
    let threads = stride(from: 160.0, through: 344, by: 20).map { "M164 \($0) L236 \($0 - 13)" }
    return shape("M168 128 H232 V352 L218 372 H182 L168 352 Z") + line(threads.joined(separator: " "), edge, width: 7)
      + shape("M120 70 L148 34 H252 L280 70 V124 C280 132 274 136 266 136 H134 C126 136 120 132 120 124 Z")
      + line("M120 70 H280 M166 70 V136 M234 70 V136", edge, width: 5)
  }

  private var spring: String {
    let back = (0..<7).map { "M104 \(88 + $0 * 38) L296 \(70 + $0 * 38)" }.joined(separator: " ")
    let front = (0..<6).map { "M296 \(70 + $0 * 38) C340 \(84 + $0 * 38) 60 \(102 + $0 * 38) 104 \(126 + $0 * 38)" }
    return strap(back, dark, width: 17) + strap(front.joined(separator: " "), width: 21)
  }

  private var pulley: String {
    let teeth = around(32, 200, 200, line("M200 94 V112", edge, width: 9))
    return circle(200, 200, 158) + circle(200, 200, 118, recipe.main.darker(0.25).css) + teeth + circle(200, 200, 84)
      + circle(200, 200, 58, other) + circle(200, 200, 28, edge, outline: 0) + hole(200, 200, 24) + screw(200, 150, 9)
  }

  private var knob: String {
    around(18, 200, 200, shape("M186 44 H214 L218 84 H182 Z", dark)) + circle(200, 200, 136)
      + circle(200, 200, 104, recipe.main.lighter(0.14).css) + strap("M200 190 V112", other, width: 14)
      + shine("M120 176 C128 136 160 108 192 104 C162 122 146 148 142 182 Z", 0.4)
  }

  private var enclosure: String {
    let vents = stride(from: 214.0, through: 294, by: 16).map { "M92 \($0 - 6) V\($0 - 6)" }
    return shape("M60 148 L140 88 H350 L270 148 Z", recipe.main.lighter(0.25).css)
      + shape("M270 148 L350 88 V262 L270 330 Z", dark)
      + covered("M60 148 H270 V330 H60 Z") + box(84, 172, 112, 62, round: 5, "#16323a")
      + line("M98 192 H170 M98 212 H150", "#7fe0c4", width: 6)
      + line(vents.joined(separator: " "), edge, width: 1) + circle(232, 202, 20, other)
      + line("M88 262 H242 M88 282 H242 M88 302 H242", edge, width: 7)
      + line("M296 190 L328 164 M296 216 L328 190 M296 242 L328 216", edge, width: 6)
  }

  private var robotArm: String {
    box(76, 316, 180, 34, round: 8, Paint.charcoal.css) + shape("M112 318 L130 262 H202 L220 318 Z", other)
      + strap("M166 262 L130 150", width: 46) + strap("M130 150 L258 92", width: 38)
      + circle(166, 262, 36, Paint.charcoal.css) + circle(166, 262, 14, light, outline: 3)
      + circle(130, 150, 33, Paint.charcoal.css) + circle(130, 150, 13, light, outline: 3)
      + circle(262, 92, 28, Paint.charcoal.css) + strap("M268 98 L296 150", other, width: 20)
      + strap("M296 150 L266 178 L276 218", other, width: 13) + strap("M296 150 L336 164 L330 208", other, width: 13)
  }
}
