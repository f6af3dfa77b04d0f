// SPDX-License-Identifier: GPL-3.0-or-later

/// How far something of a known size has come: a bar, the count, the rate and the time left.
public struct ProgressBar {
  public var done: Int
  public var total: Int
  public var elapsed: Duration
  /// What is counted: "rows".
  public var unit: String

  public init(done: Int, total: Int, elapsed: Duration = .zero, unit: String = "") {
    self.done = done
    self.total = total
    self.elapsed = elapsed
    self.unit = unit
  }

  public func draw(in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    let words = "  " + description
    let room = rect.width - SafeText.width(words)
    let width = room >= 8 ? min(room, 48) : rect.width
    drawBar(in: Rect(x: rect.x, y: rect.y, width: width, height: 1), on: &canvas)
    if room >= 8 { canvas.put(words, x: rect.x + width, y: rect.y, .muted) }
  }

  private func drawBar(in rect: Rect, on canvas: inout Canvas) {
    let eighths = total > 0 ? min(max(0, done), total) * rect.width * 8 / total : 0
    let blocks =
      canvas.glyphs.isASCII ? [" ", "-", "-", "-", "=", "=", "=", "="] : [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let full = canvas.glyphs.isASCII ? "#" : "█"
    for x in 0..<rect.width {
      let part = eighths - x * 8
      let text = part >= 8 ? full : part > 0 ? blocks[part] : canvas.glyphs.isASCII ? "." : "─"
      canvas.put(text, x: rect.x + x, y: rect.y, part > 0 ? .accent : .border)
    }
  }

  /// "1 240 of 5 000 rows · 310/s · 12 s left".
  public var description: String {
    var parts = ["\(Figures.grouped(done)) of \(Figures.grouped(total))\(unit.isEmpty ? "" : " \(unit)")"]
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    if seconds >= 0.5, done > 0 {
      let rate = Double(done) / seconds
      parts.append("\(Figures.short(rate))/s")
      if done < total { parts.append("\(Figures.time(seconds: Int(Double(total - done) / rate) + 1)) left") }
    }
    return parts.joined(separator: " · ")
  }
}

/// A quiet sign that something of unknown length is under way.
public enum Spinner {
  /// How long a frame stands.
  public static let interval = Duration.milliseconds(120)

  /// The sign and its words. With reduced motion there is no turning sign but the seconds, so that it cannot look dead.
  public static func spans(_ words: String, frame: Int, seconds: Int, isStill: Bool, glyphs: Glyphs = .unicode)
    -> [Span]
  {
    if isStill { return [Span(seconds > 0 ? "\(words)… \(seconds) s" : "\(words)…", .muted)] }
    return [Span(glyphs.spinner[frame % glyphs.spinner.count], .accent), Span(" \(words)…", .muted)]
  }
}

/// Plain figures without any library: what stands beside bars and charts.
public enum Figures {
  /// 12345 as "12 345", with narrow gaps that every terminal has: plain spaces.
  public static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += " " }
      result.append(digit)
    }
    return value < 0 ? "-" + result : result
  }

  /// Three digits at most: 1.2, 12, 1.2k, 3.4M.
  public static func short(_ value: Double) -> String {
    let size = abs(value)
    if !value.isFinite { return "–" }
    if size >= 999_500 { return scaled(value / 1_000_000, "M") }
    if size >= 999.5 { return scaled(value / 1000, "k") }
    return scaled(value, "")
  }

  private static func scaled(_ value: Double, _ unit: String) -> String {
    if abs(value) >= 99_999 { return "\(Int(min(abs(value), 1e15)) * (value < 0 ? -1 : 1))\(unit)" }
    let tenths = Int((value * 10).rounded())
    if abs(value) >= 9.95 || tenths % 10 == 0 { return "\(Int(value.rounded()))\(unit)" }
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)\(unit)"
  }

  /// Seconds in the largest unit that says enough: "40 s", "3 min", "2 h".
  public static func time(seconds: Int) -> String {
    if seconds < 60 { return "\(max(0, seconds)) s" }
    if seconds < 5400 { return "\((seconds + 30) / 60) min" }
    if seconds < 129_600 { return "\((seconds + 1800) / 3600) h" }
    return "\((seconds + 43_200) / 86_400) d"
  }
}
