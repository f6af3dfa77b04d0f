// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Terminal

extension CommandRunner {
  // MARK: Reading

  func listItems() async throws {
    _ = try requireSession()
    let query = ModerationQuery(
      kind: invocation.values["kind"].flatMap(ModerationKind.init(rawValue:)),
      state: invocation.values["state"].flatMap(ModerationState.init(rawValue:)),
      late: invocation.isOn("late") ? true : nil, shop: invocation.values["shop"], limit: try number("limit"),
      cursor: invocation.values["cursor"])
    try check(query)
    let answer = try await read(Moderation.list, query, mode: .reload)
    if out.isJSON { return out.bytes(answer.bytes) }
    if answer.value.items.isEmpty { out.note("Nothing waits.") }
    let now = HTTPDate.now
    out.table(
      TextTable(
        [
          .init("WHAT"), .init("TITLE", isFlexible: true), .init("SHOP", isFlexible: true), .init("TRUST"),
          .init("WAITS"), .init("CLAIMED BY"), .init("ID"),
        ],
        rows: answer.value.items.map { item in
          [
            item.kind.rawValue, item.title, item.shop.name, item.trust.rawValue, ReviewWords.waiting(item, now).text,
            ReviewWords.claim(item, now).text, item.id.text,
          ]
        }))
    noteMore(answer.value.nextCursor)
  }

  func showItem() async throws {
    let answer = try await readItem(try itemID(invocation.operands[0]))
    if out.isJSON { return out.bytes(answer.bytes) }
    var screen = ReviewScreen(answer.value.item, queue: [])
    var context = Context()
    context.now = HTTPDate.now
    let slot = "review-\(answer.value.item.id)"
    let content = LoadResult.content(.moderationCase(answer.value), .live)
    _ = screen.receive(.loaded(slot: slot, .moderationCase(answer.value.item.id), content), context)
    for line in screen.lines(width: min(out.width ?? 100, 100), context) { out.line(line.map(\.text).joined()) }
  }

  private func readItem(_ id: ModerationItem.ID) async throws -> MarketAnswer<ModerationCase> {
    _ = try requireSession()
    return try await desk.client.call(Moderation.show, ModerationPath(item: id), mode: .reload)
  }

  private func itemID(_ text: String) throws(CommandFailure) -> ModerationItem.ID {
    guard let id = ModerationItem.ID(text) else {
      throw .usage("\(text) is no item's id. souk moderation list shows them.")
    }
    return id
  }

  // MARK: Deciding

  func claimItems(_ endpoint: Endpoint<ModerationPath, ModerationItem>, _ deed: String) async throws {
    for text in invocation.operands {
      let item = try await readItem(try itemID(text)).value.item
      let path = ModerationPath(item: item.id)
      let answer = try await desk.client.call(endpoint, path, CallOptions(version: item.version))
      if out.isJSON { out.bytes(answer.bytes) } else { out.say("\(deed)  \(item.title)") }
    }
  }

  func approveItems() async throws {
    let seen = try await invocation.operands.asyncMap { text in
      let item = try await readItem(try itemID(text)).value.item
      return (item, SeenItem(item: item.id, version: item.version))
    }
    let answer = try await desk.client.call(Moderation.approveAll, BulkApproval(items: seen.map(\.1)))
    if out.isJSON { out.bytes(answer.bytes) }
    var failure: CommandFailure?
    for decision in answer.value.items {
      let title = seen.first { $0.0.id == decision.item }?.0.title ?? decision.item.text
      if let problem = decision.problem {
        let words = ProblemCode(rawValue: problem)?.text(in: .english).detail ?? problem
        failure = .other("not approved: \(title): \(words)")
        out.note("not approved: \(title): \(words)")
      } else if !out.isJSON {
        out.say("approved  \(title)")
      }
    }
    if failure != nil { throw CommandFailure.other("Not everything could be approved.") }
  }

  func rejectItems() async throws {
    guard let reason = invocation.values["reason"] else {
      let offered = RejectionReason.offered(for: .product).map { "\n  \($0.text)" }.joined()
      throw CommandFailure.usage("souk moderation reject wants --reason, such as\(offered)")
    }
    for text in invocation.operands {
      let item = try await readItem(try itemID(text)).value.item
      let rejection = Rejection(item: item.id, reason: reason)
      try check(rejection)
      let answer = try await desk.client.call(Moderation.reject, rejection, CallOptions(version: item.version))
      if out.isJSON { out.bytes(answer.bytes) } else { out.say("sent back  \(item.title)") }
    }
  }

  // MARK: Shops

  func suspendShop() async throws {
    guard let reason = invocation.values["reason"] else {
      throw CommandFailure.usage("souk moderation suspend wants --reason.")
    }
    let suspension = Suspension(shop: invocation.operands[0], reason: reason)
    try check(suspension)
    try await changeShop(Moderation.suspend, suspension)
  }

  func reinstateShop() async throws {
    try await changeShop(Moderation.reinstate, ModeratedShop(shop: invocation.operands[0]))
  }

  func trustShop() async throws {
    let slug = invocation.operands[0]
    guard let trust = invocation.values["set"].flatMap(ShopTrust.init(rawValue:)) else {
      return tell(try await readShop(slug))
    }
    try await changeShop(Moderation.setTrust, TrustChange(shop: slug, trust: trust))
  }

  private func readShop(_ slug: String) async throws -> MarketAnswer<ShopStanding> {
    _ = try requireSession()
    let shop = ModeratedShop(shop: slug)
    if !shop.faults.isEmpty { throw CommandFailure.usage("\(slug) is no shop's address such as salt-and-silver.") }
    return try await desk.client.call(Moderation.shop, shop, mode: .reload)
  }

  private func changeShop<Input>(_ endpoint: Endpoint<Input, ShopStanding>, _ input: Input) async throws {
    let version = try await readShop(invocation.operands[0]).value.version
    tell(try await desk.client.call(endpoint, input, CallOptions(version: version)))
  }

  func tell(_ answer: MarketAnswer<ShopStanding>) {
    if out.isJSON { return out.bytes(answer.bytes) }
    let standing = answer.value
    out.line(
      "\(SafeText.sanitised(standing.shop.name))   \(Words.status(standing.status).text)   \(standing.trust.rawValue)")
    if let reason = standing.reason { out.line(SafeText.sanitised(reason)) }
  }
}

extension Array {
  /// One after the other.
  fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async throws -> [Result] {
    var results: [Result] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
