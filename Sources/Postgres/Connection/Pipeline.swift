// SPDX-License-Identifier: GPL-3.0-or-later

/// Decides what each answer on a pipelined connection means: statements are answered in the order they were sent,
/// each in one or more steps and closed by a synchronisation, so that an error stays its own.
struct Pipeline<Request, Success> {
  /// The steps of one statement, in the order they are sent.
  struct Steps: OptionSet {
    var rawValue: UInt8
    /// A statement of its own before, such as `begin`.
    static var prefix: Steps { Steps(rawValue: 1) }
    static var prepare: Steps { Steps(rawValue: 2) }
    static var execute: Steps { Steps(rawValue: 4) }
  }

  /// What libpq reports.
  enum Answer {
    case success(Success)
    case failure(PostgresError)
    /// Passed over because an earlier step failed.
    case skipped
    case endOfStep
    case synchronised
  }

  /// A request with everything that is known about its end.
  struct Finished {
    var request: Request
    var result: Result<Success, PostgresError>
    /// Whether a statement that was to be prepared is so now.
    var isPrepared: Bool
  }

  fileprivate struct Entry {
    var request: Request
    var current: Steps
    var steps: Steps
    var isPrepared = true
    var success: Success?
    var error: PostgresError?

    init(_ request: Request, _ steps: Steps) {
      self.request = request
      self.steps = steps
      current = steps.contains(.prefix) ? .prefix : steps.contains(.prepare) ? .prepare : .execute
    }

    mutating func failStep() {
      if steps.contains(.prepare) && current != .execute { isPrepared = false }
      success = nil
    }

    mutating func advance() {
      current = current == .prefix && steps.contains(.prepare) ? .prepare : .execute
    }
  }

  private var entries: [Entry] = []
  private var head = 0

  var count: Int { entries.count - head }
  var isEmpty: Bool { count == 0 }
  var first: Request? { isEmpty ? nil : entries[head].request }

  mutating func sent(_ request: Request, _ steps: Steps) {
    entries.append(Entry(request, steps))
  }

  /// Takes one answer; returns the request that it closes, if it does.
  mutating func received(_ answer: Answer) -> Finished? {
    if isEmpty { return nil }
    switch answer {
    case .success(let value):
      if entries[head].current == .execute { entries[head].success = value }
    case .failure(let error):
      if entries[head].error == nil { entries[head].error = error }
      entries[head].failStep()
    case .skipped:
      entries[head].failStep()
    case .endOfStep:
      entries[head].advance()
    case .synchronised:
      return removeFirst()
    }
    return nil
  }

  /// Everything still open when the connection is gone, with the error each deserves.
  mutating func drain(_ error: (Request) -> PostgresError) -> [Finished] {
    var finished: [Finished] = []
    while !isEmpty {
      if entries[head].error == nil { entries[head].error = error(entries[head].request) }
      finished.append(removeFirst())
    }
    return finished
  }

  private mutating func removeFirst() -> Finished {
    let entry = entries[head]
    head += 1
    if head == entries.count {
      entries.removeAll(keepingCapacity: true)
      head = 0
    } else if head >= 1024 {
      entries.removeFirst(head)
      head = 0
    }
    let missing = PostgresError(sqlState: "08P01", message: "the server sent no answer to the statement")
    let result: Result<Success, PostgresError> =
      if let error = entry.error { .failure(error) } else if let success = entry.success { .success(success) } else {
        .failure(missing)
      }
    return Finished(request: entry.request, result: result, isPrepared: entry.isPrepared)
  }
}
