// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import souk

/// Who touched what: as it was seen, as it is wanted, as it is now.
@Suite struct MergeDecisionTests {
  private static let seen = Samples.bracelet
  private static let stock = ProductPatch(product: seen.id, stock: .set(6))
  private static let both = ProductPatch(product: seen.id, title: .set("Wave"), priceAmount: .set(4800))

  private static func now(_ change: (inout Product) -> Void = { _ in }) -> Product {
    var product = seen
    product.version += 1
    change(&product)
    return product
  }

  @Test(
    arguments: [
      // Nobody touched a field of ours: a title, a picture, nothing at all.
      (stock, now { $0.title = "Other" }, .resend), (stock, now { $0.photo = nil }, .resend), (stock, now(), .resend),
      // Somebody wanted the same.
      (stock, now { $0.stock = 6 }, .settled),
      // Somebody wanted something else.
      (stock, now { $0.stock = 5 }, .ask(["stock"])),
      // One of two fields: the other does not make it better.
      (both, now { $0.price.amount = 5000 }, .ask(["price"])),
      (both, now { ($0.title, $0.price.amount) = ("Sea", 5000) }, .ask(["title", "price"])),
      // One is done already, the other untouched.
      (both, now { $0.title = "Wave" }, .resend),
      // One is done already, the other touched.
      (both, now { ($0.title, $0.price.amount) = ("Wave", 1) }, .ask(["price"])),
      (
        ProductPatch(
          product: seen.id, description: .set("New."), stock: .set(1), category: .set("ceramics/bowls"),
          tags: .set(["a"]), materials: .set(["b"]), status: .set(.draft)),
        now {
          ($0.description, $0.stock, $0.category) = ("x", 9, "home/soap")
          ($0.tags, $0.materials, $0.status) = ([], [], .archived)
        }, .ask(["stock", "status", "category", "tags", "materials", "description"])
      ),
    ] as [(ProductPatch, Product, MergeDecision)])
  func `an edit goes out again unless a field of its own was changed`(
    patch: ProductPatch, now: Product, wanted: MergeDecision
  ) {
    #expect(MergeDecision.decide(.editProduct(patch), seen: MergeDecisionTests.seen, now: now) == wanted)
  }

  @Test(arguments: [
    (now { $0.price.amount = 1 }, MergeDecision.resend), (now { $0.status = .archived }, .settled),
    (now { $0.status = .draft }, .ask(["status"])),
  ]) func `archiving changes the status and nothing else`(now: Product, wanted: MergeDecision) {
    let archive = Change.archiveProduct(ProductAddress(product: MergeDecisionTests.seen.id))
    #expect(MergeDecision.decide(archive, seen: MergeDecisionTests.seen, now: now) == wanted)
  }

  @Test func `restoring is done when it is no longer archived, and goes out again when it still is`() {
    let restore = Change.restoreProduct(ProductAddress(product: MergeDecisionTests.seen.id))
    let archived = MergeDecisionTests.now { $0.status = .archived }
    #expect(MergeDecision.decide(restore, seen: archived, now: archived) == .resend)
    #expect(MergeDecision.decide(restore, seen: archived, now: MergeDecisionTests.now()) == .settled)
  }

  @Test func `without a memory of what was seen the person is asked about all that differs`() {
    let decision = MergeDecision.decide(
      .editProduct(MergeDecisionTests.both), seen: nil, now: MergeDecisionTests.now { $0.title = "Wave" })
    #expect(decision == .ask(["price"]))
  }

  @Test func `a decision to send again never undoes what somebody else did`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      func some(_ patch: inout ProductPatch) {
        if Bool.random(using: &random) { patch.title = .set("T\(Int.random(in: 0..<3, using: &random))") }
        if Bool.random(using: &random) { patch.stock = .set(Int.random(in: 0..<3, using: &random)) }
        if Bool.random(using: &random) { patch.priceAmount = .set(Int.random(in: 1..<4, using: &random)) }
        if Bool.random(using: &random) { patch.status = .set(SaleWish.allCases.randomElement(using: &random)!) }
      }
      var mine = ProductPatch(product: MergeDecisionTests.seen.id)
      var others = mine
      some(&mine)
      some(&others)
      let theirs = others.applied(to: MergeDecisionTests.seen)
      guard MergeDecision.decide(.editProduct(mine), seen: MergeDecisionTests.seen, now: theirs) == .resend else {
        continue
      }
      let seen = MergeDecisionTests.seen
      let result = mine.applied(to: theirs)
      #expect(theirs.title == seen.title || result.title == theirs.title)
      #expect(theirs.stock == seen.stock || result.stock == theirs.stock)
      #expect(theirs.price == seen.price || result.price == theirs.price)
      #expect(theirs.status == seen.status || result.status == theirs.status)
    }
  }
}
