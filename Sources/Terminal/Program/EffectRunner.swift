// SPDX-License-Identifier: GPL-3.0-or-later
public import EventLoop

/// Runs effects as tasks on the loop, one per key: a newer one cancels the older, and what the older one still sends
/// is dropped.
public final class EffectRunner<Message: Sendable>: @unchecked Sendable {
  // Unchecked because the state below is touched on the loop only, which every method asserts.
  public let loop: EventLoop
  private let deliver: (Message) -> Void
  private var running: [String: Running] = [:]
  private var generation = 0

  private struct Running {
    var generation: Int
    var task: Task<Void, Never>?
  }

  /// Made on the loop; `deliver` is called on it.
  public init(loop: EventLoop, deliver: @escaping (Message) -> Void) {
    self.loop = loop
    self.deliver = deliver
  }

  /// Whether an effect of the key is under way.
  public func isRunning(_ key: String) -> Bool {
    loop.assertOnLoop()
    return running[key] != nil
  }

  public var runningCount: Int { running.count }

  /// Whether nothing is under way but effects of these keys.
  public func isIdle(but background: Set<String>) -> Bool { running.keys.allSatisfy(background.contains) }

  /// Starts the effect. `send` may be called from any thread, any number of times; its messages arrive while this
  /// effect is the newest of its key.
  public func run(
    key: String, _ operation: @escaping @Sendable (_ send: @escaping @Sendable (Message) -> Void) async -> Void
  ) {
    loop.assertOnLoop()
    cancel(key)
    generation += 1
    let mine = generation
    running[key] = Running(generation: mine, task: nil)
    let send: @Sendable (Message) -> Void = { message in
      self.loop.onLoop { self.arrive(message, key: key, generation: mine) }
    }
    let task = Task(executorPreference: loop) {
      await operation(send)
      self.loop.execute { self.finish(key, generation: mine) }
    }
    running[key]?.task = task
  }

  /// Cancels the effect of a key; nothing it sends arrives any more.
  public func cancel(_ key: String) {
    loop.assertOnLoop()
    running.removeValue(forKey: key)?.task?.cancel()
  }

  public func cancelAll() {
    loop.assertOnLoop()
    for effect in running.values { effect.task?.cancel() }
    running.removeAll()
  }

  private func arrive(_ message: Message, key: String, generation: Int) {
    if running[key]?.generation == generation { deliver(message) }
  }

  private func finish(_ key: String, generation: Int) {
    if running[key]?.generation == generation { running[key] = nil }
  }
}

/// Sends messages to a running program from any thread.
public struct ProgramHandle<Message: Sendable>: Sendable {
  private let deliver: @Sendable (Message) -> Void

  public init(_ deliver: @escaping @Sendable (Message) -> Void) {
    self.deliver = deliver
  }

  public func send(_ message: Message) { deliver(message) }
}
