// SPDX-License-Identifier: GPL-3.0-or-later

/// A column of a table.
public struct TableColumn: Sendable, Hashable {
  public var title: String
  public var alignment: Alignment
  /// Narrower than this it is left out, least important first.
  public var widthMin: Int
  /// Its share of the room that is left; 0 keeps it at its minimum.
  public var weight: Int
  /// The higher, the longer it stays when room gets short.
  public var importance: Int

  public init(
    _ title: String, alignment: Alignment = .leading, min: Int = 6, weight: Int = 0, importance: Int = 1
  ) {
    self.title = title
    self.alignment = alignment
    widthMin = min
    self.weight = weight
    self.importance = importance
  }
}

/// Rows and columns under a header, with the list's caret and marks.
public struct TableView {
  /// Which column the rows are sorted by.
  public struct Sort: Hashable, Sendable {
    public var column: Int
    public var isDescending: Bool
    public init(column: Int, isDescending: Bool = false) {
      self.column = column
      self.isDescending = isDescending
    }
  }

  public var columns: [TableColumn]
  public var sort: Sort?
  public var isFocused: Bool
  public var emptyText: String
  /// The cells of a row, one per column.
  public var row: (Int) -> [Span]

  public init(
    columns: [TableColumn], sort: Sort? = nil, isFocused: Bool = true, emptyText: String = "Nothing here.",
    row: @escaping (Int) -> [Span]
  ) {
    self.columns = columns
    self.sort = sort
    self.isFocused = isFocused
    self.emptyText = emptyText
    self.row = row
  }

  /// Rows of data that a rectangle shows: tell the state so.
  public static func rowsShown(in rect: Rect) -> Int { max(0, rect.height - 1) }

  /// The part of the rectangle that holds the rows: for clicks.
  public static func body(of rect: Rect) -> Rect {
    var rest = rect
    _ = rest.takeTop(1)
    return rest
  }

  /// The columns of the grid that a table's column takes; nil when it is left out. For fields over a cell.
  public func place(of column: Int, in rect: Rect) -> (x: Int, width: Int)? {
    layout(width: rect.width - 5).first { $0.column == column }.map { (rect.x + 3 + $0.x, $0.width) }
  }

  public func draw(_ state: ListState, in rect: Rect, on canvas: inout Canvas) {
    if rect.isEmpty { return }
    let spans = layout(width: rect.width - 5)
    drawHeader(spans, in: rect.row(0), on: &canvas)
    let body = TableView.body(of: rect)
    if state.count == 0 {
      canvas.put(emptyText, in: body.row(0).insetLeft(3), .muted)
      return
    }
    let first = state.firstShown(in: max(1, body.height))
    let marked = state.markedAndRange
    for line in 0..<max(0, min(body.height, state.count - first)) {
      let index = first + line
      let area = body.row(line)
      let isSelected = index == state.selected
      ListView.gutter(in: area, isSelected: isSelected, isMarked: marked.contains(index), isFocused, on: &canvas)
      let cells = row(index)
      for span in spans where span.column < cells.count {
        let place = Rect(x: area.x + 3 + span.x, y: area.y, width: span.width, height: 1)
        let cell = cells[span.column]
        canvas.put(
          cell.text, in: place.intersection(area), cell.style, alignment: columns[span.column].alignment)
      }
      ListView.tint(area, isSelected: isSelected, isMarked: marked.contains(index), isFocused, on: &canvas)
    }
    canvas.scrollBar(in: body, first: first, shown: body.height, total: state.count)
  }

  private func drawHeader(_ spans: [ColumnSpan], in area: Rect, on canvas: inout Canvas) {
    for span in spans {
      let column = columns[span.column]
      var title = column.title
      if let sort, sort.column == span.column {
        title += sort.isDescending ? " \(canvas.glyphs.arrowDown)" : " \(canvas.glyphs.arrowUp)"
      }
      let place = Rect(x: area.x + 3 + span.x, y: area.y, width: span.width, height: 1)
      canvas.put(title, in: place.intersection(area), Style(.muted, .bold), alignment: column.alignment)
    }
  }

  /// A column that is shown, and where.
  struct ColumnSpan: Hashable {
    var column: Int
    var x: Int
    var width: Int
  }

  /// The columns that fit, with their widths: the least important give way first, the rest share what is left.
  func layout(width: Int) -> [ColumnSpan] {
    let gap = 2
    var shown = Array(columns.indices)
    func need() -> Int { shown.reduce(0) { $0 + columns[$1].widthMin } + gap * max(0, shown.count - 1) }
    while shown.count > 1, need() > width {
      // Of equally important columns the rightmost goes first.
      let victim = shown.reversed().min { columns[$0].importance < columns[$1].importance }
      shown.removeAll { $0 == victim }
    }
    var left = max(0, width - need())
    var weights = shown.reduce(0) { $0 + columns[$1].weight }
    var x = 0
    return shown.map { index in
      var size = min(columns[index].widthMin, max(0, width))
      if columns[index].weight > 0 {
        let share = left * columns[index].weight / weights
        left -= share
        weights -= columns[index].weight
        size += share
      }
      defer { x += size + gap }
      return ColumnSpan(column: index, x: x, width: size)
    }
  }
}

extension Style {
  /// A role on the page with emphasis.
  public init(_ role: Role, _ attributes: Attributes) {
    self.init(role, on: .page, attributes)
  }
}
