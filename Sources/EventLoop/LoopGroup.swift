// SPDX-License-Identifier: GPL-3.0-or-later
internal import CEvents
import Glibc
import Synchronization

/// One loop per core, each on a thread of its own.
public final class LoopGroup: Sendable {
  public let loops: [EventLoop]
  private let threads: [LoopThread]
  private let turn = Atomic<UInt>(0)

  /// Starts the loops. `count` defaults to the number of processors this process may use.
  public init(count: Int = LoopGroup.processorCount, name: String = "loop") {
    precondition(count > 0, "a group has at least one loop")
    loops = (0..<count).map { EventLoop(name: "\(name)-\($0)") }
    threads = loops.map { loop in LoopThread(name: loop.name) { loop.run() } }
  }

  /// The loops in turn, for work that has none yet.
  public func next() -> EventLoop {
    let count = turn.wrappingAdd(1, ordering: .relaxed).oldValue
    return loops[Int(count % UInt(loops.count))]
  }

  /// Stops every loop and waits for its thread. What is still queued is dropped: drain first.
  public func shutDown() {
    for loop in loops { loop.stop() }
    for thread in threads { thread.join() }
  }

  public static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// A named thread that runs one closure and can be joined.
final class LoopThread: Sendable {
  private let handle: Mutex<pthread_t?>

  init(name: String, _ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(ThreadBody(name: name, run: body)).toOpaque()
    let result = unsafe pthread_create(&thread, nil, threadMain, context)
    precondition(result == 0, "the process may start a thread (errno \(result))")
    handle = Mutex(thread)
  }

  func join() {
    let thread = handle.withLock { handle -> pthread_t? in
      defer { handle = nil }
      return handle
    }
    if let thread { pthread_join(thread, nil) }
  }
}

private final class ThreadBody: Sendable {
  let name: String
  let run: @Sendable () -> Void
  init(name: String, run: @escaping @Sendable () -> Void) {
    self.name = name
    self.run = run
  }
}

private func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  let body = unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue()
  unsafe cevents_name_thread(String(body.name.prefix(15)))  // the kernel keeps fifteen bytes
  body.run()
  return nil
}
