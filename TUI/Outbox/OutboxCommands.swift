// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Synchronization
import Terminal

extension CommandRunner {
  /// Writes changes down, tries to send them, and says of each what became of it.
  func submit(_ changes: [(Change, Product?)]) async throws {
    var mine = Set<Int>()
    for (change, seen) in changes {
      mine.insert(try desk.outbox.add(change, seen: seen, version: seen?.version, now: HTTPDate.now).id)
    }
    try await send(only: mine)
  }

  /// Sends the queue and reports; throws when something was refused.
  private func send(only mine: Set<Int>?) async throws {
    let reports = Mutex<[SendReport]>([])
    try await SendOutbox(outbox: desk.outbox, client: desk.client)() { report in reports.withLock { $0.append(report) }
    }
    var failure: CommandFailure?
    for report in reports.withLock({ $0 }) where mine?.contains(report.change.id) ?? true {
      switch report.outcome {
      case .sent(let product):
        if out.isJSON, let product {
          out.bytes(try JSONEncoder().encode(product))
        } else {
          let id = report.change.change.product == nil ? product.map { "  \($0.id)" } ?? "" : ""
          out.say("saved   \(report.change.title)\(id)")
          if let words = ReviewWords.outcome(of: report.change.change, product) { out.say("        \(words)") }
        }
      case .waiting(let why): out.note("queued, not saved yet: \(report.change.title) (\(why))")
      case .held(let why):
        out.note("queued, not saved yet: \(report.change.title)")
        failure = .client(why)
      case .conflict:
        failure = .other("\(report.change.title): somebody changed it first. souk shows both under Unsent.")
      case .refused(let why, let errors):
        let details = errors.map { "\n  \(CommandRunner.flag($0.pointer)): \($0.detail)" }.joined()
        // A command that was refused leaves nothing behind: the shell's history has it.
        if mine != nil { try desk.outbox.remove(report.change.id) }
        failure = .other("not saved: \(report.change.title)\(errors.isEmpty ? ": \(why)" : details)")
      }
    }
    try noteStuck(mine?.subtracting(reports.withLock { $0 }.map(\.change.id)) ?? [])
    if let failure { throw failure }
  }

  /// What was not even tried, and why.
  private func noteStuck(_ ids: Set<Int>) throws {
    let queue = try desk.outbox.all()
    for change in queue where ids.contains(change.id) {
      let isStuck = queue.contains {
        $0.id < change.id && $0.change.subject == change.change.subject && $0.state != .queued
      }
      let why = isStuck ? "an earlier change waits to be decided: souk outbox list" : "earlier changes wait"
      out.note("queued, not saved yet: \(change.title) (\(why))")
    }
  }

  func listOutbox() throws {
    let queue = try desk.outbox.all()
    if out.isJSON {
      let items = queue.map { change in
        JSONValue.object([
          ("number", .int(Int64(change.id))), ("change", .string(change.title)), ("state", .string(change.stateName)),
          ("made_at", .string(Timestamp(microseconds: change.madeAt * 1_000_000).description)),
        ])
      }
      return out.bytes(try JSONEncoder().encode(JSONValue.object([("items", .array(items))])))
    }
    if queue.isEmpty { return out.line("Everything has gone out.") }
    out.table(
      TextTable(
        [.init("NUMBER", .trailing), .init("STATE"), .init("CHANGE", isFlexible: true), .init("MADE")],
        rows: queue.map { ["\($0.id)", $0.stateName, $0.title, Words.age(HTTPDate.now - $0.madeAt)] }))
  }

  func sendOutbox() async throws {
    if try desk.outbox.all().isEmpty { return out.say("Everything has gone out.") }
    try await send(only: nil)
    let left = try desk.outbox.all().count
    if left > 0 { throw CommandFailure.client(.unreachable("\(Words.count(left, "change waits", "changes wait"))")) }
  }

  func discardFromOutbox() throws {
    let known = Set(try desk.outbox.all().map(\.id))
    for text in invocation.operands {
      guard let number = Int(text), known.contains(number) else {
        throw CommandFailure.other("There is no change \(text) in the outbox.")
      }
      try desk.outbox.remove(number)
      out.say("Dropped \(number).")
    }
  }
}

extension QueuedChange {
  var stateName: String {
    switch state {
    case .queued: "queued"
    case .conflict: "conflict"
    case .refused: "refused"
    }
  }
}
