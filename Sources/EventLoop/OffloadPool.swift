// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// A bounded set of threads for work that would block a loop: files, hashing, pictures, searching.
public final class OffloadPool: Sendable {
  private let queue: WorkQueue
  private let threads: [LoopThread]

  /// Too much work is waiting already. Answer "busy, try again", do not queue more.
  public struct Overloaded: Error, CustomStringConvertible {
    public var description: String { "the offload pool is full" }
  }

  public init(threadCount: Int = max(2, LoopGroup.processorCount), waitingMax: Int = 1024, name: String = "offload") {
    let queue = WorkQueue(waitingMax: waitingMax)
    self.queue = queue
    threads = (0..<threadCount).map { LoopThread(name: "\(name)-\($0)") { queue.work() } }
  }

  /// Runs blocking work on one of the pool's threads and returns what it returned.
  ///
  /// Work whose task is cancelled before a thread takes it is not started.
  public func run<Success: Sendable>(_ work: @escaping @Sendable () throws -> Success) async throws -> Success {
    let isCancelled = Atomic(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let accepted = queue.add {
          if isCancelled.load(ordering: .acquiring) {
            continuation.resume(throwing: CancellationError())
          } else {
            continuation.resume(with: Result { try work() })
          }
        }
        if !accepted { continuation.resume(throwing: Overloaded()) }
      }
    } onCancel: {
      isCancelled.store(true, ordering: .releasing)
    }
  }

  /// Starts blocking work that tells its end itself. Returns whether the pool takes it.
  public func start(_ work: @escaping @Sendable () -> Void) -> Bool { queue.add(work) }

  /// How much work waits for a thread: a figure for metrics and readiness.
  public var waitingCount: Int { queue.waitingCount }

  /// Finishes what is queued and ends the threads.
  public func shutDown() {
    queue.close()
    for thread in threads { thread.join() }
  }
}

/// First in, first out, with a limit; threads sleep while it is empty.
@safe
private final class WorkQueue: @unchecked Sendable {
  // Unchecked because a condition variable needs the raw mutex; every field is touched under it.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var waiting: [@Sendable () -> Void] = []
  private var head = 0
  private var isClosed = false
  private let waitingMax: Int

  init(waitingMax: Int) {
    self.waitingMax = waitingMax
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  var waitingCount: Int { locked { waiting.count - head } }

  func add(_ work: @escaping @Sendable () -> Void) -> Bool {
    locked {
      if isClosed || waiting.count - head >= waitingMax { return false }
      waiting.append(work)
      unsafe pthread_cond_signal(condition)
      return true
    }
  }

  func close() {
    locked {
      isClosed = true
      unsafe pthread_cond_broadcast(condition)
    }
  }

  func work() {
    while let next = take() { next() }
  }

  private func take() -> (@Sendable () -> Void)? {
    locked {
      while waiting.count == head {
        if isClosed { return nil }
        unsafe pthread_cond_wait(condition, mutex)
      }
      let next = waiting[head]
      head += 1
      if head == waiting.count {
        waiting.removeAll(keepingCapacity: true)
        head = 0
      }
      return next
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body()
  }
}
