// SPDX-License-Identifier: GPL-3.0-or-later

/// An application: a value that changes by inputs alone and draws itself. What it wants done in the world it returns
/// as commands, so that a test can compare them.
public protocol Program<Message, Effect>: SendableMetatype {
  /// What the application's effects send back.
  associatedtype Message: Sendable
  /// What the application wants done, as a value.
  associatedtype Effect

  /// What to do first.
  mutating func start() -> [Command<Effect, Message>]
  /// Takes one input. Pure: no clock, no files, no network.
  mutating func update(_ input: Input<Message>) -> [Command<Effect, Message>]
  /// Draws everything, every time.
  func draw(on canvas: inout Canvas)
  var theme: Theme { get }
  /// Whether the terminal reports the mouse to us.
  var wantsMouse: Bool { get }
}

extension Program {
  public mutating func start() -> [Command<Effect, Message>] { [] }
  public var theme: Theme { .terminal }
  public var wantsMouse: Bool { true }
}

/// What reaches a program.
public enum Input<Message: Sendable>: Sendable {
  case event(TerminalEvent)
  case message(Message)
}

extension Input: Equatable where Message: Equatable {}

/// What a program wants done.
public enum Command<Effect, Message> {
  /// Something of the application's own.
  case perform(Effect)
  /// Sends a message later. A newer one of the same key replaces it.
  case after(Duration, key: String, Message)
  /// Stops a timer or an effect.
  case cancel(key: String)
  /// Puts text on the clipboard of the person's own machine (OSC 52).
  case copy(String)
  /// Lets the person edit text in their editor; it comes back as `TerminalEvent.edited`.
  case edit(key: String, text: String, suffix: String)
  case bell
  /// Sends the whole screen again.
  case redraw
  /// Stops the process until the shell continues it.
  case suspend
  case quit
}

extension Command: Equatable where Effect: Equatable, Message: Equatable {}
extension Command: Sendable where Effect: Sendable, Message: Sendable {}
