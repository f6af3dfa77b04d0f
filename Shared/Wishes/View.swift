// SPDX-License-Identifier: GPL-3.0-or-later

/// A product that somebody has looked at.
public struct ProductView: Codable, Sendable, Equatable {
  public var product: Product.ID
  /// By the clock of the device.
  public var seenAt: Timestamp

  public init(product: Product.ID, seenAt: Timestamp) {
    self.product = product
    self.seenAt = seenAt
  }

  /// How many an account keeps, the newest.
  public static let countMax = 200

  /// Each product once, when it was seen last; what lies in the future was seen now.
  public static func newest(of views: [ProductView], now: Timestamp) -> [ProductView] {
    var latest: [Product.ID: Timestamp] = [:]
    for view in views { latest[view.product] = max(latest[view.product] ?? view.seenAt, min(view.seenAt, now)) }
    return latest.map { ProductView(product: $0.key, seenAt: min($0.value, now)) }
      .sorted { ($1.seenAt, $1.product.text) < ($0.seenAt, $0.product.text) }
  }
}

/// What a device has shown since it last said so.
public struct ViewReport: Codable, Sendable, Equatable, Ruled {
  public var views: [ProductView]
  public init(views: [ProductView]) { self.views = views }

  public static let countAllowed = 1...100
  public static let rules: [Rule<ViewReport>] = [.count("views", \.views, countAllowed)]
}

/// What became of a report.
public struct ViewsKept: Codable, Sendable, Equatable {
  /// False while the account has not agreed to suggestions from what it looks at: then nothing is kept.
  public var isAgreed: Bool
  /// How many are kept now.
  public var kept: Int

  public init(isAgreed: Bool, kept: Int) {
    self.isAgreed = isAgreed
    self.kept = kept
  }
}

/// A product that was looked at, as it is now.
public struct SeenProduct: Codable, Sendable, Equatable {
  public var seenAt: Timestamp
  public var card: ProductCard

  public init(seenAt: Timestamp, card: ProductCard) {
    self.seenAt = seenAt
    self.card = card
  }
}

public struct ViewQuery: Codable, Sendable, Equatable, Ruled {
  public var limit: Int?
  public var cursor: String?

  public init(limit: Int? = nil, cursor: String? = nil) {
    self.limit = limit
    self.cursor = cursor
  }

  public static let rules: [Rule<ViewQuery>] = [
    .number("limit", \.limit, PageLimit.allowed), .text("cursor", \.cursor, 1...512, .code),
  ]
}

/// What the signed-in account has looked at.
public enum Views {
  public static let list = Endpoint<ViewQuery, Page<SeenProduct>>(
    "views.list", .get, "/me/views", for: .signedIn, "What you looked at, the latest first",
    traits: Traits(caching: .personal), refusals: [.invalidCursor],
    example: Example(ViewQuery(limit: 2), gives: Page(items: [SeenProduct(seenAt: .example, card: .example)])))

  public static let report = Endpoint<ViewReport, ViewsKept>(
    "views.report", .post, "/me/views", for: .signedIn,
    "Report what was looked at; it is kept only if you have agreed to that",
    traits: Traits(idempotency: .accepted, limit: .write),
    example: Example(
      ViewReport(views: [ProductView(product: .example, seenAt: .example)]), gives: ViewsKept(isAgreed: true, kept: 1)))

  public static let clear = Endpoint<Nothing, Nothing>(
    "views.clear", .post, "/me/views/clear", for: .signedIn, "Forget everything that you looked at",
    traits: Traits(status: 204, idempotency: .accepted, limit: .write, body: .none),
    example: Example(Nothing(), gives: Nothing()))
}
