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

  @Test(arguments: [ProductStatus.draft, .inReview, .active, .rejected])
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
