// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var cycling: String {
    switch recipe.motif {
    case .sprocket: sprocket
    case .chain: chain
    case .wheel: wheel
    case .saddle: saddle
    case .handlebar: handlebar
    default: bell
    }
  }

  private var sprocket: String {
    around(22, 200, 200, shape("M190 24 H210 L219 58 H181 Z", outline: 4)) + circle(200, 200, 148)
      + circle(200, 200, 112, edge, outline: 0) + hole(200, 200, 107)
      + around(5, 200, 200, strap("M200 170 V86", width: 22) + screw(200, 86, 10))
      + circle(200, 200, 54, other) + circle(200, 200, 24, edge, outline: 0) + hole(200, 200, 19)
  }

  private func link(_ x: Double, _ fill: String) -> String {
    shape(
      "M\(x) 166 C\(x - 46) 166 \(x - 46) 234 \(x) 234 C\(x + 30) 234 \(x + 34) 216 \(x + 50) 216 C\(x + 66) 216 \(x + 70) 234 \(x + 100) 234 C\(x + 146) 234 \(x + 146) 166 \(x + 100) 166 C\(x + 70) 166 \(x + 66) 184 \(x + 50) 184 C\(x + 34) 184 \(x + 30) 166 \(x) 166 Z",
      fill)
      + circle(x, 200, 14, light, outline: 4) + circle(x + 100, 200, 14, light, outline: 4)
  }

  private var chain: String {
    let row = link(-50, dark) + link(150, dark) + link(350, dark) + link(50, main) + link(250, main)
    return turned(-18, moved(-40, -62, scale: 0.9, row) + moved(40, 102, scale: 0.9, row))
  }

  private var wheel: String {
    let spokes = around(18, 200, 200, line("M200 200 L190 66", "#8b949e", width: 3.5))
    return "<circle cx=\"200\" cy=\"200\" r=\"150\" fill=\"none\" stroke=\"#1b1d20\" stroke-width=\"30\"/>"
      + "<circle cx=\"200\" cy=\"200\" r=\"127\" fill=\"none\" stroke=\"\(edge)\" stroke-width=\"22\"/>"
      + "<circle cx=\"200\" cy=\"200\" r=\"127\" fill=\"none\" stroke=\"\(main)\" stroke-width=\"15\"/>" + spokes
      + circle(200, 200, 25, other) + circle(200, 200, 9, edge, outline: 0)
  }

  private var saddle: String {
    strap("M120 212 C130 282 250 290 276 226", Paint.steel.css, width: 11)
      + strap("M196 268 V350", Paint.steel.css, width: 26)
      + covered(
        "M30 150 C40 108 96 112 130 128 C200 150 270 142 340 144 C374 146 378 178 350 186 C280 194 230 196 190 216 C160 236 120 250 82 240 C44 232 24 190 30 150 Z"
      )
      + [62.0, 92, 330].map { circle($0, $0 > 300 ? 164 : 150, 8, other, outline: 2) }.joined()
      + shine(
        "M52 148 C64 128 100 132 128 144 C190 164 260 158 320 156 C250 172 180 176 124 160 C96 152 70 148 52 148 Z", 0.3
      )
  }

  private var handlebar: String {
    let bar =
      "M72 300 C30 250 50 150 110 148 C150 146 160 176 200 176 C240 176 250 146 290 148 C350 150 370 250 328 300"
    return strap("M200 176 V330", Paint.steel.css, width: 26) + strap(bar, width: 22)
      + strap("M72 300 C52 274 44 244 48 214", other, width: 32)
      + strap("M328 300 C348 274 356 244 352 214", other, width: 32)
      + box(176, 150, 48, 48, round: 10, Paint.charcoal.css)
  }

  private var bell: String {
    box(168, 288, 64, 52, round: 8, Paint.charcoal.css)
      + shape("M262 250 L330 262 C344 268 342 290 326 290 L258 280 Z", other)
      + covered("M68 262 C68 150 120 92 200 92 C280 92 332 150 332 262 Z") + box(56, 254, 288, 30, round: 15)
      + circle(200, 90, 18, other) + shine("M98 236 C102 176 132 134 168 120 C140 156 130 196 130 240 Z", 0.6)
  }
}
