// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Postgres

/// A statement of a table: what it is, and what becomes of it when the server runs it.
private struct Sent: Sendable, CustomStringConvertible {
  enum Kind: CaseIterable { case read, write, prepared, begun }
  var kind = Kind.read
  /// The step that fails, with the state it fails with.
  var failing: (step: Int, state: String)?

  static let read = Sent()
  static let write = Sent(kind: .write)
  static func failing(_ kind: Kind = .read, step: Int = 0, _ state: String = "22012") -> Sent {
    Sent(kind: kind, failing: (step, state))
  }

  var steps: Pipeline<Int, String>.Steps {
    switch kind {
    case .read, .write: .execute
    case .prepared: [.prepare, .execute]
    case .begun: [.prefix, .prepare, .execute]
    }
  }
  var stepCount: Int {
    switch kind {
    case .read, .write: 1
    case .prepared: 2
    case .begun: 3
    }
  }
  var description: String { "\(kind)\(failing.map { " failing with \($0.state) in step \($0.step)" } ?? "")" }
}

/// A connection as the pipeline and a server see it: what is sent waits in line until the server takes it.
private struct Wire {
  enum Message: Equatable {
    case step(of: Int, number: Int)
    case synchronise
  }

  var pipeline: Pipeline<Int, String>
  var statements: [Sent] = []
  var messages: [Message] = []
  var finished: [Pipeline<Int, String>.Finished] = []
  private var hasFailed = false

  init(sharedMax: Int = 8) { pipeline = Pipeline(sharedMax: sharedMax) }

  mutating func send(_ statement: Sent) {
    let number = statements.count
    statements.append(statement)
    let cuts = pipeline.add(number, statement.steps, mayShare: statement.kind == .read)
    if cuts.contains(.before) { messages.append(.synchronise) }
    for step in 0..<statement.stepCount { messages.append(.step(of: number, number: step)) }
    if cuts.contains(.after) { messages.append(.synchronise) }
  }

  mutating func endTurn() {
    if pipeline.close() { messages.append(.synchronise) }
  }

  /// The server answers the first message, as PostgreSQL does in a pipeline.
  mutating func answer() {
    switch messages.removeFirst() {
    case .synchronise:
      hasFailed = false
      finished += pipeline.received(.synchronised)
    case .step(let number, let step):
      let statement = statements[number]
      #expect(pipeline.answering == number)
      if hasFailed {
        finished += pipeline.received(.skipped)
      } else if let failing = statement.failing, failing.step == step {
        hasFailed = true
        finished += pipeline.received(.failure(PostgresError(sqlState: failing.state, message: "no")))
      } else {
        finished += pipeline.received(.success("\(number).\(step)"))
      }
      finished += pipeline.received(.endOfStep)
    }
  }

  mutating func answerAll() {
    while !messages.isEmpty { answer() }
  }

  /// What became of each statement, in the order of the ends.
  var ends: [String] {
    finished.map { finished in
      switch finished.outcome {
      case .success(let text): text
      case .failure(let error): error.sqlState
      case .undone: "again"
      }
    }
  }

  /// How many statements lie between synchronisations.
  var segments: [Int] {
    messages.split(separator: .synchronise).map { segment in
      Set(segment.map { if case .step(let number, _) = $0 { number } else { -1 } }).count
    }
  }
}

private struct Ends: Sendable, CustomTestStringConvertible {
  var statements: [Sent]
  var segments: [Int]
  var ends: [String]
  init(_ statements: [Sent], in segments: [Int], end ends: [String]) {
    (self.statements, self.segments, self.ends) = (statements, segments, ends)
  }
  var testDescription: String { statements.map(\.description).joined(separator: ", ") }
}

struct PipelineTests {
  @Test(arguments: [
    Ends([.read], in: [1], end: ["0.0"]),
    Ends([.read, .read, .read], in: [3], end: ["0.0", "1.0", "2.0"]),
    // No more than may share.
    Ends([.read, .read, .read, .read, .read], in: [4, 1], end: ["0.0", "1.0", "2.0", "3.0", "4.0"]),
    // What is not such a read is alone, and cuts.
    Ends([.write, .write], in: [1, 1], end: ["0.0", "1.0"]),
    Ends([.read, .read, .write, .read, .read], in: [2, 1, 2], end: ["0.0", "1.0", "2.0", "3.0", "4.0"]),
    Ends([.read, Sent(kind: .prepared), .read], in: [1, 1, 1], end: ["0.0", "1.1", "2.0"]),
    Ends([.read, Sent(kind: .begun)], in: [1, 1], end: ["0.0", "1.2"]),
    // A failure in the middle: what was answered before it and skipped after it is sent again.
    Ends([.read, .failing(), .read], in: [3], end: ["again", "22012", "again"]),
    Ends([.failing(), .read], in: [2], end: ["22012", "again"]),
    Ends([.read, .failing()], in: [2], end: ["again", "22012"]),
    // Neighbours of other segments are not concerned.
    Ends(
      [.read, .failing(.write), .read, .failing(), .write], in: [1, 1, 2, 1],
      end: ["0.0", "22012", "again", "22012", "4.0"]),
    // Alone a failure is its own, whatever fails.
    Ends([.failing()], in: [1], end: ["22012"]),
    Ends([.failing(.prepared, "42601"), .read, .read], in: [1, 2], end: ["42601", "1.0", "2.0"]),
    Ends([.failing(.begun, step: 0, "40001"), .read], in: [1, 1], end: ["40001", "1.0"]),
    // A deadlock may be owed to the neighbours' locks: alone it need not happen.
    Ends([.read, .failing(.read, "40P01")], in: [2], end: ["again", "again"]),
    Ends([.failing(.read, "40P01")], in: [1], end: ["40P01"]),
  ])
  private func `each statement ends with its own answer, in order`(_ wanted: Ends) {
    var wire = Wire(sharedMax: 4)
    for statement in wanted.statements { wire.send(statement) }
    wire.endTurn()
    #expect(wire.segments == wanted.segments)
    wire.answerAll()
    #expect(wire.ends == wanted.ends)
    #expect(wire.pipeline.isEmpty && !wire.pipeline.isOpen)
  }

  @Test func `a statement that could not be prepared is said to be so`() {
    var wire = Wire()
    wire.send(.failing(.prepared, "42601"))
    wire.send(.failing(.begun, step: 0, "25001"))
    wire.send(.failing(.prepared, step: 1))
    wire.answerAll()
    #expect(wire.finished.map(\.isPrepared) == [false, false, true])
  }

  @Test func `a commit that fails is its statement's failure, and nobody's in company`() {
    let error = PostgresError(sqlState: "23503", message: "deferred")
    for count in [1, 2] {
      var wire = Wire()
      for _ in 0..<count { wire.send(.read) }
      wire.endTurn()
      for _ in 0..<count { wire.answer() }
      _ = wire.pipeline.received(.failure(error))
      wire.answerAll()
      #expect(wire.ends == (count == 1 ? ["23503"] : ["again", "again"]))
    }
  }

  @Test func `what libpq says once more changes nothing`() {
    var wire = Wire()
    wire.send(.read)
    wire.send(.read)
    #expect(wire.pipeline.received(.endOfStep).isEmpty)
    wire.endTurn()
    wire.answer()
    #expect(wire.pipeline.received(.endOfStep).isEmpty)
    wire.answerAll()
    #expect(wire.ends == ["0.0", "1.0"])
  }

  @Test func `at a loss every open request fails, in order, a known error stays`() {
    var wire = Wire(sharedMax: 3)
    for statement in [Sent.read, .failing(.read, "57P01"), .read, .write, .read] { wire.send(statement) }
    wire.answer()
    wire.answer()
    let lost = wire.pipeline.drain { _ in .connectionLost("gone", mayHaveExecuted: true) }
    #expect(lost.map(\.request) == [0, 1, 2, 3, 4])
    wire.finished = lost
    // Whatever was answered before is not certain without the end of its transaction.
    #expect(wire.ends == ["08006", "57P01", "08006", "08006", "08006"])
    #expect(wire.pipeline.isEmpty && !wire.pipeline.isOpen)
  }

  @Test func `the server may run what is unanswered in the first segment, once that is sent whole`() {
    var wire = Wire()
    func mayRun() -> [Int] { (0..<4).filter { number in wire.pipeline.mayRun { $0 == number } } }
    wire.send(.read)
    wire.send(.read)
    #expect(mayRun() == [])
    wire.send(.write)
    wire.send(.read)
    #expect(mayRun() == [0, 1])
    wire.answer()
    #expect(mayRun() == [1])
    wire.answer()
    #expect(mayRun() == [])
    wire.answer()
    #expect(mayRun() == [2])
    wire.answer()
    wire.answer()
    #expect(mayRun() == [])
    wire.endTurn()
    #expect(mayRun() == [3])
  }

  /// Sending and answering mixed as chance wants it, also answers to a segment that is not closed yet.
  @Test func `every statement ends once, in order, as it would have alone`() {
    for _ in 0..<2000 {
      var wire = Wire(sharedMax: Int.random(in: 1...5))
      for _ in 0..<Int.random(in: 1...40) {
        switch Int.random(in: 0..<10) {
        case 0..<5:
          var statement = Sent(kind: Bool.random() ? .read : Sent.Kind.allCases.randomElement() ?? .read)
          if Int.random(in: 0..<4) == 0 { statement.failing = (Int.random(in: 0..<statement.stepCount), "22012") }
          wire.send(statement)
        case 5..<9: if !wire.messages.isEmpty { wire.answer() }
        default: wire.endTurn()
        }
      }
      wire.endTurn()
      #expect(wire.segments.allSatisfy { $0 <= 5 })
      wire.answerAll()
      #expect(wire.finished.map(\.request) == Array(wire.statements.indices))
      for (statement, (number, end)) in zip(wire.statements, wire.ends.enumerated()) {
        let alone = statement.failing?.state ?? "\(number).\(statement.stepCount - 1)"
        #expect(end == alone || (end == "again" && statement.kind == .read), "\(number): \(statement)")
      }
      // A read is sent again only beside a failure, and what fails is told at once.
      for (statement, end) in zip(wire.statements, wire.ends) where statement.failing != nil && end == "again" {
        #expect(wire.ends.contains("22012"))
      }
      #expect(wire.pipeline.isEmpty)
    }
  }
}
