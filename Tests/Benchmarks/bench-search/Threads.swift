// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Runs the body on so many threads at once and waits for all.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  final class Start: Sendable {
    let number: Int
    let body: @Sendable (Int) -> Void
    init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.number = number
      self.body = body
    }
  }
  var threads: [pthread_t] = []
  for number in 0..<count {
    var thread = pthread_t()
    let start = unsafe Unmanaged.passRetained(Start(number, body)).toOpaque()
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        let start = unsafe Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()
        start.body(start.number)
        return nil
      }, start)
    precondition(code == 0, "a thread starts")
    threads.append(thread)
  }
  for thread in threads { pthread_join(thread, nil) }
}

/// Times of many runs, in microseconds: by the clock, and of the processor, which other work on the machine disturbs less.
struct Times: Sendable {
  private(set) var all: [Double] = []
  private(set) var processor: [Double] = []

  mutating func add(_ time: Duration) { all.append(time / .microseconds(1)) }
  mutating func add(_ other: Times) {
    all += other.all
    processor += other.processor
  }

  mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    let processorStart = threadSeconds()
    let result = try body()
    processor.append((threadSeconds() - processorStart) * 1e6)
    add(ContinuousClock.now - start)
    return result
  }

  var summary: String {
    let clock = "p50 \(format(percentile(all, 0.5))) p95 \(format(percentile(all, 0.95)))"
    if processor.isEmpty { return clock }
    return clock + " (cpu \(format(percentile(processor, 0.5))) \(format(percentile(processor, 0.95))))"
  }

  private func percentile(_ times: [Double], _ share: Double) -> Double {
    let sorted = times.sorted()
    return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  private func format(_ micro: Double) -> String {
    let text = micro < 1000 ? "\(Int(micro)) us" : "\(Double(Int(micro / 10)) / 100) ms"
    return String(repeating: " ", count: max(0, 9 - text.count)) + text
  }
}

func threadSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
