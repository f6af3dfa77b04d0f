// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market

/// How sending a change ended.
enum SendOutcome: Sendable, Equatable {
  case sent(Product?)
  case conflict
  case refused(String, [FieldError])
  /// The server is away: the change stays queued.
  case waiting(String)
  /// The server wants something of the person first, such as a proof or a pause: the change stays queued.
  case held(ClientFailure)
}

/// What is told about each change that was tried.
struct SendReport: Sendable, Equatable {
  var change: QueuedChange
  var outcome: SendOutcome
}

/// Sends what is queued, oldest first, each under its own Idempotency-Key.
struct SendOutbox: Sendable {
  let outbox: OutboxFile
  let send: @Sendable (QueuedChange) async throws(ClientFailure) -> Product?
  /// A product as it is now.
  let fetch: @Sendable (Product.ID) async throws(ClientFailure) -> Product
  let now: @Sendable () -> Int64

  /// A thing that changes faster than that is left to the person.
  private static let mergesMax = 5

  init(
    outbox: OutboxFile, now: @escaping @Sendable () -> Int64 = { HTTPDate.now },
    fetch: @escaping @Sendable (Product.ID) async throws(ClientFailure) -> Product,
    send: @escaping @Sendable (QueuedChange) async throws(ClientFailure) -> Product?
  ) {
    self.outbox = outbox
    self.fetch = fetch
    self.send = send
    self.now = now
  }

  init(outbox: OutboxFile, client: MarketClient) {
    self.init(
      outbox: outbox,
      fetch: { (id) async throws(ClientFailure) in
        try await client.call(Catalogue.show, ProductAddress(product: id), mode: .reload).value
      },
      send: { (queued) async throws(ClientFailure) in try await client.send(queued) })
  }

  /// Tries everything that may go. Stops when the server is away or takes nothing now. Reports in the order of sending.
  func callAsFunction(_ report: @Sendable (SendReport) -> Void = { _ in }) async throws {
    var stuck = Set<String>()
    var tried = Set<Int>()
    while var next = SendOutbox.next(try outbox.all(), tried: tried, stuck: &stuck) {
      tried.insert(next.id)
      guard try outbox.claim(next.id, now: now()) else {
        stuck.insert(next.change.subject)
        continue
      }
      var outcome = await outcome(of: next)
      var merges = 0
      while outcome == .conflict, merges < SendOutbox.mergesMax, let merged = try await merge(next) {
        merges += 1
        (next, outcome) = merged
      }
      try note(outcome, next)
      report(SendReport(change: next, outcome: outcome))
      switch outcome {
      case .sent: break
      case .waiting, .held: return
      case .conflict, .refused: stuck.insert(next.change.subject)
      }
    }
  }

  private func outcome(of queued: QueuedChange) async -> SendOutcome {
    do throws(ClientFailure) {
      return .sent(try await send(queued))
    } catch {
      return SendOutbox.meaning(of: error, queued)
    }
  }

  /// Puts a change that came too late on top of what is there now, and sends it again, when nobody else touched its
  /// fields. Nil when the person must decide.
  private func merge(_ queued: QueuedChange) async throws -> (QueuedChange, SendOutcome)? {
    guard let id = queued.change.product else { return nil }
    let theirs: Product
    do throws(ClientFailure) {
      theirs = try await fetch(id)
    } catch {
      return (queued, SendOutbox.meaning(of: error, queued))
    }
    switch MergeDecision.decide(queued.change, seen: queued.seen, now: theirs) {
    case .settled: return (queued, .sent(theirs))
    case .ask: return nil
    case .resend:
      let merged = try outbox.merge(queued, onto: theirs, now: now())
      return (merged, await outcome(of: merged))
    }
  }

  /// The oldest change that may go: changes of a thing whose earlier change is stuck wait behind it.
  static func next(_ queue: [QueuedChange], tried: Set<Int>, stuck: inout Set<String>) -> QueuedChange? {
    for queued in queue {
      if queued.state != .queued {
        stuck.insert(queued.change.subject)
      } else if !tried.contains(queued.id), !stuck.contains(queued.change.subject) {
        return queued
      }
    }
    return nil
  }

  /// What a failure means for the change: whether it waits, collides, or is refused for good.
  static func meaning(of failure: ClientFailure, _ queued: QueuedChange) -> SendOutcome {
    switch failure {
    case .unreachable, .cancelled: return .waiting(failure.words)
    case .limited: return .held(failure)
    case .unreadable: return .refused(failure.words, [])
    case .refused(let problem):
      switch ProblemCode(rawValue: problem.code) {
      case .versionMismatch: return .conflict
      // What a person has yet to prove, or a session that is over, is no verdict on the change.
      case .unauthenticated, .sessionEnded, .secondFactorRequired, .stepUpRequired, .twoFactorRequired,
        .tooManyRequests:
        return .held(failure)
      case .requestInProgress, .unavailable, .deadlineExceeded, .internalFailure: return .waiting(problem.title)
      case .archivedAlready, .notArchived: return .sent(nil)  // a move whose end is reached already
      default:
        let first = problem.errors?.first.map { "\(problem.title): \($0.detail)" }
        return .refused(first ?? failure.words, problem.errors ?? [])
      }
    }
  }

  private func note(_ outcome: SendOutcome, _ queued: QueuedChange) throws {
    switch outcome {
    case .sent(let product):
      if let old = queued.version, let new = product?.version {
        try outbox.advance(subject: queued.change.subject, from: old, to: new)
      }
      try outbox.remove(queued.id)
    case .conflict: try outbox.set(queued.id, .conflict)
    case .refused(let why, _): try outbox.set(queued.id, .refused(why))
    case .waiting, .held: try outbox.release(queued.id)
    }
  }
}

extension MarketClient {
  /// Sends one change; gives the product as it then is, if the answer says.
  func send(_ queued: QueuedChange) async throws(ClientFailure) -> Product? {
    let options = CallOptions(version: queued.version, idempotencyKey: queued.idempotencyKey)
    switch queued.change {
    case .editProduct(let patch): return try await call(Catalogue.edit, patch, options).value
    case .createProduct(let draft): return try await call(Catalogue.create, draft, options).value
    case .archiveProduct(let address): return try await call(Catalogue.archive, address, options).value
    case .restoreProduct(let address): return try await call(Catalogue.restore, address, options).value
    }
  }
}
