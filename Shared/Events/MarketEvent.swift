// SPDX-License-Identifier: GPL-3.0-or-later

/// Something that happened and concerns the caller.
public struct MarketEvent: Codable, Sendable, Equatable {
  /// Where the event stands in the feed: give it back to go on after it.
  public var id: EventID
  public var kind: EventKind
  public var shop: ShopReference
  public var product: Product.ID?
  public var at: Timestamp

  public init(id: EventID, kind: EventKind, shop: ShopReference, product: Product.ID?, at: Timestamp) {
    self.id = id
    self.kind = kind
    self.shop = shop
    self.product = product
    self.at = at
  }

  static let example = MarketEvent(
    id: .example, kind: .productChanged, shop: .example, product: .example, at: .example)
}

public enum EventKind: String, WireEnum {
  case shopOpened = "shop.opened"
  case shopChanged = "shop.changed"
  case productCreated = "product.created"
  case productChanged = "product.changed"
  case productArchived = "product.archived"
  case productRestored = "product.restored"
}

/// A place in the feed: the transaction that wrote the event, then its number. Transactions that were still open
/// when others became visible have later places, so that nobody who reads on misses one.
public struct EventID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var transaction: Int64
  public var number: Int64

  public init(transaction: Int64, number: Int64) {
    self.transaction = transaction
    self.number = number
  }

  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let transaction = EventID.number(parts[0]), let number = EventID.number(parts[1]) else {
      return nil
    }
    self.init(transaction: transaction, number: number)
  }

  public static let start = EventID(transaction: 0, number: 0)
  public var description: String { "\(transaction)-\(number)" }

  public static func < (a: EventID, b: EventID) -> Bool {
    (a.transaction, a.number) < (b.transaction, b.number)
  }

  private static func number(_ text: Substring) -> Int64? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.utf8.count <= 18 else { return nil }
    return Int64(text)
  }
}

extension EventID: WireValue {
  public static var schema: Schema { .string(.init(pattern: "^[0-9]{1,18}-[0-9]{1,18}$")) }
  public static var example: EventID { EventID(transaction: 1042, number: 7) }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let id = EventID(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "This is not an event id such as \(EventID.example).")
    }
    self = id
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
