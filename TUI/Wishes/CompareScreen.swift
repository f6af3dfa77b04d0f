// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Products side by side. What does not fit beside each other is reached by the arrows.
struct CompareScreen: Screen {
  let choice: ProductChoice
  let title = "Compare"
  private(set) var comparison: Comparison?
  private(set) var phase = Phase.loading
  private(set) var first = 0
  private(set) var scroll = ScrollState()

  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }
  private static let slot = "compare"
  private static let nameWidth = 12
  private static let columnMin = 22

  init(_ choice: ProductChoice) { self.choice = choice }

  mutating func open(_ context: Context) -> [Step] { ask(reload: false) }

  private func ask(reload: Bool) -> [Step] {
    [.perform(.load(slot: CompareScreen.slot, .comparison(choice), reload: reload))]
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    KeyTable([
      Action(
        .open, name: "open", keys: [.enter], title: "Open the product on the left", hint: "open the left one",
        availability: comparison == nil ? .disabled(reason: "it is not known yet") : .enabled),
      Action(
        .nextPane, name: "next-product", keys: [.right, .tab], title: "The next product", hint: "next",
        availability: first + shown < choice.ids.count ? .enabled : .hidden),
      Action(
        .stepBack, name: "previous-product", keys: [.left, .backTab], title: "The previous product", hint: "previous",
        availability: first > 0 ? .enabled : .hidden),
      Action(
        .clearFilters, name: "compare-none", keys: [Key("x")], title: "Begin another comparison", hint: "begin anew"),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again", hint: "refresh"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .open: return comparison.map { [.go(.product($0.items[first]))] } ?? []
    case .nextPane: return move(by: 1)
    case .stepBack: return move(by: -1)
    case .clearFilters: return [.compareNone, .back]
    case .refresh: return ask(reload: true)
    default: return []
    }
  }

  private mutating func move(by step: Int) -> [Step] {
    first = max(0, min(first + step, choice.ids.count - shown))
    fit()
    return []
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? { scroll.handle(key) ? [] : nil }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(CompareScreen.slot, .comparison(choice), .content(.comparison(let found), let freshness)):
      comparison = found
      phase = .shown(freshness)
      fit()
    case .loaded(CompareScreen.slot, .comparison(choice), .failed(let failure)): phase = .failed(failure)
    default: break
    }
    return []
  }

  // MARK: Drawing

  private var area = Rect(x: 0, y: 0, width: 80, height: 20)

  /// How many stand beside each other.
  var shown: Int {
    let room = area.width - CompareScreen.nameWidth - 2
    return max(1, min(choice.ids.count, room / CompareScreen.columnMin))
  }

  private var columnWidth: Int { max(8, (area.width - CompareScreen.nameWidth - 2) / shown - 2) }

  private mutating func fit() { scroll.fit(total: lines.count, height: area.height - 2) }

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    self.area = area
    return move(by: 0)
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    if event.action == .wheelUp { scroll.scroll(by: -3) }
    if event.action == .wheelDown { scroll.scroll(by: 3) }
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    _ = rest.takeTop(1)
    let beyond = choice.ids.count - shown
    let place = beyond > 0 ? "  \(first + 1) to \(first + shown) of \(choice.ids.count)" : ""
    canvas.put(
      phase.heading("Compare", context) + [Span(place, .muted)], x: head.x, y: head.y, columnsMax: head.width)
    guard comparison != nil else {
      switch phase {
      case .failed(let failure): return StateText.draw(failure, in: rest, on: &canvas, context)
      default: return StateText.draw("Loading the products…", in: rest, on: &canvas)
      }
    }
    ScrollView(lines: lines).draw(scroll, in: rest, on: &canvas)
  }

  /// Titles, then each attribute with as many lines as its longest value needs.
  private var lines: [[Span]] {
    guard let comparison else { return [] }
    let visible = first..<min(first + shown, comparison.items.count)
    var lines = block("", visible.map { (comparison.items[$0].title, Style.title) }, .muted) + [[]]
    for row in comparison.rows {
      let cells = visible.map { index -> (String, Style) in
        let text = WishWords.value(row, index)
        let style: Style = row.lowest.contains(index) ? .ok : row.isDifferent ? .text : .muted
        return (text.isEmpty ? "—" : text, style)
      }
      let sign = row.isDifferent ? "≠ " : "  "
      lines += block(sign + WishWords.attribute(row.attribute), cells, row.isDifferent ? .accent : .muted) + [[]]
    }
    lines.append([Span("≠ marks what is not the same in all of them.", .muted)])
    return lines
  }

  private func block(_ name: String, _ cells: [(String, Style)], _ style: Style) -> [[Span]] {
    let wrapped = cells.map { Wrapping.lines($0.0, width: columnWidth) }
    return (0..<(wrapped.map(\.count).max() ?? 1)).map { row in
      [Span(SafeText.padded(row == 0 ? name : "", to: CompareScreen.nameWidth), style)]
        + cells.indices.map { index in
          let text = row < wrapped[index].count ? wrapped[index][row] : ""
          return Span(SafeText.padded(text, to: columnWidth) + "  ", cells[index].1)
        }
    }
  }

  func outline(_ context: Context) -> [OutlineLine] {
    let lines = [OutlineLine("Compare: \(choice.ids.count) products")]
    guard let comparison else { return lines + phase.outline(context, isEmpty: true, nothing: "") }
    return lines + phase.outline(context, isEmpty: false, nothing: "")
      + comparison.rows.map { OutlineLine(CompareScreen.words($0, comparison)) }
  }

  /// An attribute in one line: `Price, different: Wave bracelet 45.00 EUR; Harbour ring 62.00 EUR`.
  static func words(_ row: ComparisonRow, _ comparison: Comparison) -> String {
    let name = WishWords.attribute(row.attribute)
    if !row.isDifferent {
      let value = Words.spoken(WishWords.value(row, 0))
      return "\(name), all the same: \(value.isEmpty ? "nothing" : value)"
    }
    let values = comparison.items.indices.map { index in
      let value = Words.spoken(WishWords.value(row, index))
      return "\(comparison.items[index].title) \(value.isEmpty ? "nothing" : value)"
    }
    return "\(name), different: \(values.joined(separator: "; "))"
  }
}
