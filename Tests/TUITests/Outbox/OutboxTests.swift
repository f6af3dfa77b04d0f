// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Synchronization
import Testing

@testable import souk

@Suite(.timeLimit(.minutes(1))) struct OutboxTests {
  private func edit(_ product: Product, stock: Int) -> Change {
    .editProduct(ProductPatch(product: product.id, stock: .set(stock)))
  }

  private func versionMismatch() -> ClientFailure { .refused(ProblemCode.versionMismatch.problem()) }

  /// Sends with answers from a list; remembers what was sent.
  private final class Server: Sendable {
    private let state: Mutex<(answers: [Result<Product?, ClientFailure>], sent: [QueuedChange])>
    /// What is there now of anything.
    let theirs: Product?
    init(_ answers: [Result<Product?, ClientFailure>], theirs: Product? = nil) {
      state = Mutex((answers, []))
      self.theirs = theirs
    }
    func fetch(_ id: Product.ID) throws(ClientFailure) -> Product {
      guard let theirs else { throw .refused(ProblemCode.notFound.problem()) }
      return theirs
    }
    var sent: [QueuedChange] { state.withLock { $0.sent } }
    func take(_ change: QueuedChange) throws(ClientFailure) -> Product? {
      let answer = state.withLock { state in
        state.sent.append(change)
        return state.answers.isEmpty ? .success(nil) : state.answers.removeFirst()
      }
      return try answer.get()
    }
  }

  private func send(_ outbox: OutboxFile, _ server: Server, now: Int64 = 1000) async throws -> [SendReport] {
    let reports = Mutex<[SendReport]>([])
    let sender = SendOutbox(
      outbox: outbox, now: { now }, fetch: { (id) async throws(ClientFailure) in try server.fetch(id) },
      send: { (change) async throws(ClientFailure) in try server.take(change) })
    try await sender { report in reports.withLock { $0.append(report) } }
    return reports.withLock { $0 }
  }

  @Test func `what is added survives, with all of it`() throws {
    let directory = ScratchDirectory()
    let path = directory.path + "/a.outbox"
    let draft = ProductDraft(
      shop: "a-shop", sku: "X-1", title: "New", description: "", priceAmount: 100, stock: 1, category: "a/b")
    let changes: [(Change, Product?)] = [
      (edit(Samples.bracelet, stock: 3), Samples.bracelet), (.createProduct(draft), nil),
      (.archiveProduct(ProductAddress(product: Samples.ring.id)), Samples.ring),
    ]
    var added: [QueuedChange] = []
    for (change, seen) in changes {
      added.append(try OutboxFile(path: path).add(change, seen: seen, version: seen?.version, now: 50))
    }
    #expect(try OutboxFile(path: path).all() == added)
    #expect(Set(added.map(\.idempotencyKey)).count == 3)
  }

  @Test func `changes go out in the order they were made, each under its own key`() async throws {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    let added = try (1...5).map {
      try outbox.add(edit(Samples.products[$0 % 2], stock: $0), seen: nil, version: nil, now: 1)
    }
    let server = Server([])
    _ = try await send(outbox, server)
    #expect(server.sent == added)
    #expect(try outbox.all().isEmpty)
  }

  @Test func `a server that is away keeps everything, and the same key is sent again`() async throws {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    let added = try (1...3).map { try outbox.add(edit(Samples.ring, stock: $0), seen: nil, version: nil, now: 1) }
    let away = Server([.failure(Samples.unreachable)])
    let reports = try await send(outbox, away)
    #expect(reports.count == 1)
    #expect(try outbox.all() == added)
    let back = Server([])
    _ = try await send(outbox, back)
    #expect(back.sent.map(\.idempotencyKey) == added.map(\.idempotencyKey))
  }

  @Test func `a proof that is owed holds the queue up and loses nothing`() async throws {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    let added = try (1...3).map {
      try outbox.add(edit(Samples.products[$0], stock: $0), seen: nil, version: nil, now: 1)
    }
    let refusal = ClientFailure.refused(ProblemCode.stepUpRequired.problem())
    let strict = Server([.failure(refusal)])
    let reports = try await send(outbox, strict)
    #expect(reports.map(\.outcome) == [.held(refusal)])
    #expect(try outbox.all() == added)
    let content = Server([])
    _ = try await send(outbox, content)
    #expect(content.sent.map(\.idempotencyKey) == added.map(\.idempotencyKey))
  }

  @Test func `our own change does not collide with our next one`() async throws {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    for stock in 1...3 { _ = try outbox.add(edit(Samples.ring, stock: stock), seen: Samples.ring, version: 3, now: 1) }
    let answers = (4...6).map { version -> Result<Product?, ClientFailure> in
      var product = Samples.ring
      product.version = version
      return .success(product)
    }
    let server = Server(answers)
    _ = try await send(outbox, server)
    #expect(server.sent.map(\.version) == [3, 4, 5])
  }

  @Test func `a conflict holds up changes of the same thing only, and nothing is dropped`() async throws {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    let first = try outbox.add(edit(Samples.ring, stock: 1), seen: Samples.ring, version: 3, now: 1)
    _ = try outbox.add(edit(Samples.ring, stock: 2), seen: Samples.ring, version: 3, now: 2)
    _ = try outbox.add(edit(Samples.cuff, stock: 3), seen: Samples.cuff, version: 3, now: 3)
    var theirs = Samples.ring
    theirs.version = 9
    theirs.stock = 99
    let server = Server([.failure(versionMismatch())], theirs: theirs)
    _ = try await send(outbox, server)
    #expect(server.sent.map(\.change.product) == [Samples.ring.id, Samples.cuff.id])
    #expect(try outbox.all().map(\.state) == [.conflict, .queued])

    try outbox.rebase(first.id, onto: theirs)
    var after = theirs
    after.version = 10
    let again = Server([.success(after), .failure(versionMismatch())], theirs: after)
    _ = try await send(outbox, again)
    #expect(again.sent.first?.version == 9)
    #expect(again.sent.first?.idempotencyKey != first.idempotencyKey)
    #expect(try outbox.all().map(\.state) == [.conflict])
  }

  @Test(arguments: [
    (ProblemCode.invalidInput, "refused"), (.forbidden, "refused"), (.notFound, "refused"), (.skuTaken, "refused"),
    (.versionMismatch, "conflict"), (.tooManyRequests, "held"), (.unavailable, "waiting"),
    (.unauthenticated, "held"), (.sessionEnded, "held"), (.internalFailure, "waiting"), (.requestInProgress, "waiting"),
    (.secondFactorRequired, "held"), (.stepUpRequired, "held"), (.twoFactorRequired, "held"),
  ]) func `what an answer means for a change`(code: ProblemCode, wanted: String) {
    let change = Samples.queued(edit(Samples.ring, stock: 1))
    let name =
      switch SendOutbox.meaning(of: .refused(code.problem()), change) {
      case .sent: "sent"
      case .conflict: "conflict"
      case .refused: "refused"
      case .waiting: "waiting"
      case .held: "held"
      }
    #expect(name == wanted)
  }

  @Test(arguments: [ProblemCode.archivedAlready, .notArchived])
  func `a move whose end is reached already is done`(code: ProblemCode) {
    let change = Samples.queued(.archiveProduct(ProductAddress(product: Samples.ring.id)))
    #expect(SendOutbox.meaning(of: .refused(code.problem()), change) == .sent(nil))
  }

  @Test func `a move shows at once what it will come to`() {
    let address = ProductAddress(product: Samples.brooch.id)
    let archived = Change.archiveProduct(address).applied(to: Samples.brooch)
    #expect(archived.status == .archived)
    #expect(Change.archiveProduct(address).applied(to: archived) == archived)
    #expect(Change.restoreProduct(address).applied(to: archived) == Samples.brooch)
    #expect(Change.restoreProduct(address).applied(to: Samples.brooch) == Samples.brooch)
  }

  @Test func `only what never left this computer is taken back`() async throws {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    let archive = Change.archiveProduct(ProductAddress(product: Samples.ring.id))
    let unsent = try outbox.add(archive, seen: Samples.ring, version: 3, now: 1)
    #expect(try outbox.takeBack(unsent.id))
    #expect(try outbox.all().isEmpty)
    #expect(try !outbox.takeBack(unsent.id))

    // Under way, and after an answer that did not come: what became of it is known only to the server.
    let tried = try outbox.add(archive, seen: Samples.ring, version: 3, now: 1)
    #expect(try outbox.claim(tried.id, now: 1000))
    #expect(try !outbox.takeBack(tried.id))
    try outbox.release(tried.id)
    #expect(try !outbox.takeBack(tried.id))
    #expect(try outbox.claim(tried.id, now: 1001))

    // An answer that refuses says that nothing happened.
    try outbox.set(tried.id, .conflict)
    #expect(try outbox.takeBack(tried.id))
  }

  @Test func `whatever the server answers, every change is sent, or still there`() async throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      let directory = ScratchDirectory()
      let outbox = try OutboxFile(path: directory.path + "/a.outbox")
      let added = try (0..<8).map { _ in
        try outbox.add(
          edit(Samples.products.randomElement(using: &random) ?? Samples.ring, stock: 1), seen: nil, version: 3, now: 1)
      }
      let answers: [Result<Product?, ClientFailure>] = (0..<8).map { _ in
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .failure(Samples.unreachable)
        case 1: .failure(versionMismatch())
        case 2: .failure(.refused(ProblemCode.invalidInput.problem()))
        default: .success(nil)
        }
      }
      var theirs = Samples.ring
      theirs.stock = 99
      let reports = try await send(outbox, Server(answers, theirs: Bool.random() ? theirs : nil))
      let sent = reports.filter { if case .sent = $0.outcome { true } else { false } }.map(\.change.id)
      let left = try outbox.all().map(\.id)
      #expect((sent + left).sorted() == added.map(\.id))
      // Of one thing, nothing overtakes what was made before it.
      for product in Samples.products {
        let mine = added.filter { $0.change.product == product.id }.map(\.id)
        let mineSent = sent.filter { mine.contains($0) }
        #expect(mineSent == Array(mine.prefix(mineSent.count)))
      }
    }
  }

  @Test func `two processes do not send one change twice`() throws {
    let directory = ScratchDirectory()
    let path = directory.path + "/a.outbox"
    let (one, other) = (try OutboxFile(path: path), try OutboxFile(path: path))
    let change = try one.add(edit(Samples.ring, stock: 1), seen: nil, version: nil, now: 1)
    #expect(try one.claim(change.id, now: 1000))
    #expect(try !other.claim(change.id, now: 1010))
    #expect(try other.claim(change.id, now: 1100))
  }

  @Test func `drafts are kept under their names`() throws {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    #expect(outbox.draft("new") == nil)
    try outbox.keepDraft("new", ["title": "A", "price_amount": "1"], now: 1)
    try outbox.keepDraft("new", ["title": "B"], now: 2)
    #expect(outbox.draft("new") == ["title": "B"])
    try outbox.dropDraft("new")
    #expect(outbox.draft("new") == nil)
  }

  @Test func `a refused change gives way to a newer one that says as much`() throws {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    let price = Change.editProduct(ProductPatch(product: Samples.ring.id, priceAmount: .set(1)))
    let both = Change.editProduct(ProductPatch(product: Samples.ring.id, title: .set("Ring"), priceAmount: .set(1)))
    for (change, state) in [(price, QueuedChange.State.refused("No.")), (both, .refused("No.")), (price, .conflict)] {
      let id = try outbox.add(change, seen: nil, version: nil, now: 1).id
      try outbox.set(id, state)
    }
    let newer = Change.editProduct(ProductPatch(product: Samples.ring.id, priceAmount: .set(2), stock: .set(1)))
    try outbox.replaceRefused(by: newer)
    #expect(try outbox.all().map(\.change) == [both, price])
  }

  // MARK: Merging

  private func merged(_ theirs: Product?, _ answers: [Result<Product?, ClientFailure>]) async throws -> (
    reports: [SendReport], sent: [QueuedChange], left: [QueuedChange.State]
  ) {
    let directory = ScratchDirectory()
    let outbox = try OutboxFile(path: directory.path + "/a.outbox")
    _ = try outbox.add(edit(Samples.ring, stock: 1), seen: Samples.ring, version: 3, now: 1)
    let server = Server(answers, theirs: theirs)
    let reports = try await send(outbox, server)
    return (reports, server.sent, try outbox.all().map(\.state))
  }

  @Test func `a change that came too late goes out again by itself when nobody touched its fields`() async throws {
    var theirs = Samples.ring
    theirs.version = 7
    theirs.title = "Harbour ring, wide"
    var after = theirs
    after.version = 8
    after.stock = 1
    let (reports, sent, left) = try await merged(theirs, [.failure(versionMismatch()), .success(after)])
    #expect(reports.map(\.outcome) == [.sent(after)])
    #expect(sent.map(\.version) == [3, 7])
    #expect(sent[0].idempotencyKey != sent[1].idempotencyKey)
    #expect(left.isEmpty)
  }

  @Test func `when it is as it was wanted already, nothing is sent again`() async throws {
    var theirs = Samples.ring
    theirs.version = 7
    theirs.stock = 1
    let (reports, sent, left) = try await merged(theirs, [.failure(versionMismatch())])
    #expect(reports.map(\.outcome) == [.sent(theirs)])
    #expect(sent.count == 1 && left.isEmpty)
  }

  @Test func `when its own field was changed, the person is asked`() async throws {
    var theirs = Samples.ring
    theirs.stock = 99
    let (reports, _, left) = try await merged(theirs, [.failure(versionMismatch())])
    #expect(reports.map(\.outcome) == [.conflict])
    #expect(left == [.conflict])
  }

  @Test func `a server that goes away in between keeps the change`() async throws {
    let (reports, sent, left) = try await merged(
      Samples.ring, [.failure(versionMismatch()), .failure(Samples.unreachable)])
    #expect(reports.map(\.outcome) == [.waiting(Samples.unreachable.words)])
    #expect(sent.count == 2 && left == [.queued])
  }

  @Test func `a thing that never holds still is left to the person`() async throws {
    let mismatches = Array(repeating: Result<Product?, ClientFailure>.failure(versionMismatch()), count: 20)
    let (reports, sent, left) = try await merged(Samples.ring, mismatches)
    #expect(reports.map(\.outcome) == [.conflict])
    #expect(sent.count == 6 && left == [.conflict])
  }

  @Test func `what is gone cannot be changed`() async throws {
    let (reports, _, left) = try await merged(nil, [.failure(versionMismatch())])
    guard case .refused = reports.first?.outcome, case .refused = left.first else {
      Issue.record("\(reports) \(left)")
      return
    }
  }
}
