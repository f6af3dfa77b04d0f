// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

struct GuestTests {
  @Test func `a guest is known by an e-mail address, not by a phone`() throws {
    #expect(GuestDraft(email: .email("a@b.example")).faults.isEmpty)
    #expect(GuestDraft(email: .phone("+351912345678")).faults.map(\.pointer) == ["/email"])
  }

  @Test func `a guest's endpoint wants the pass and nothing else`() {
    let now = Timestamp.example
    let buyer = Principal(account: .example, session: .example)
    #expect(Access.guest.refusal(for: nil, .plain, now: now) == .unauthenticated)
    #expect(Access.guest.refusal(for: buyer, .plain, now: now) == .unauthenticated)
    #expect(Access.guest.refusal(for: nil, guest: .example, .plain, now: now) == nil)
    #expect(Access.signedIn.refusal(for: nil, guest: .example, .plain, now: now) == .unauthenticated)
    #expect(!Access.guest.needsAccount)
  }
}
