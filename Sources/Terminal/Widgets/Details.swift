// SPDX-License-Identifier: GPL-3.0-or-later

/// What happened and what is to come, one step under the other.
public struct Timeline {
  /// How far a step is.
  public enum Progress: Sendable, Equatable {
    case done, current, pending, failed
  }

  /// A step with its time and a word more.
  public struct Step: Sendable, Equatable {
    public var title: String
    public var progress: Progress
    public var time: String
    public var note: String

    public init(_ title: String, _ progress: Progress, time: String = "", note: String = "") {
      self.title = title
      self.progress = progress
      self.time = time
      self.note = note
    }
  }

  public var steps: [Step]

  public init(_ steps: [Step]) {
    self.steps = steps
  }

  public func draw(in rect: Rect, on canvas: inout Canvas) {
    var area = rect
    for (index, step) in steps.enumerated() {
      let row = area.takeTop(1)
      if row.isEmpty { return }
      let (glyph, style) = look(step.progress, canvas.glyphs)
      canvas.put(glyph, x: row.x, y: row.y, style)
      let titleStyle: Style = step.progress == .current ? .title : step.progress == .pending ? .muted : .text
      let time = min(SafeText.width(step.time), row.width / 2)
      canvas.put(step.title, in: Rect(x: row.x + 2, y: row.y, width: row.width - time - 3, height: 1), titleStyle)
      canvas.put(step.time, in: Rect(x: row.right - time, y: row.y, width: time, height: 1), .muted)
      let lines = step.note.isEmpty ? [] : Wrapping.lines(step.note, width: rect.width - 2)
      for line in lines {
        let below = area.takeTop(1)
        if index < steps.count - 1 { put(canvas.glyphs.vertical, in: below, on: &canvas) }
        canvas.put(line, in: below.insetLeft(2), .muted)
      }
    }
  }

  private func put(_ glyph: String, in row: Rect, on canvas: inout Canvas) {
    if !row.isEmpty { canvas.put(glyph, x: row.x, y: row.y, .border) }
  }

  private func look(_ progress: Progress, _ glyphs: Glyphs) -> (String, Style) {
    switch progress {
    case .done: (glyphs.check, .ok)
    case .current: (glyphs.dot, .accent)
    case .pending: (glyphs.hollowDot, .muted)
    case .failed: (glyphs.cross, .bad)
    }
  }
}

/// Names with their values, aligned; long values are wrapped.
public struct KeyValuePane {
  public var pairs: [(String, [Span])]

  public init(_ pairs: [(String, [Span])]) {
    self.pairs = pairs
  }

  public func draw(in rect: Rect, on canvas: inout Canvas) {
    let names = pairs.map { SafeText.width($0.0) }.max() ?? 0
    let left = min(names, rect.width / 3)
    var area = rect
    for (name, value) in pairs {
      let lines = Wrapping.lines(value, width: rect.width - left - 2)
      for (index, line) in lines.enumerated() {
        let row = area.takeTop(1)
        if row.isEmpty { return }
        if index == 0 { canvas.put(name, in: Rect(x: row.x, y: row.y, width: left, height: 1), .muted) }
        canvas.put(line, x: row.x + left + 2, y: row.y, columnsMax: row.width - left - 2)
      }
    }
  }
}

/// Small labels beside each other: filters that are on, tags, states.
public struct Chips {
  /// One label.
  public struct Chip: Sendable, Equatable {
    public var text: String
    public var role: Role
    public var isOn: Bool
    public init(_ text: String, _ role: Role = .accent, isOn: Bool = true) {
      self.text = text
      self.role = role
      self.isOn = isOn
    }
  }

  public var chips: [Chip]

  public init(_ chips: [Chip]) {
    self.chips = chips
  }

  /// Draws what fits on the row and says how many are left out.
  public func draw(in rect: Rect, on canvas: inout Canvas) {
    var x = rect.x
    for (index, chip) in chips.enumerated() {
      let text = "[\(chip.text)]"
      let width = SafeText.width(text)
      let isLast = index == chips.count - 1
      let more = "+\(chips.count - index)"
      if x + width + (isLast ? 0 : SafeText.width(more) + 1) > rect.right {
        canvas.put(more, in: Rect(x: x, y: rect.y, width: rect.right - x, height: min(1, rect.height)), .muted)
        return
      }
      canvas.put(
        text, in: Rect(x: x, y: rect.y, width: width, height: min(1, rect.height)),
        chip.isOn ? Style(chip.role) : .muted)
      x += width + 1
    }
  }
}

/// The steps of something done in order, with the one that is open.
public struct Breadcrumb {
  public var steps: [String]
  public var current: Int

  public init(_ steps: [String], current: Int) {
    self.steps = steps
    self.current = current
  }

  public func draw(in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    var spans: [Span] = []
    for (index, step) in steps.enumerated() {
      if index > 0 { spans.append(Span(" \(canvas.glyphs.arrowRight) ", .border)) }
      if index < current {
        spans += [Span("\(canvas.glyphs.check) ", .ok), Span(step, .muted)]
      } else {
        spans.append(Span(step, index == current ? Style(.accent, [.bold, .underline]) : .muted))
      }
    }
    if HintLine.width(spans) > rect.width, steps.indices.contains(current) {
      spans = [Span("\(current + 1)/\(steps.count) ", .muted), Span(steps[current], .accent)]
    }
    canvas.put(spans, x: rect.x, y: rect.y, columnsMax: rect.width)
  }
}
