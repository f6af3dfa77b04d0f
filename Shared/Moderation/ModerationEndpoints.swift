// SPDX-License-Identifier: GPL-3.0-or-later

/// What moderators do.
public enum Moderation {
  public static let list = Endpoint<ModerationQuery, Page<ModerationItem>>(
    "moderation.list", .get, "/moderation/items", for: .admin(.moderation),
    "What waits for a moderator, the longest waiting first",
    traits: Traits(caching: .personal), refusals: [.invalidCursor],
    example: Example(ModerationQuery(kind: .change, limit: 10), gives: Page(items: [.example])))

  public static let counts = Endpoint<Nothing, Page<ModerationCount>>(
    "moderation.counts", .get, "/moderation/counts", for: .admin(.moderation), "How much waits, and since when",
    traits: Traits(caching: .personal),
    example: Example(
      Nothing(), gives: Page(items: [ModerationCount(kind: .product, open: 12, late: 1, oldestAt: .example)])))

  public static let show = Endpoint<ModerationPath, ModerationCase>(
    "moderation.show", .get, "/moderation/items/{item}", for: .admin(.moderation),
    "An item with everything it takes to decide it",
    traits: Traits(caching: .personal), refusals: [.notFound],
    example: Example(ModerationPath(item: .example), gives: .example))

  public static let claim = Endpoint<ModerationPath, ModerationItem>(
    "moderation.claim", .post, "/moderation/items/{item}/claim", for: .admin(.moderation),
    "Work on an item for fifteen minutes, or for fifteen more", traits: move(body: .none),
    refusals: [.notFound, .decidedAlready, .claimedByAnother],
    example: Example(ModerationPath(item: .example), gives: .claimedExample))

  public static let release = Endpoint<ModerationPath, ModerationItem>(
    "moderation.release", .post, "/moderation/items/{item}/release", for: .admin(.moderation),
    "Leave an item to others", traits: move(body: .none),
    refusals: [.notFound, .decidedAlready, .claimedByAnother],
    example: Example(ModerationPath(item: .example), gives: .example))

  public static let approve = Endpoint<ModerationPath, ModerationDecision>(
    "moderation.approve", .post, "/moderation/items/{item}/approve", for: .admin(.moderation),
    "Approve an item that was read in this version", traits: move(body: .none),
    refusals: [.notFound, .decidedAlready, .claimedByAnother],
    example: Example(
      ModerationPath(item: .example), gives: ModerationDecision(item: .example, outcome: .approved)))

  public static let reject = Endpoint<Rejection, ModerationDecision>(
    "moderation.reject", .post, "/moderation/items/{item}/reject", for: .admin(.moderation),
    "Send an item back with a reason, as it was read in this version", traits: move(body: .json),
    refusals: [.notFound, .decidedAlready, .claimedByAnother],
    example: Example(
      Rejection(item: .example, reason: "Please choose the category where buyers would look for it."),
      gives: ModerationDecision(
        item: .example, outcome: .rejected, reason: "Please choose the category where buyers would look for it.")))

  public static let approveAll = Endpoint<BulkApproval, Page<BulkDecision>>(
    "moderation.approve_all", .post, "/moderation/approvals", for: .admin(.moderation),
    "Approve many items, each in the version it was read in; says which could not be",
    traits: Traits(idempotency: .accepted, limit: .write),
    example: Example(
      BulkApproval(items: [SeenItem(item: .example, version: 1)]), gives: Page(items: [BulkDecision(item: .example)])))

  public static let shop = Endpoint<ModeratedShop, ShopStanding>(
    "moderation.shop", .get, "/moderation/shops/{shop}", for: .admin(.moderation), "How a shop stands",
    traits: Traits(caching: .personal), refusals: [.notFound],
    example: Example(ModeratedShop(shop: "salt-and-silver"), gives: .example))

  public static let suspend = Endpoint<Suspension, ShopStanding>(
    "moderation.suspend", .post, "/moderation/shops/{shop}/suspend", for: .admin(.moderation),
    "Take a shop and everything it sells out of sight, with a reason", traits: move(body: .json, .sensitive),
    refusals: [.notFound, .wrongState],
    example: Example(
      Suspension(shop: "salt-and-silver", reason: "Three buyers received nothing. Write to us."),
      gives: .suspendedExample))

  public static let reinstate = Endpoint<ModeratedShop, ShopStanding>(
    "moderation.reinstate", .post, "/moderation/shops/{shop}/reinstate", for: .admin(.moderation),
    "Bring a suspended shop back", traits: move(body: .none, .sensitive), refusals: [.notFound, .wrongState],
    example: Example(
      ModeratedShop(shop: "salt-and-silver"),
      gives: ShopStanding(shop: .example, status: .approved, trust: .new, version: 5)))

  public static let setTrust = Endpoint<TrustChange, ShopStanding>(
    "moderation.set_trust", .put, "/moderation/shops/{shop}/trust", for: .admin(.moderation),
    "Say how far a shop is trusted", traits: move(body: .json, .sensitive), refusals: [.notFound],
    example: Example(
      TrustChange(shop: "salt-and-silver", trust: .trusted),
      gives: ShopStanding(shop: .example, status: .approved, trust: .trusted, version: 3)))

  private static func move(body: BodyKind, _ sensitivity: Sensitivity = .plain) -> Traits {
    Traits(requiresMatch: true, idempotency: .accepted, limit: .write, body: body, sensitivity: sensitivity)
  }
}

public struct ModerationQuery: Codable, Sendable, Equatable, Ruled {
  public var kind: ModerationKind?
  public var state: ModerationState?
  /// Only what is past its time.
  public var late: Bool?
  public var shop: String?
  public var limit: Int?
  public var cursor: String?

  public init(
    kind: ModerationKind? = nil, state: ModerationState? = nil, late: Bool? = nil, shop: String? = nil,
    limit: Int? = nil, cursor: String? = nil
  ) {
    self.kind = kind
    self.state = state
    self.late = late
    self.shop = shop
    self.limit = limit
    self.cursor = cursor
  }

  public static let rules: [Rule<ModerationQuery>] = [
    .text("shop", \.shop, 3...40, .slug), .number("limit", \.limit, PageLimit.allowed),
    .text("cursor", \.cursor, 1...512, .code),
  ]
}

/// Whether somebody works on an item.
public enum ModerationState: String, WireEnum { case free, mine }

public struct ModerationPath: Codable, Sendable, Equatable {
  public var item: ModerationItem.ID
  public init(item: ModerationItem.ID) { self.item = item }
}

public struct Rejection: Codable, Sendable, Equatable, Ruled {
  public var item: ModerationItem.ID
  /// What the seller reads.
  public var reason: String

  public init(item: ModerationItem.ID, reason: String) {
    self.item = item
    self.reason = reason
  }

  public static let rules: [Rule<Rejection>] = [.text("reason", \.reason, 5...500, .prose)]
}

public struct BulkApproval: Codable, Sendable, Equatable, Ruled {
  public static let itemsMax = 50
  public var items: [SeenItem]
  public init(items: [SeenItem]) { self.items = items }
  public static let rules: [Rule<BulkApproval>] = [.count("items", \.items, 1...itemsMax)]
}

/// An item in the version that somebody saw.
public struct SeenItem: Codable, Sendable, Equatable {
  public var item: ModerationItem.ID
  public var version: Int

  public init(item: ModerationItem.ID, version: Int) {
    self.item = item
    self.version = version
  }
}

public struct ModeratedShop: Codable, Sendable, Equatable, Ruled {
  public var shop: String
  public init(shop: String) { self.shop = shop }
  public static let rules: [Rule<ModeratedShop>] = [.text("shop", \.shop, 3...40, .slug)]
}

public struct Suspension: Codable, Sendable, Equatable, Ruled {
  public var shop: String
  /// What its members read.
  public var reason: String

  public init(shop: String, reason: String) {
    self.shop = shop
    self.reason = reason
  }

  public static let rules: [Rule<Suspension>] = [
    .text("shop", \.shop, 3...40, .slug), .text("reason", \.reason, 5...500, .prose),
  ]
}

public struct TrustChange: Codable, Sendable, Equatable, Ruled {
  public var shop: String
  public var trust: ShopTrust

  public init(shop: String, trust: ShopTrust) {
    self.shop = shop
    self.trust = trust
  }

  public static let rules: [Rule<TrustChange>] = [.text("shop", \.shop, 3...40, .slug)]
}
