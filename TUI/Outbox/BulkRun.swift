// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Many changes that were asked for at once, and what has become of each so far.
struct BulkRun: Sendable, Equatable {
  /// What became of one.
  enum Result: Sendable, Equatable {
    /// Its turn has not come.
    case pending
    case done
    /// Somebody else changed it first; the person decides.
    case conflict
    case refused(String)
    /// The server is away: it is kept and goes out later.
    case kept
  }

  /// In the past tense, as the summary says it: `Archived`.
  let deed: String
  let startedAt: Int64
  private let changes: [Product.ID: Change]
  private(set) var results: [Product.ID: Result]
  /// What the server wants first of the person, when that is why the rest is kept.
  private(set) var held: ClientFailure?
  /// What may be taken back when all is done.
  let undo: Undo?

  init(deed: String, _ items: [BulkEdit.Plan.Item], at now: Int64, undo: Undo? = nil) {
    self.deed = deed
    startedAt = now
    changes = Dictionary(items.map { ($0.product.id, $0.change) }, uniquingKeysWith: { first, _ in first })
    results = changes.mapValues { _ in .pending }
    self.undo = undo
  }

  var total: Int { results.count }
  func count(_ isWanted: (Result) -> Bool) -> Int { results.values.count(where: isWanted) }
  var done: Int { count { $0 != .pending } }
  var isOver: Bool { done == total }

  /// Notes what became of a change. False when it is none of this run.
  mutating func take(_ report: SendReport) -> Bool {
    guard let id = report.change.change.product, changes[id] == report.change.change else { return false }
    switch report.outcome {
    case .sent: results[id] = .done
    case .conflict: results[id] = .conflict
    case .refused(let why, let errors): results[id] = .refused(errors.first?.detail ?? why)
    case .waiting: keepRest()
    case .held(let failure):
      held = failure
      keepRest()
    }
    return true
  }

  /// Nothing more is tried now, so the rest waits with what was tried.
  private mutating func keepRest() {
    for (id, result) in results where result == .pending { results[id] = .kept }
  }

  /// The end of it in a sentence, and whether it is good news.
  var summary: (kind: Toast.Kind, text: String) {
    let (done, kept) = (count { $0 == .done }, count { $0 == .kept })
    let stuck = total - done - kept
    if kept == total {
      let why = held.map { ". \($0.words)" } ?? ": the server is away."
      return (.warning, "Queued \(Words.count(kept, "change", "changes")), not saved yet\(why)")
    }
    if stuck == 0, kept == 0 { return (.ok, "\(deed) \(Words.count(done, "product", "products")).") }
    var parts = ["\(done) of \(total) done"]
    if stuck > 0 { parts.append("\(stuck) not: still marked, with the reason") }
    if kept > 0 { parts.append("\(kept) queued \(held == nil ? "until the server is back" : "for now")") }
    return (.warning, parts.joined(separator: "; ") + ".")
  }
}
