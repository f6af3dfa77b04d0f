// SPDX-License-Identifier: GPL-3.0-or-later

/// A series of values drawn small, always with its figures beside it.
public struct Chart {
  /// Which glyphs carry the line.
  public enum Ink: Sendable, Equatable, CaseIterable {
    case block, braille, ascii
  }

  public var values: [Double]
  public var ink: Ink
  public var label: (Double) -> String
  /// What stands under the first and the last value.
  public var firstLabel: String
  public var lastLabel: String

  public init(
    _ values: [Double], ink: Ink = .block, firstLabel: String = "", lastLabel: String = "",
    label: @escaping (Double) -> String = Figures.short
  ) {
    self.values = values.map { $0.isFinite ? $0 : 0 }
    self.ink = ink
    self.firstLabel = firstLabel
    self.lastLabel = lastLabel
    self.label = label
  }

  /// One row: the line and "min … max, last …".
  public func drawSparkline(in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    guard let low = values.min(), let high = values.max(), let last = values.last else {
      canvas.put("no figures yet", in: rect, .muted)
      return
    }
    let words = "  \(label(last))  \(label(low))–\(label(high))"
    let room = rect.width - SafeText.width(words)
    let line = Rect(x: rect.x, y: rect.y, width: room >= 6 ? min(room, values.count) : rect.width, height: 1)
    drawBars(in: line, low: min(0, low), high: high, on: &canvas)
    if room >= 6 { canvas.put(words, x: line.right, y: rect.y, .muted) }
  }

  /// Several rows with an axis: the highest and lowest value at the left, the ends of the series below.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    guard rect.height >= 3, rect.width >= 12 else { return drawSparkline(in: rect, on: &canvas) }
    guard let smallest = values.min(), let high = values.max() else {
      canvas.put("no figures yet", in: rect.row(0), .muted)
      return
    }
    let low = min(0, smallest)
    let axis = max(SafeText.width(label(high)), SafeText.width(label(low))) + 1
    var area = rect
    let foot = area.takeBottom(1)
    let left = area.takeLeft(axis + 1)
    canvas.put(label(high), in: Rect(x: left.x, y: left.y, width: axis, height: 1), .muted, alignment: .trailing)
    canvas.put(
      label(low), in: Rect(x: left.x, y: left.bottom - 1, width: axis, height: 1), .muted, alignment: .trailing)
    for y in area.y..<area.bottom { canvas.put(canvas.glyphs.vertical, x: left.right - 1, y: y, .border) }
    if ink == .braille, !canvas.glyphs.isASCII {
      drawBraille(in: area, low: low, high: high, on: &canvas)
    } else {
      drawBars(in: area, low: low, high: high, on: &canvas)
    }
    let below = Rect(x: area.x, y: foot.y, width: area.width, height: 1)
    canvas.put(firstLabel, in: below, .muted)
    canvas.put(lastLabel, in: below, .muted, alignment: .trailing)
  }

  /// The values spread over so many places: the largest of those that share one.
  func spread(over count: Int) -> [Double] {
    if count <= 0 || values.isEmpty { return [] }
    return (0..<count).map { place in
      let start = place * values.count / count
      let end = max(start + 1, (place + 1) * values.count / count)
      return values[start..<min(end, values.count)].max() ?? 0
    }
  }

  private func drawBars(in rect: Rect, low: Double, high: Double, on canvas: inout Canvas) {
    let ascii = ink == .ascii || canvas.glyphs.isASCII
    let eighths =
      ascii ? [" ", ".", ".", ":", ":", "|", "|", "|", "#"] : [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    for (x, value) in spread(over: rect.width).enumerated() {
      let share = high > low ? (value - low) / (high - low) : 0
      let level = max(value > low ? 1 : 0, Int((share * Double(rect.height * 8)).rounded()))
      for row in 0..<rect.height {
        let part = max(0, min(8, level - (rect.height - 1 - row) * 8))
        if part > 0 { canvas.put(eighths[part], x: rect.x + x, y: rect.y + row, .accent) }
      }
    }
  }

  /// Two by four dots per cell.
  private func drawBraille(in rect: Rect, low: Double, high: Double, on canvas: inout Canvas) {
    let dots: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
    var cells = [UInt32](repeating: 0, count: rect.width * rect.height)
    var before: Int?
    for (x, value) in spread(over: rect.width * 2).enumerated() {
      let share = high > low ? (value - low) / (high - low) : 0
      let y = (rect.height * 4 - 1) - Int((share * Double(rect.height * 4 - 1)).rounded())
      // Steps are joined, so that the line does not fall apart.
      let from = before.map { $0 < y ? $0 + 1 : $0 > y ? $0 - 1 : y } ?? y
      for dot in min(from, y)...max(from, y) {
        cells[dot / 4 * rect.width + x / 2] |= dots[x % 2][dot % 4]
      }
      before = y
    }
    for (index, bits) in cells.enumerated() where bits != 0 {
      guard let scalar = Unicode.Scalar(0x2800 + bits) else { continue }
      canvas.set(scalar, x: rect.x + index % rect.width, y: rect.y + index / rect.width, .accent)
    }
  }
}
