// SPDX-License-Identifier: GPL-3.0-or-later

/// Draws a form: label, value, and below it a line for the hint or the error that is always there, so that nothing
/// jumps.
public struct FormView {
  public var labelWidth: Int
  public var isFocused: Bool

  public init(labelWidth: Int = 16, isFocused: Bool = true) {
    self.labelWidth = labelWidth
    self.isFocused = isFocused
  }

  public func draw(_ form: Form, in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    var area = rect
    drawSummary(form, in: area.takeTop(1), on: &canvas)
    let first = firstShown(form, rows: area.height)
    canvas.clipped(to: area) { canvas in
      var y = area.y
      for index in first..<form.fields.count where y < area.bottom {
        let height = FormView.height(of: form.fields[index])
        draw(form, index, in: Rect(x: area.x, y: y, width: area.width, height: height), on: &canvas)
        y += height
      }
    }
  }

  /// The field under a point, for clicks.
  public func field(at point: Point, in rect: Rect, of form: Form) -> Int? {
    var y = rect.y + 1
    for index in firstShown(form, rows: rect.height - 1)..<form.fields.count {
      let height = FormView.height(of: form.fields[index])
      if point.y >= y, point.y < y + height { return index }
      y += height
    }
    return nil
  }

  /// Rows of a field with its hint line.
  static func height(of field: FormField) -> Int {
    if case .area(let rows) = field.kind { return max(1, rows) + 1 }
    return 2
  }

  /// The first field to draw so that the focused one is in sight.
  private func firstShown(_ form: Form, rows: Int) -> Int {
    var first = 0
    while first < form.focus {
      let used = (first...form.focus).reduce(0) { $0 + FormView.height(of: form.fields[$1]) }
      if used <= rows { break }
      first += 1
    }
    return first
  }

  private func drawSummary(_ form: Form, in rect: Rect, on canvas: inout Canvas) {
    if form.isSubmitting {
      canvas.put("Sending…", in: rect, .muted)
    } else if form.wasRefused, !form.errors.isEmpty {
      let count = form.errors.count
      canvas.put(
        "\(canvas.glyphs.cross) \(count) \(count == 1 ? "field needs" : "fields need") attention", in: rect, .bad)
    }
  }

  private func draw(_ form: Form, _ index: Int, in rect: Rect, on canvas: inout Canvas) {
    let field = form.fields[index]
    let hasFocus = isFocused && index == form.focus
    let wide = min(labelWidth, max(0, rect.width / 2))
    let label = field.isRequired ? "\(field.label) *" : field.label
    if hasFocus { canvas.put(canvas.glyphs.caret, x: rect.x, y: rect.y, .focus) }
    canvas.put(
      label, in: Rect(x: rect.x + 2, y: rect.y, width: wide - 3, height: 1), hasFocus ? .title : .muted)
    let value = Rect(x: rect.x + wide, y: rect.y, width: rect.width - wide, height: rect.height - 1)
    drawValue(form, index, hasFocus: hasFocus, in: value, on: &canvas)
    let note = Rect(x: value.x, y: rect.bottom - 1, width: value.width, height: 1)
    if let error = form.errors[field.id] {
      canvas.put("\(canvas.glyphs.cross) \(error)", in: note, .bad)
    } else {
      canvas.put(field.hint, in: note, .muted)
    }
  }

  private func drawValue(_ form: Form, _ index: Int, hasFocus: Bool, in rect: Rect, on canvas: inout Canvas) {
    let editor = form.editor(index)
    switch form.fields[index].kind {
    case .text(let placeholder):
      TextField(placeholder: placeholder, isFocused: hasFocus).draw(editor, in: rect, on: &canvas)
    case .secret: TextField(isFocused: hasFocus, isSecret: true).draw(editor, in: rect, on: &canvas)
    case .area: TextArea(isFocused: hasFocus).draw(editor, in: rect, on: &canvas)
    case .choice(let options):
      SelectView(options: options, isFocused: hasFocus).draw(selected: editor.text, in: rect, on: &canvas)
    case .toggle: ToggleView(isFocused: hasFocus).draw(isOn: editor.text == "true", in: rect, on: &canvas)
    }
  }
}
