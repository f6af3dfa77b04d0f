// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Postgres
import Synchronization
import Testing

@testable import soukd

extension TestMarket {
  /// A shop that nobody has looked at yet, of the seller.
  func openNewShop(_ slug: String = "new-shop") async throws -> Shop {
    let draft = ShopDraft(
      slug: slug, name: "New Shop", tagline: "", story: "A story.", city: "Porto", country: .example, currency: .eur)
    return try await call(Shops.open, draft, as: seller)
  }

  /// From now on what the seller's shop says is looked at first.
  func distrust() async throws {
    try await database.execute("update shops set trust = 'new' where slug = \(Self.shop)")
  }

  func items(as account: Account.ID? = nil) async throws -> [ModerationItem] {
    try await moderate(Moderation.list, ModerationQuery(limit: 100), as: account).items
  }

  /// Approves everything that waits.
  func decideAll() async throws {
    let seen = try await items().map { SeenItem(item: $0.id, version: $0.version) }
    if seen.isEmpty { return }
    let decisions = try await moderate(Moderation.approveAll, BulkApproval(items: seen)).items
    #expect(decisions.allSatisfy { $0.problem == nil })
  }

  /// More moderators, for races.
  func addModerators(_ count: Int) async throws -> [Account.ID] {
    var accounts: [Account.ID] = []
    for number in 0..<count {
      let id = Account.ID.random()
      try await database.execute(
        "insert into accounts (id, name, roles) values (\(id.text), \("Moderator \(number)"), \(["buyer"]))")
      accounts.append(id)
    }
    return accounts
  }

  /// What the newest job to tell a seller would send.
  func sellerMail() async throws -> Sent {
    let payload = try #require(
      try await database.first(
        "delete from jobs where id = (select max(id) from jobs where kind = \(TellSeller.kind)) returning payload"
      ) { row in try row.next(String.self) })
    let sent = Mutex(Sent())
    let post = Post(
      sendMail: { message in
        sent.withLock { $0 = Sent(to: message.to[0].address, subject: message.subject, text: message.text) }
      },
      sendText: { _, _ in }, from: MailMessage.Mailbox("souk@example.org"))
    let job = try JSONDecoder().decode(TellSeller.self, from: Array(payload.utf8))
    try await job.run(database, post, identity.accounts)
    return sent.withLock { $0 }
  }
}
