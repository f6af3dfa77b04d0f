// SPDX-License-Identifier: GPL-3.0-or-later

/// Decides where a pipelined connection is synchronised, and what each answer on it means.
///
/// Statements are answered in the order they were sent, each in one or more steps. Those up to a synchronisation are a
/// segment: to the server one implicit transaction, so a step that fails undoes the segment and what is left of it is
/// skipped. A statement has a segment of its own, unless it is a read that shares one with others. When a shared segment
/// fails, the guilty statement gets its error, and every other one is to be sent again, alone.
struct Pipeline<Request, Success> {
  /// The steps of one statement, in the order they are sent.
  struct Steps: OptionSet {
    var rawValue: UInt8
    /// A statement of its own before, such as `begin`.
    static var prefix: Steps { Steps(rawValue: 1) }
    static var prepare: Steps { Steps(rawValue: 2) }
    static var execute: Steps { Steps(rawValue: 4) }
  }

  /// Where a statement must be cut from its neighbours by a synchronisation.
  struct Cuts: OptionSet {
    var rawValue: UInt8
    static var before: Cuts { Cuts(rawValue: 1) }
    static var after: Cuts { Cuts(rawValue: 2) }
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

  enum Outcome {
    case success(Success)
    case failure(PostgresError)
    /// It took no effect, because another statement of its segment failed.
    case undone
  }

  /// A request with everything that is known about its end.
  struct Finished {
    var request: Request
    var outcome: Outcome
    /// Whether a statement that was to be prepared is so now.
    var isPrepared = true
  }

  private let sharedMax: Int
  private var entries: [Entry] = []
  /// The first statement of the first segment, and the one that is answered next.
  private var head = 0
  private var current = 0
  /// How many statements at the end are not yet followed by a synchronisation.
  private var openCount = 0
  private var hasFailed = false

  /// Up to `sharedMax` reads share a segment.
  init(sharedMax: Int) {
    precondition(sharedMax > 0, "a segment holds at least one statement")
    self.sharedMax = sharedMax
  }

  var count: Int { entries.count - head }
  var isEmpty: Bool { count == 0 }
  /// Whether one more read may be added to the last segment.
  var isOpen: Bool { openCount > 0 }

  /// What the next answer belongs to.
  var answering: Request? { current < entries.count ? entries[current].request : nil }

  /// Whether the server may be running such a request now: it is in the first segment, sent whole, and not yet answered.
  func mayRun(where condition: (Request) -> Bool) -> Bool {
    guard !isEmpty, let end = endOfSegment else { return false }
    return entries[current..<end].contains { !$0.isAnswered && condition($0.request) }
  }

  // MARK: Sending

  /// Adds a statement; answers which synchronisations belong around it.
  mutating func add(_ request: Request, _ steps: Steps, mayShare: Bool = false) -> Cuts {
    // A statement that is prepared first does not share: it is the likeliest to fail.
    let shares = mayShare && steps == .execute
    var cuts: Cuts = !shares && isOpen ? .before : []
    if cuts == .before { _ = close() }
    entries.append(Entry(request, steps))
    openCount += 1
    moveOn()
    if !shares || openCount == sharedMax {
      _ = close()
      cuts.insert(.after)
    }
    return cuts
  }

  /// Ends the segment that reads may still join. Returns whether there is one, to be synchronised.
  mutating func close() -> Bool {
    if openCount == 0 { return false }
    entries[entries.count - 1].endsSegment = true
    openCount = 0
    return true
  }

  // MARK: Receiving

  /// Takes one answer; returns the requests that it ends.
  mutating func received(_ answer: Answer) -> [Finished] {
    if isEmpty { return [] }
    switch answer {
    case .success(let value): entries[current].succeed(value)
    case .failure(let error):
      hasFailed = true
      // What fails after the last statement, where the segment commits, is no statement's own fault if there are several.
      if !entries[current].isAnswered || current == head { entries[current].fail(error) }
    case .skipped: entries[current].skip()
    case .endOfStep:
      entries[current].advance()
      moveOn()
    case .synchronised: return endSegment()
    }
    return []
  }

  /// Everything still open when the connection is gone, with the error each deserves.
  mutating func drain(_ error: (Request) -> PostgresError) -> [Finished] {
    let finished = entries[head...].map { entry in
      Finished(
        request: entry.request, outcome: .failure(entry.error ?? error(entry.request)), isPrepared: entry.isPrepared)
    }
    self = Pipeline(sharedMax: sharedMax)
    return finished
  }

  /// Turns from an answered statement to the next of its segment, once there is one.
  private mutating func moveOn() {
    if entries[current].isAnswered, !entries[current].endsSegment, current + 1 < entries.count { current += 1 }
  }

  private var endOfSegment: Int? {
    entries[head...].firstIndex { $0.endsSegment }.map { $0 + 1 }
  }

  private mutating func endSegment() -> [Finished] {
    guard let end = endOfSegment else { return [] }
    let isShared = end - head > 1
    let finished = entries[head..<end].map { $0.finished(isUndone: isShared && hasFailed) }
    hasFailed = false
    head = end
    if head == entries.count {
      entries.removeAll(keepingCapacity: true)
      head = 0
    } else if head >= 1024 {
      entries.removeFirst(head)
      head = 0
    }
    current = head
    return finished
  }
}

extension Pipeline {
  /// One statement on its way.
  private struct Entry {
    var request: Request
    var endsSegment = false
    /// What is still to be answered; the lowest comes next.
    private var steps: Steps
    private var hasAnswer = false
    private var success: Success?
    private(set) var error: PostgresError?
    private(set) var isPrepared = true

    init(_ request: Request, _ steps: Steps) {
      self.request = request
      self.steps = steps
    }

    var isAnswered: Bool { steps.isEmpty }

    mutating func succeed(_ value: Success) {
      hasAnswer = true
      if steps == .execute { success = value }
    }

    mutating func fail(_ error: PostgresError) {
      if self.error == nil { self.error = error }
      skip()
    }

    mutating func skip() {
      hasAnswer = true
      success = nil
      if steps.contains(.prepare) { isPrepared = false }
    }

    /// libpq may say once more that there is nothing: only what was answered ends.
    mutating func advance() {
      if !hasAnswer { return }
      hasAnswer = false
      steps.remove(Steps(rawValue: steps.rawValue & ~(steps.rawValue &- 1)))
    }

    func finished(isUndone: Bool) -> Finished {
      let outcome: Outcome
      if let error {
        // A deadlock may be owed to the locks of the neighbours.
        outcome = isUndone && error.isTransient ? .undone : .failure(error)
      } else if isUndone {
        outcome = .undone
      } else if let success {
        outcome = .success(success)
      } else {
        outcome = .failure(PostgresError(sqlState: "08P01", message: "the server sent no answer to the statement"))
      }
      return Finished(request: request, outcome: outcome, isPrepared: isPrepared)
    }
  }
}
