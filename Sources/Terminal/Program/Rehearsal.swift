// SPDX-License-Identifier: GPL-3.0-or-later

/// A program without a terminal: keys in, text grid out. What it wants done is kept for the test to look at.
public struct Rehearsal<P: Program> {
  public private(set) var program: P
  public private(set) var size: Size
  /// All it wanted done so far, in order.
  public private(set) var commands: [Command<P.Effect, P.Message>] = []
  public var glyphs = Glyphs.unicode

  public init(_ program: P, columns: Int = 80, rows: Int = 24) {
    self.program = program
    size = Size(columns: columns, rows: rows)
    take(.event(.resize(size)))
    commands += self.program.start()
  }

  public mutating func take(_ input: Input<P.Message>) { commands += program.update(input) }

  public mutating func send(_ message: P.Message) { take(.message(message)) }

  /// Presses keys by their spelling, parted by spaces: `j j space ctrl-s`. A spelling that is none stops the test.
  public mutating func press(_ spellings: String) {
    for spelling in spellings.split(separator: " ") {
      guard let key = Key(spelling: String(spelling)) else { preconditionFailure("\"\(spelling)\" is a key") }
      take(.event(.key(key)))
    }
  }

  /// Types text as it stands.
  public mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { take(.event(.key(Key(Character(scalar))))) }
  }

  /// Says a line to a program that can be led by lines.
  public mutating func say(_ line: String) where P: LineProgram { commands += program.say(line) }

  public mutating func resize(columns: Int, rows: Int) {
    size = Size(columns: columns, rows: rows)
    take(.event(.resize(size)))
  }

  /// Forgets what it wanted done, and answers it.
  public mutating func takeCommands() -> [Command<P.Effect, P.Message>] {
    defer { commands = [] }
    return commands
  }

  /// The application's own effects among the commands.
  public var effects: [P.Effect] {
    commands.compactMap { if case .perform(let effect) = $0 { effect } else { nil } }
  }

  public var canvas: Canvas {
    var canvas = Canvas(size: size, glyphs: glyphs)
    program.draw(on: &canvas)
    return canvas
  }

  /// What is on the screen, as text.
  public var screen: String { TextScreen.text(of: canvas) }
  /// The styles of what is on the screen, a letter for each cell.
  public var styles: String { TextScreen.styles(of: canvas) }
}

extension Rehearsal where P: LineProgram {
  /// What it reads out, line by line.
  public var spoken: String { program.outline.map(\.printed).joined(separator: "\n") }
  public var prompt: String? { program.prompt }
  /// What is read out once.
  public mutating func takeAside() -> String { program.takeAside().map(\.printed).joined(separator: "\n") }
}
