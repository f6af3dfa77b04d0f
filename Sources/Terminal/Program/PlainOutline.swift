// SPDX-License-Identifier: GPL-3.0-or-later

/// A screen in words, for line mode: what a screen reader reads, without boxes, colours or cursor movement.
public protocol PlainOutline {
  /// Title, state and rows, each a line of its own.
  var outline: [OutlineLine] { get }
}

/// A line of an outline.
public struct OutlineLine: Sendable, Equatable {
  public var text: String
  /// Typed to choose the line, where it can be chosen.
  public var choice: String?

  public init(_ text: String, choice: String? = nil) {
    self.text = text
    self.choice = choice
  }

  /// The line as it is printed, without anything that could act on a terminal.
  public var printed: String {
    let clean = SafeText.sanitised(text)
    return choice.map { "\($0)) \(clean)" } ?? clean
  }
}

/// Says only what is new of an outline.
public struct OutlineReader: Sendable {
  private var spoken: [OutlineLine] = []

  public init() {}

  /// The lines that differ from the last time; all of them when the title changed.
  public mutating func changes(to outline: [OutlineLine]) -> [OutlineLine] {
    defer { spoken = outline }
    if outline.first != spoken.first { return outline }
    let known = Set(spoken.map(\.printed))
    return outline.filter { !known.contains($0.printed) }
  }
}
