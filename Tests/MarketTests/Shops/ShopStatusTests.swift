// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

struct ShopStatusTests {
  @Test func `a move leads to one place, and nobody has two ways to say it`() {
    let keys = ShopStatus.transitions.map { "\($0.from) \($0.move)" }
    #expect(Set(keys).count == keys.count)
    #expect(Set(ShopStatus.transitions.map(\.move)) == Set(ShopMove.allCases))
  }

  @Test(arguments: ShopStatus.allCases, ShopMove.allCases)
  func `nothing but the table moves a shop`(status: ShopStatus, move: ShopMove) {
    for mover in Mover.allCases {
      let line = ShopStatus.transitions.first { $0.from == status && $0.move == move && $0.by == mover }
      #expect((try? status.after(move, by: mover)) == line?.to)
    }
  }

  @Test func `every state is reached from a new shop, and from every state there is a way on`() {
    var reached: Set<ShopStatus> = [.draft]
    for _ in ShopStatus.allCases {
      reached.formUnion(ShopStatus.transitions.filter { reached.contains($0.from) }.map(\.to))
    }
    #expect(reached == Set(ShopStatus.allCases))
    #expect(Set(ShopStatus.transitions.map(\.from)) == Set(ShopStatus.allCases))
  }

  @Test func `nobody but a moderator opens a shop, and what is closed is not listed`() {
    for line in ShopStatus.transitions where line.to.isShown && !line.from.isShown { #expect(line.by == .moderator) }
    for status in ShopStatus.allCases where status.isListed { #expect(status.isShown) }
    #expect(ShopStatus.allCases.filter(\.isShown) == [.approved, .dormant])
  }
}
