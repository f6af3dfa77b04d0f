// SPDX-License-Identifier: GPL-3.0-or-later

/// What moderators look at.
public enum ModerationKind: String, WireEnum {
  /// A shop that was submitted.
  case shop
  /// A product that is to be put on sale.
  case product
  /// New words for a product that is on sale.
  case change
}

/// Something that waits for a moderator. There is one for each shop that is submitted, each product in review and each
/// waiting proposal, and no other.
public struct ModerationItem: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<ModerationItem>
  public static let idPrefix = "mod"

  public var id: ID
  public var kind: ModerationKind
  /// The name of the shop, or the title of the product.
  public var title: String
  public var shop: ShopReference
  public var shopStatus: ShopStatus
  public var trust: ShopTrust
  public var product: Product.ID?
  public var openedAt: Timestamp
  /// When it should be decided at the latest.
  public var dueAt: Timestamp
  public var claim: ModerationClaim?
  /// Rises whenever the seller changes what is to be decided.
  public var version: Int

  public init(
    id: ID, kind: ModerationKind, title: String, shop: ShopReference, shopStatus: ShopStatus, trust: ShopTrust,
    product: Product.ID?, openedAt: Timestamp, dueAt: Timestamp, claim: ModerationClaim?, version: Int
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.shop = shop
    self.shopStatus = shopStatus
    self.trust = trust
    self.product = product
    self.openedAt = openedAt
    self.dueAt = dueAt
    self.claim = claim
    self.version = version
  }

  static let example = ModerationItem(
    id: .example, kind: .change, title: "Wave bracelet", shop: .example, shopStatus: .approved, trust: .new,
    product: .example, openedAt: .example, dueAt: Timestamp.example.adding(seconds: 86_400), claim: nil, version: 1)
  static var claimedExample: ModerationItem {
    var item = example
    item.claim = ModerationClaim(
      by: .example, name: "Mara Lindqvist", until: Timestamp.example.adding(seconds: ModerationClaim.seconds),
      isMine: true)
    return item
  }
}

/// That a moderator works on an item; nobody else decides it meanwhile.
public struct ModerationClaim: Codable, Sendable, Equatable {
  /// How long a claim holds.
  public static let seconds: Int64 = 15 * 60

  public var by: Account.ID
  public var name: String
  public var until: Timestamp
  public var isMine: Bool

  public init(by: Account.ID, name: String, until: Timestamp, isMine: Bool) {
    self.by = by
    self.name = name
    self.until = until
    self.isMine = isMine
  }
}

/// An item with everything it takes to decide it.
public struct ModerationCase: Codable, Sendable, Equatable {
  public var item: ModerationItem
  public var shop: Shop
  /// The product as it is; of a change, as buyers see it now.
  public var product: Product?
  /// What a change would make of it.
  public var changes: [ProposedChange]

  public init(item: ModerationItem, shop: Shop, product: Product?, changes: [ProposedChange]) {
    self.item = item
    self.shop = shop
    self.product = product
    self.changes = changes
  }

  static let example = ModerationCase(item: .example, shop: .example, product: .example, changes: [.example])
}

/// What became of an item.
public struct ModerationDecision: Codable, Sendable, Equatable {
  public var item: ModerationItem.ID
  public var outcome: ModerationOutcome
  public var reason: String?

  public init(item: ModerationItem.ID, outcome: ModerationOutcome, reason: String? = nil) {
    self.item = item
    self.outcome = outcome
    self.reason = reason
  }
}

public enum ModerationOutcome: String, WireEnum { case approved, rejected }

/// What became of one of many.
public struct BulkDecision: Codable, Sendable, Equatable {
  public var item: ModerationItem.ID
  /// The code of the problem that kept it from being approved.
  public var problem: String?

  public init(item: ModerationItem.ID, problem: String? = nil) {
    self.item = item
    self.problem = problem
  }
}

/// How much waits.
public struct ModerationCount: Codable, Sendable, Equatable {
  public var kind: ModerationKind
  public var open: Int
  /// How many of them are past their time.
  public var late: Int
  public var oldestAt: Timestamp?

  public init(kind: ModerationKind, open: Int, late: Int, oldestAt: Timestamp?) {
    self.kind = kind
    self.open = open
    self.late = late
    self.oldestAt = oldestAt
  }
}

/// A decision that came too late, or while somebody else works on it.
public enum ModerationRefusal: Refusal, Equatable {
  case decidedAlready
  case claimedByAnother
  /// The seller has changed it since it was read.
  case outdated

  public var problem: ProblemCode {
    switch self {
    case .decidedAlready: .decidedAlready
    case .claimedByAnother: .claimedByAnother
    case .outdated: .versionMismatch
    }
  }

  public var detail: String? {
    self == .outdated ? "The seller has changed it since you read it. Read it again, then decide." : nil
  }
}
