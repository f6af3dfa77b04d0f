// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var wood: String {
    switch recipe.motif {
    case .knife: turned(-38, knife)
    case .basket: basket
    case .spoon: turned(38, spoon)
    case .board: board
    case .toyCar: toyCar
    case .toyDuck: toyDuck
    default: stacker
    }
  }

  /// The main paint is the handle, the second the blade.
  private var knife: String {
    "<path d=\"M22 168 C90 236 170 244 262 238 V168 Z\" fill=\"\(other)\" stroke=\"#3c434b\" stroke-width=\"5\" stroke-linejoin=\"round\"/>"
      + "<path d=\"M36 182 C96 232 170 238 260 230 L260 222 C170 226 100 216 36 182 Z\" fill=\"#fff\" fill-opacity=\"0.75\"/>"
      + box(254, 162, 22, 62, round: 3, Paint.brass.css)
      + covered("M276 168 H376 C392 170 396 186 388 200 C382 216 370 222 352 218 L276 220 Z")
      + [300.0, 330, 360].map { circle($0, 194, 6, "#e9d9a8", outline: 2) }.joined()
  }

  private var basket: String {
    let body = "M64 176 H336 L304 338 H96 Z"
    let bands = (0..<4).map { row in
      let y = 200 + Double(row) * 36
      let inset = Double(row) * 7
      return line(
        "M\(76 + inset) \(y) H\(324 - inset)", recipe.second.css, width: 13,
        more: "stroke-dasharray=\"22 22\" stroke-dashoffset=\"\(row % 2 * 22)\"")
    }
    let stakes = stride(from: 96.0, through: 304, by: 30).map { x in "M\(x) 182 L\(200 + (x - 200) * 0.78) 334" }
    return strap("M84 182 C84 10 316 10 316 182", width: 18)
      + line("M84 182 C84 10 316 10 316 182", dark, width: 18, more: "stroke-dasharray=\"5 15\"")
      + shape(body) + line(stakes.joined(separator: " "), dark, width: 7) + bands.joined() + shape(body, "none")
      + box(52, 160, 296, 32, round: 14) + line("M68 176 H332", dark, width: 20, more: "stroke-dasharray=\"4 20\"")
  }

  private var spoon: String {
    covered("M186 190 H214 L220 372 C220 390 180 390 180 372 Z")
      + covered("M200 20 C262 20 270 108 250 160 C238 192 162 192 150 160 C130 108 138 20 200 20 Z")
      + oval(200, 98, 42, 62, dark, outline: 3) + shine("M172 84 C172 60 186 46 200 46 C188 64 184 84 184 110 Z", 0.35)
  }

  private var board: String {
    covered(
      "M168 28 H232 C244 28 248 38 246 52 L242 104 H300 C318 104 326 112 326 130 V326 C326 344 318 352 300 352 H100 C82 352 74 344 74 326 V130 C74 112 82 104 100 104 H158 L154 52 C152 38 156 28 168 28 Z"
    )
      + hole(200, 62, 17) + line("M104 132 V324 H296 V132", dark, width: 5)
  }

  private func wheel(_ x: Double, _ y: Double, _ radius: Double) -> String {
    circle(x, y, radius, other) + circle(x, y, radius * 0.42, recipe.second.lighter(0.45).css, outline: 3)
      + circle(x, y, radius * 0.13, edge, outline: 0)
  }

  private var toyCar: String {
    covered(
      "M36 226 C36 204 50 198 70 196 L112 134 C118 124 126 120 138 120 H244 C258 120 264 124 272 134 L308 190 C344 194 364 204 364 230 V280 C364 290 358 294 350 294 H50 C40 294 36 288 36 280 Z"
    )
      + shape("M112 194 L142 146 H188 V194 Z", "#cfe6f2") + shape("M206 194 V146 H244 L274 194 Z", "#cfe6f2")
      + circle(348, 232, 11, "#f7d65b") + wheel(112, 298, 46) + wheel(288, 298, 46)
  }

  private var toyDuck: String {
    covered(
      "M46 178 C86 208 120 190 148 178 C120 128 146 66 204 68 C262 70 280 130 250 172 C318 190 330 282 262 288 H126 C64 280 40 230 46 178 Z"
    )
      + shape("M262 106 L330 118 C336 130 330 140 318 140 L260 142 Z", "#ee8a1f") + circle(222, 110, 11, "#1d1a18")
      + circle(226, 106, 4, "#fff", outline: 0)
      + shape("M112 214 C150 196 206 200 214 236 C196 264 134 264 112 214 Z", dark)
      + box(92, 284, 200, 20, round: 8, other) + wheel(126, 318, 32) + wheel(258, 318, 32)
  }

  private var stacker: String {
    let paints = [recipe.main.css, recipe.second.css, "#e9c046", "#4c9a6a", "#d4574a"]
    let rings = paints.enumerated().map { index, paint in
      let width = 270 - Double(index) * 38
      return box(200 - width / 2, 290 - Double(index) * 46, width, 44, round: 22, paint)
        + shine("M\(200 - width / 2 + 24) \(300 - Double(index) * 46) h\(width * 0.4) v9 h-\(width * 0.4) Z", 0.35)
    }
    return box(192, 60, 16, 260, round: 6, Paint.beech.css) + rings.joined() + circle(200, 72, 26, "#d4574a")
      + box(56, 334, 288, 20, round: 10, Paint.beech.css)
  }
}
