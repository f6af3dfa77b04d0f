// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a text is scrolled.
public struct ScrollState: Sendable, Equatable {
  public private(set) var first = 0
  private var height = 1
  private var total = 0

  public init() {}

  /// Tells how much there is and how much can be seen.
  public mutating func fit(total: Int, height: Int) {
    self.total = total
    self.height = max(1, height)
    scroll(by: 0)
  }

  public mutating func scroll(by lines: Int) {
    first = max(0, min(first + lines, total - height))
  }

  /// Takes the keys of scrolling. False when it is none of them.
  public mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .up, Key("k"): scroll(by: -1)
    case .down, Key("j"): scroll(by: 1)
    case .pageUp, .control("b"): scroll(by: -height)
    case .pageDown, .control("f"), Key(" "): scroll(by: height)
    case .control("u"): scroll(by: -max(1, height / 2))
    case .control("d"): scroll(by: max(1, height / 2))
    case .home, Key("g"): scroll(by: -total)
    case .end, Key("G"): scroll(by: total)
    default: return false
    }
    return true
  }
}

/// Lines of text of which a part is seen.
public struct ScrollView {
  public var lines: [[Span]]

  public init(lines: [[Span]]) {
    self.lines = lines
  }

  public func draw(_ state: ScrollState, in rect: Rect, on canvas: inout Canvas) {
    let first = max(0, min(state.first, lines.count - rect.height))
    for row in 0..<max(0, min(rect.height, lines.count - first)) {
      canvas.put(lines[first + row], x: rect.x, y: rect.y + row, columnsMax: rect.width)
    }
    canvas.scrollBar(in: rect, first: first, shown: rect.height, total: lines.count)
  }
}
