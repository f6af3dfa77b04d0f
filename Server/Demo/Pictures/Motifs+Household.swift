// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var glass: String {
    switch recipe.motif {
    case .wineGlass: wineGlass
    case .bottle: bottle
    default: tumbler
    }
  }

  var pantry: String {
    switch recipe.motif {
    case .candle: candle
    case .jarCandle: jarCandle
    case .honeyJar: honeyJar
    default: soap
    }
  }

  /// Glass: the paint thin, a bright edge, and what stands behind shining through.
  private func clear(_ path: String, _ strength: Double = 0.55) -> String {
    "<path d=\"\(path)\" fill=\"\(main)\" fill-opacity=\"\(strength)\"/>"
      + (recipe.pattern == .plain ? "" : "<path d=\"\(path)\" fill=\"url(#p)\" fill-opacity=\"0.7\"/>")
      + line(path, light, width: 9) + line(path, edge, width: 3.5)
  }

  private var tumbler: String {
    clear("M92 72 L118 334 C120 348 280 348 282 334 L308 72 Z", 0.6)
      + "<path d=\"M104 190 L118 326 C120 340 280 340 282 326 L296 190 Z\" fill=\"\(dark)\" fill-opacity=\"0.45\"/>"
      + oval(200, 190, 96, 18, light, outline: 0) + oval(200, 72, 108, 24, "none", outline: 5)
      + shine("M122 110 L140 310 C146 318 156 318 158 312 L146 112 Z", 0.7)
  }

  private var wineGlass: String {
    oval(200, 342, 74, 16, light) + strap("M200 225 V335", main, width: 11)
      + clear("M118 52 C100 160 140 228 200 230 C260 228 300 160 282 52 Z", 0.5)
      + "<path d=\"M114 128 C122 186 156 220 200 222 C244 220 278 186 286 128 Z\" fill=\"\(recipe.second.css)\"/>"
      + oval(200, 128, 86, 15, recipe.second.lighter(0.25).css, outline: 0) + oval(200, 52, 82, 16, "none", outline: 5)
      + shine("M136 88 C130 140 144 178 160 194 C154 160 152 130 156 88 Z", 0.7)
  }

  private var bottle: String {
    let body =
      "M172 60 H228 V136 C228 164 292 172 292 226 V322 C292 338 284 344 272 344 H128 C116 344 108 338 108 322 V226 C108 172 172 164 172 136 Z"
    return clear(body, 0.75) + box(162, 34, 76, 36, round: 8, other)
      + shine("M126 230 V318 C130 330 144 330 146 320 V226 C150 206 142 206 126 230 Z", 0.65)
  }

  private var soap: String {
    let bubbles = [(88.0, 92.0, 26.0), (132, 62, 15), (316, 84, 20), (284, 52, 11)].map { x, y, radius in
      "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\" fill=\"#fff\" fill-opacity=\"0.45\" stroke=\"#fff\" stroke-width=\"4\"/>"
    }
    return bubbles.joined()
      + shape("M50 208 L92 136 H330 L352 208 V292 C352 312 342 320 326 320 H76 C58 320 50 312 50 292 Z", dark)
      + covered("M50 208 L92 136 C96 128 104 124 114 124 H310 C320 124 328 128 332 136 L352 208 Z")
      + covered("M50 208 H352 V292 C352 312 342 320 326 320 H76 C58 320 50 312 50 292 Z")
      + oval(201, 264, 84, 34, "none", outline: 4) + leaf(160, 264) + turned(180, 201, 264, leaf(160, 264))
  }

  private func leaf(_ x: Double, _ y: Double) -> String {
    shape(
      "M\(x - 20) \(y) C\(x) \(y - 22) \(x + 24) \(y - 18) \(x + 40) \(y) C\(x + 24) \(y + 18) \(x) \(y + 22) \(x - 20) \(y) Z",
      other, outline: 3)
  }

  private func flame(_ x: Double, _ y: Double, _ scale: Double) -> String {
    moved(
      x, y, scale: scale,
      "<circle r=\"58\" cy=\"-38\" fill=\"#ffd76a\" fill-opacity=\"0.35\"/>"
        + "<path d=\"M0 0 C-34 -20 -22 -56 0 -92 C22 -56 34 -20 0 0 Z\" fill=\"#f6921e\" stroke=\"#a84a08\" stroke-width=\"4\"/>"
        + "<path d=\"M0 -4 C-16 -18 -10 -36 0 -54 C10 -36 16 -18 0 -4 Z\" fill=\"#ffe88a\"/>")
  }

  private var candle: String {
    oval(200, 334, 118, 22, other) + covered("M132 142 V326 C132 342 268 342 268 326 V142 Z")
      + oval(200, 142, 68, 18, recipe.main.lighter(0.3).css) + line("M200 140 V118", "#2b2018", width: 7)
      + shape("M132 150 C140 214 158 214 160 158 Z", recipe.main.lighter(0.3).css, outline: 3) + flame(200, 124, 1.05)
  }

  private var jarCandle: String {
    flame(200, 158, 0.9) + line("M200 184 V156", "#2b2018", width: 7)
      + "<path d=\"M92 176 V312 C92 346 308 346 308 312 V176 Z\" fill=\"\(main)\"/>"
      + oval(200, 178, 108, 22, recipe.main.lighter(0.35).css)
      + line("M84 118 V316 C84 352 316 352 316 316 V118", light, width: 12)
      + line("M84 118 V316 C84 352 316 352 316 316 V118", edge, width: 4)
      + box(130, 222, 140, 84, round: 6, "#f5eedd")
      + line("M152 250 H248 M168 276 H232", recipe.second.darker(0.2).css, width: 7)
  }

  private var honeyJar: String {
    let hexagon = "M200 196 L238 218 V262 L200 284 L162 262 V218 Z"
    return covered(
      "M104 124 H296 C322 140 328 160 328 184 V310 C328 336 316 344 296 344 H104 C84 344 72 336 72 310 V184 C72 160 78 140 104 124 Z"
    )
      + box(92, 62, 216, 62, round: 10, other) + line("M92 102 H308", edge, width: 4)
      + shape("M112 172 H288 V308 H112 Z", "#fbf3dc", outline: 4) + shape(hexagon, recipe.main.css, outline: 4)
      + bee + shine("M88 184 V306 C92 320 102 320 102 308 V180 Z", 0.6)
  }

  private var bee: String {
    oval(188, 228, 14, 20, "#ffffff", outline: 2) + oval(212, 228, 14, 20, "#ffffff", outline: 2)
      + oval(200, 246, 25, 17, "#f6c027", outline: 3) + line("M192 232 V260 M206 232 V260", "#241a10", width: 6)
  }
}
