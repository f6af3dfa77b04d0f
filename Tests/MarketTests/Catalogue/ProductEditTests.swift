// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

/// What a patch comes to under each policy.
struct ProductEditTests {
  private static let new = ReviewPolicy(.new)
  private static let trusted = ReviewPolicy(.trusted)

  private func product(_ status: ProductStatus, stock: Int = 7) -> Product {
    var product = Product.example
    (product.status, product.stock) = (status, stock)
    return product
  }

  private func patch(
    title: Patch<String> = .keep, price: Patch<Int> = .keep, stock: Patch<Int> = .keep, status: Patch<SaleWish> = .keep
  ) -> ProductPatch {
    ProductPatch(product: .example, title: title, priceAmount: price, stock: stock, status: status)
  }

  @Test func `in a new shop words wait, price and stock of the same patch do not`() throws {
    let edit = try patch(title: .set("Other"), price: .set(1), stock: .set(2))
      .decided(for: product(.active), under: Self.new, waiting: nil)
    #expect(edit.product.title == "Wave bracelet" && edit.product.price.amount == 1 && edit.product.stock == 2)
    #expect(edit.proposal == ProductWords(title: "Other"))
  }

  @Test(arguments: [ProductStatus.draft, .inReview, .rejected])
  func `what buyers do not see is changed at once`(status: ProductStatus) throws {
    let edit = try patch(title: .set("Other")).decided(for: product(status), under: Self.new, waiting: nil)
    #expect(edit.product.title == "Other" && edit.proposal == nil && edit.product.status == status)
  }

  @Test(arguments: [ProductStatus.active, .outOfStock])
  func `in a trusted shop words hold at once`(status: ProductStatus) throws {
    let before = product(status, stock: status == .active ? 1 : 0)
    let edit = try patch(title: .set("Other")).decided(for: before, under: Self.trusted, waiting: nil)
    #expect(edit.product.title == "Other" && edit.proposal == nil)
  }

  @Test func `a patch speaks of its fields only, also of what waits`() throws {
    let waiting = ProductWords(title: "Other", tags: ["a"])
    let more = try patch(title: .set("Third")).decided(for: product(.active), under: Self.new, waiting: waiting)
    #expect(more.proposal == ProductWords(title: "Third", tags: ["a"]))
    // Saying what is so already takes it back.
    let back = try patch(title: .set("Wave bracelet"))
      .decided(for: product(.active), under: Self.new, waiting: ProductWords(title: "Other"))
    #expect(back.proposal == nil && back.product == product(.active))
    // What holds at once in a shop that is trusted by now is newer than what waits of the same field.
    let direct = try patch(title: .set("Third")).decided(for: product(.active), under: Self.trusted, waiting: waiting)
    #expect(direct.product.title == "Third" && direct.proposal == ProductWords(tags: ["a"]))
  }

  @Test func `a product taken off sale takes its waiting words with it`() throws {
    let edit = try patch(status: .set(.draft))
      .decided(for: product(.active), under: Self.new, waiting: ProductWords(title: "Other"))
    #expect(edit.product.status == .draft && edit.product.title == "Other" && edit.proposal == nil)
  }

  @Test(
    arguments: [
      (ProductStatus.draft, 7, ShopTrust.new, ProductStatus.inReview), (.draft, 7, .trusted, .active),
      (.draft, 0, .trusted, .outOfStock), (.rejected, 7, .trusted, .inReview), (.rejected, 7, .new, .inReview),
      (.active, 7, .new, .active), (.outOfStock, 0, .new, .outOfStock), (.inReview, 7, .trusted, .inReview),
    ] as [(ProductStatus, Int, ShopTrust, ProductStatus)])
  func `a wish to sell leads where the policy and the stock say`(
    status: ProductStatus, stock: Int, trust: ShopTrust, after: ProductStatus
  ) throws {
    let before = product(status, stock: stock)
    let edit = try patch(status: .set(.active)).decided(for: before, under: ReviewPolicy(trust), waiting: nil)
    #expect(edit.product.status == after)
  }

  @Test func `stock that runs out takes the product off the shelf, and the first new piece brings it back`() throws {
    let empty = try patch(stock: .set(0)).decided(for: product(.active), under: Self.new, waiting: nil).product
    #expect(empty.status == .outOfStock)
    #expect(try patch(stock: .set(1)).decided(for: empty, under: Self.new, waiting: nil).product.status == .active)
    for status in [ProductStatus.draft, .inReview, .rejected, .archived] {
      let other = try patch(stock: .set(0)).decided(for: product(status), under: Self.new, waiting: nil).product
      #expect(other.status == status)
    }
  }

  @Test(arguments: SaleWish.allCases) func `an edit moves nothing out of the archive`(wish: SaleWish) {
    #expect(throws: MoveRefusal.wrongState) {
      try patch(status: .set(wish)).decided(for: product(.archived), under: Self.trusted, waiting: nil)
    }
  }

  @Test func `applied words are exactly those that were proposed, and the diff says them`() {
    let words = ProductWords(title: "Other", tags: ["a"], materials: [])
    let after = words.applied(to: .example)
    #expect(after.title == "Other" && after.tags == ["a"] && after.materials == [])
    #expect(after.description == Product.example.description && after.price == Product.example.price)
    #expect(
      words.changes(of: .example) == [
        ProposedChange(field: .title, before: ["Wave bracelet"], after: ["Other"]),
        ProposedChange(field: .tags, before: ["sea", "forged"], after: ["a"]),
        ProposedChange(field: .materials, before: ["sterling silver"], after: []),
      ])
    #expect(words.changes(of: after) == [] && words.differing(from: after).isEmpty)
  }

  /// Any moves in any order: the product is only where the table leads, and never before buyers unseen.
  @Test func `a random walk never leaves the table`() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var current = product(.draft)
      var wasApproved = false
      let policy = ReviewPolicy(Bool.random(using: &random) ? .new : .trusted)
      for _ in 0..<25 {
        let before = current
        var move: ProductMove?
        switch Int.random(in: 0..<8, using: &random) {
        case 0: if let next = try? current.published(policy) { (current, move) = (next, .publish) }
        case 1: if let next = try? current.withdrawn() { (current, move) = (next, .withdraw) }
        case 2: if let next = try? current.archived() { (current, move) = (next, .archive) }
        case 3: if let next = try? current.restored() { (current, move) = (next, .restore) }
        case 4:
          if let next = try? current.approved() {
            (current, move, wasApproved) = (next, .approve, true)
          }
        case 5: if let next = try? current.rejected("No.") { (current, move) = (next, .reject) }
        default:
          current.stock = Int.random(in: 0...1, using: &random)
          let next = current.restocked()
          if next.status != current.status { move = next.status == .active ? .restock : .runOut }
          current = next
        }
        if let move {
          #expect(
            ProductStatus.transitions.contains { line in
              line.from == before.status && line.move == move && line.to == current.status
            }, "\(before.status) \(move) \(current.status)")
        } else {
          #expect(before.status == current.status)
        }
        if current.status == .draft || current.status == .rejected { wasApproved = false }
        #expect((current.archivedFrom == nil) == (current.status != .archived))
        #expect(!current.status.isOnSale || current.status == .onSale(stock: current.stock))
        let isRejected = current.status == .rejected || current.archivedFrom == .rejected
        #expect((current.statusReason != nil) == isRejected)
        if policy.trust == .new && current.isOnShow { #expect(wasApproved) }
      }
    }
  }
}
