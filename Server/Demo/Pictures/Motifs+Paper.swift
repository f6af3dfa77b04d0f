// SPDX-License-Identifier: GPL-3.0-or-later

extension Brush {
  var paper: String {
    switch recipe.motif {
    case .notebook: notebook
    case .print: frame + botanical
    default: frame + mountains
    }
  }

  private var notebook: String {
    let pages = (0..<5).map { "M316 \(78 + $0 * 3) V\(330 - $0 * 3)" }.joined(separator: " ")
    let cover = covered("M86 52 H292 C302 52 306 58 306 66 V322 C306 332 300 336 292 336 H86 Z")
    let spine = shape("M76 52 H118 V336 H76 C70 336 68 332 68 326 V62 C68 56 70 52 76 52 Z", dark)
    let label = box(150, 104, 122, 62, round: 4, "#f4ecd8") + line("M168 126 H254 M180 146 H242", edge, width: 5)
    let ribbon = shape("M150 336 V372 L160 360 L170 372 V336 Z", other, outline: 3)
    let inside = shape("M112 64 H322 V344 H112 Z", "#f4ecd8") + line(pages, "#cfc3a4", width: 2)
    return turned(6, [inside, cover, spine, label, strap("M270 54 V334", other, width: 10), ribbon].joined())
  }

  private var frame: String {
    box(66, 34, 268, 322, round: 3, Paint.walnut.css) + box(84, 52, 232, 286, round: 1, "#fbf6ea", outline: 2)
  }

  private var botanical: String {
    let stem = "M200 312 C204 250 196 180 200 96"
    let leaves = (0..<5).map { index -> String in
      let y = 280 - Double(index) * 40
      let reach = 78 - Double(index) * 9
      let leaf =
        "M200 \(y) C\(200 - reach * 0.4) \(y - 40) \(200 - reach) \(y - 34) \(200 - reach * 1.1) \(y - 14) C\(200 - reach) \(y + 6) \(200 - reach * 0.5) \(y + 10) 200 \(y) Z"
      return shape(leaf, main, outline: 3) + "<g transform=\"translate(400 -14) scale(-1 1)\">"
        + shape(leaf, main, outline: 3) + "</g>"
    }
    return line(stem, dark, width: 7) + leaves.joined() + around(6, 200, 90, oval(200, 70, 11, 20, other, outline: 2))
      + circle(200, 90, 11, "#f2c744", outline: 2)
  }

  private var mountains: String {
    "<rect x=\"100\" y=\"68\" width=\"200\" height=\"254\" fill=\"\(recipe.second.lighter(0.45).css)\"/>"
      + circle(246, 128, 28, "#e8703a", outline: 0)
      + "<path d=\"M100 238 L150 150 L184 204 L226 132 L300 244 V322 H100 Z\" fill=\"\(recipe.main.css)\"/>"
      + "<path d=\"M150 150 L134 178 L152 188 L164 172 Z M226 132 L206 166 L228 178 L248 166 Z\" fill=\"#fff\"/>"
      + "<path d=\"M100 262 C150 236 220 286 300 250 V322 H100 Z\" fill=\"\(dark)\"/>"
      + "<path d=\"M100 292 C160 276 230 312 300 286 V322 H100 Z\" fill=\"\(recipe.second.css)\"/>"
  }
}
