// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

struct ProductMovesTests {
  private func product(_ status: ProductStatus, from: ProductStatus? = nil) -> Product {
    var product = Product.example
    product.status = status
    product.archivedFrom = from
    return product
  }

  @Test(arguments: [ProductStatus.draft, .active])
  func `restoring undoes archiving`(status: ProductStatus) throws {
    let before = product(status)
    let archived = try before.archived()
    #expect(archived.status == .archived && archived.archivedFrom == status)
    #expect(try archived.restored() == before)
  }

  @Test func `what never stood anywhere else is restored as a draft`() throws {
    #expect(try product(.archived).restored() == product(.draft))
  }

  @Test func `a move that changes nothing is refused`() {
    #expect(throws: MoveRefusal.archivedAlready) { try product(.archived, from: .active).archived() }
    for status in [ProductStatus.draft, .active] {
      #expect(throws: MoveRefusal.notArchived) { try product(status).restored() }
    }
    #expect(MoveRefusal.archivedAlready.problem.status == 409 && MoveRefusal.notArchived.problem.status == 409)
  }

  /// Before, its archivedFrom, the status that the edit sets, and archivedFrom afterwards.
  @Test(
    arguments: [
      (ProductStatus.draft, nil, ProductStatus.active, nil), (.active, nil, .archived, .active),
      (.draft, nil, .archived, .draft), (.archived, .draft, .archived, .draft), (.archived, .active, .draft, nil),
      (.archived, nil, .active, nil),
    ] as [(ProductStatus, ProductStatus?, ProductStatus, ProductStatus?)])
  func `an edit of the status remembers and forgets as the moves do`(
    before: ProductStatus, from: ProductStatus?, set: ProductStatus, after: ProductStatus?
  ) {
    let old = product(before, from: from)
    #expect(ProductPatch(product: old.id, status: .set(set)).applied(to: old) == product(set, from: after))
    #expect(ProductPatch(product: old.id, title: .set("Other")).applied(to: old).archivedFrom == from)
  }

  @Test(arguments: ProductStatus.allCases, ProductStatus.allCases)
  func `what happened is told by where a product stood and stands`(before: ProductStatus, after: ProductStatus) {
    let kind = EventKind.change(of: product(before), into: product(after))
    let wanted: EventKind =
      before == after
      ? .productChanged
      : after == .archived ? .productArchived : before == .archived ? .productRestored : .productChanged
    #expect(kind == wanted)
  }
}
