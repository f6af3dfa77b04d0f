// SPDX-License-Identifier: GPL-3.0-or-later
internal import CEvents
import Glibc
import Synchronization

// The map of this module:
//   EventLoop     one thread's reactor: descriptors, timers, jobs of Swift tasks (it is their executor)
//   LoopTimer     a cancellable entry in the loop's heap of deadlines
//   LoopBound     a value that only its loop's thread may touch, checked at run time
//   LoopGroup     one loop per core, each on its own thread, started and stopped together
//   OffloadPool   a bounded set of threads for work that would block a loop
//   Deadline      sleeping and giving up in time, on the loop's own timers
//   Signals       signals as events of a loop
//   StandardStreams, OpenFiles   what a program sees to before it opens anything

/// One thread's reactor. It waits for descriptors and timers with epoll, and runs the jobs of every task and
/// actor that prefers it, so what starts on a loop stays on its thread.
///
/// Members marked "on the loop" may be called from its own thread only; that is checked.
public final class EventLoop: TaskExecutor, SerialExecutor, @unchecked Sendable {
  // Unchecked because everything below `inbox` is confined to the loop's thread, which `assertOnLoop` checks.
  public let name: String
  private let epoll: Int32
  private let wakeup: Int32
  private let inbox = Mutex(Inbox())

  private var jobs: [UnownedJob] = []
  private var watchers: [Watcher?] = []
  private var generation: UInt32 = 0
  private var timers = TimerHeap()
  private var turnHooks: [LoopHook] = []
  private var turnEnds: [() -> Void] = []
  private var stopping = false
  private var ready = [cevents_ready](repeating: cevents_ready(), count: 256)

  private struct Inbox {
    var jobs: [UnownedJob] = []
    var calls: [@Sendable () -> Void] = []
    var isWoken = false

    /// Whether the loop must be woken for what has just arrived: once per sleep is enough.
    mutating func noteArrival() -> Bool {
      defer { isWoken = true }
      return !isWoken
    }
  }

  private struct Watcher {
    var generation: UInt32
    var handler: (Readiness) -> Void
  }

  public init(name: String = "loop") {
    self.name = name
    epoll = cevents_epoll_create()
    wakeup = cevents_wake_create()
    precondition(epoll >= 0 && wakeup >= 0, "the process may open an epoll and an event descriptor")
    jobs.reserveCapacity(256)
    let result = cevents_epoll_set(epoll, 0, wakeup, 0, UInt32(CEVENTS_READ))
    precondition(result == 0, "the wake-up descriptor can be watched")
  }

  deinit {
    close(wakeup)
    close(epoll)
  }

  // MARK: Running

  /// The loop that runs on this thread, if any.
  public static var current: EventLoop? {
    guard let pointer = unsafe cevents_current() else { return nil }
    return unsafe Unmanaged<EventLoop>.fromOpaque(pointer).takeUnretainedValue()
  }

  public var isCurrent: Bool {
    unsafe cevents_current() == Unmanaged.passUnretained(self).toOpaque()
  }

  public func assertOnLoop() {
    precondition(isCurrent, "this may be called on the thread of loop \(name) only")
  }

  /// Runs the loop on the calling thread until `stop` is called. A stopped loop may be run again.
  public func run() {
    precondition(unsafe cevents_current() == nil, "a thread runs one loop at a time")
    unsafe cevents_set_current(Unmanaged.passUnretained(self).toOpaque())
    defer { cevents_set_current(nil) }
    stopping = false
    while !stopping { turn() }
  }

  /// Ends `run` after the current turn. From any thread.
  public func stop() {
    execute { self.stopping = true }
  }

  /// Runs a closure on the loop's thread, soon. From any thread.
  public func execute(_ call: @escaping @Sendable () -> Void) {
    let mustWake = inbox.withLock { inbox in
      inbox.calls.append(call)
      return inbox.noteArrival()
    }
    if mustWake && !isCurrent { cevents_wake(wakeup) }
  }

  // MARK: Executor

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if isCurrent {
      jobs.append(job)
      return
    }
    let mustWake = inbox.withLock { inbox in
      inbox.jobs.append(job)
      return inbox.noteArrival()
    }
    if mustWake { cevents_wake(wakeup) }
  }

  public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }

  public func asUnownedTaskExecutor() -> UnownedTaskExecutor {
    unsafe UnownedTaskExecutor(ordinary: self)
  }

  public func checkIsolated() { assertOnLoop() }

  // MARK: Descriptors, on the loop

  /// What a descriptor is ready for.
  public struct Readiness: OptionSet, Sendable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    public static let read = Readiness(rawValue: UInt32(CEVENTS_READ))
    public static let write = Readiness(rawValue: UInt32(CEVENTS_WRITE))
    public static let error = Readiness(rawValue: UInt32(CEVENTS_ERROR))
    public static let hangup = Readiness(rawValue: UInt32(CEVENTS_HANGUP))
    /// The peer has ended its sending side, or is gone.
    public static let peerClosed = Readiness(rawValue: UInt32(CEVENTS_PEER_CLOSED))
  }

  /// Calls `handler` on the loop whenever the descriptor is ready (level-triggered), until `unwatch`.
  /// Watching a descriptor again replaces interest and handler.
  public func watch(_ fd: Int32, for interest: Readiness, _ handler: @escaping (Readiness) -> Void) {
    assertOnLoop()
    let index = Int(fd)
    if index >= watchers.count {
      watchers.append(contentsOf: repeatElement(nil, count: max(64, index + 1 - watchers.count)))
    }
    let isNew = watchers[index] == nil
    if isNew { generation &+= 1 }
    let generation = watchers[index]?.generation ?? generation
    watchers[index] = Watcher(generation: generation, handler: handler)
    let result = cevents_epoll_set(epoll, isNew ? 0 : 1, fd, generation, interest.rawValue)
    precondition(result == 0, "descriptor \(fd) can be watched (errno \(result))")
  }

  /// Changes what a watched descriptor is watched for.
  public func rewatch(_ fd: Int32, for interest: Readiness) {
    assertOnLoop()
    guard let watcher = watchers[Int(fd)] else { preconditionFailure("descriptor \(fd) is watched") }
    _ = cevents_epoll_set(epoll, 1, fd, watcher.generation, interest.rawValue)
  }

  /// Forgets a descriptor. Call it before closing. Unwatched descriptors are ignored.
  public func unwatch(_ fd: Int32) {
    assertOnLoop()
    guard Int(fd) < watchers.count, watchers[Int(fd)] != nil else { return }
    watchers[Int(fd)] = nil
    _ = cevents_epoll_set(epoll, 2, fd, 0, 0)
  }

  // MARK: Timers and turns, on the loop

  /// Calls `action` once, not before `delay` has passed. Cancel with the returned timer.
  @discardableResult
  public func schedule(after delay: Duration, _ action: @escaping () -> Void) -> LoopTimer {
    assertOnLoop()
    let timer = LoopTimer(deadline: cevents_now_ns() &+ delay.wholeNanoseconds, action: action)
    timers.insert(timer)
    return timer
  }

  public func cancel(_ timer: LoopTimer) {
    assertOnLoop()
    timers.remove(timer)
  }

  /// Registers a hook that runs in every turn, after the turn's jobs and before the loop sleeps: the place to
  /// flush what the jobs have queued. It may answer how long the loop may sleep at most (`.zero`: not at all).
  @discardableResult
  public func beforeSleep(_ hook: @escaping () -> Duration?) -> LoopHook {
    assertOnLoop()
    let hook = LoopHook(before: hook)
    turnHooks.append(hook)
    return hook
  }

  /// Ends a hook of `beforeSleep`.
  public func remove(_ hook: LoopHook) {
    assertOnLoop()
    turnHooks.removeAll { $0 === hook }
  }

  /// Calls `action` once, when this turn's jobs and hooks have run and before the loop sleeps: the place to send in
  /// one piece what they have gathered.
  public func atEndOfTurn(_ action: @escaping () -> Void) {
    assertOnLoop()
    turnEnds.append(action)
  }

  // MARK: One turn

  private func turn() {
    takeInbox()
    // Jobs may queue jobs; a bounded number of rounds keeps descriptors from starving.
    var rounds = 0
    while !jobs.isEmpty && rounds < 8 {
      runJobs()
      rounds += 1
    }
    var limits: [Duration] = []
    for hook in turnHooks {
      if let limit = hook.before() { limits.append(limit) }
    }
    while !turnEnds.isEmpty {
      let actions = turnEnds
      turnEnds.removeAll(keepingCapacity: true)
      for action in actions { action() }
    }
    // After the hooks and ends, which may have scheduled timers.
    var timeout = sleepLimit()
    for limit in limits { timeout = min(timeout, Int32(clamping: limit.wholeMilliseconds)) }
    if !jobs.isEmpty || stopping { timeout = 0 }
    if timeout != 0 && !maySleep() { timeout = 0 }
    poll(timeout)
    let now = cevents_now_ns()
    while let timer = timers.popDue(now: now) { timer.action() }
  }

  private func runJobs() {
    let batch = jobs
    jobs.removeAll(keepingCapacity: true)
    // As jobs of tasks, which is what nearly all are. Run as jobs of an actor of the loop they would leave that actor at
    // each call of a function that is nobody's, and stand in line once more each time.
    let executor = unsafe asUnownedTaskExecutor()
    for job in batch { unsafe job.runSynchronously(on: executor) }
  }

  private func takeInbox() {
    let (jobs, calls) = inbox.withLock { inbox in
      let taken = (inbox.jobs, inbox.calls)
      inbox.jobs.removeAll()
      inbox.calls.removeAll()
      inbox.isWoken = false
      return taken
    }
    if !jobs.isEmpty { self.jobs.append(contentsOf: jobs) }
    for call in calls { call() }
  }

  /// Whether nothing has arrived from other threads since the inbox was taken.
  private func maySleep() -> Bool {
    inbox.withLock { $0.jobs.isEmpty && $0.calls.isEmpty }
  }

  private func sleepLimit() -> Int32 {
    guard let first = timers.first else { return 60_000 }
    let now = cevents_now_ns()
    if first.deadline <= now { return 0 }
    return Int32(clamping: (first.deadline - now + 999_999) / 1_000_000)
  }

  private func poll(_ timeoutMilliseconds: Int32) {
    let count = unsafe ready.withUnsafeMutableBufferPointer { buffer in
      unsafe cevents_epoll_wait(epoll, buffer.baseAddress, Int32(buffer.count), timeoutMilliseconds)
    }
    for index in 0..<Int(count) {
      let event = ready[index]
      if event.fd == wakeup {
        cevents_wake_drain(wakeup)
      } else if let watcher = watchers[Int(event.fd)], watcher.generation == event.generation {
        watcher.handler(Readiness(rawValue: event.ready))
      }
    }
  }
}

/// A hook that runs before its loop sleeps.
public final class LoopHook {
  let before: () -> Duration?

  init(before: @escaping () -> Duration?) { self.before = before }
}

extension EventLoop {
  /// Runs an async operation on a loop of its own, on the calling thread, and returns its result. For `main`
  /// functions and tests; never from a task.
  public func runUntilComplete<Success: Sendable>(
    _ operation: @escaping @Sendable () async throws -> Success
  ) throws -> Success {
    let outcome = Mutex<Result<Success, any Error>?>(nil)
    let task = Task(executorPreference: self) {
      let result: Result<Success, any Error>
      do { result = .success(try await operation()) } catch { result = .failure(error) }
      outcome.withLock { $0 = result }
      self.stop()
    }
    run()
    _ = task
    guard let result = outcome.withLock({ $0 }) else { throw CancellationError() }
    return try result.get()
  }
}
