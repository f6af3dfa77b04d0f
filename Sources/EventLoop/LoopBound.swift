// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that only one loop's thread may touch. It can be passed anywhere; opening it elsewhere is a mistake
/// that stops the program. This is the house's one way to share what is confined to a loop.
public struct LoopBound<Value>: @unchecked Sendable {
  // Unchecked because every access is checked at run time.
  public let loop: EventLoop
  private let stored: Value

  /// Binds a value on its loop's own thread.
  public init(_ value: Value, to loop: EventLoop) {
    loop.assertOnLoop()
    self.loop = loop
    stored = value
  }

  public var value: Value {
    loop.assertOnLoop()
    return stored
  }
}
