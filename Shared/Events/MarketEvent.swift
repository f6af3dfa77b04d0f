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
  case shopSubmitted = "shop.submitted"
  case shopWithdrawn = "shop.withdrawn"
  case shopApproved = "shop.approved"
  case shopRejected = "shop.rejected"
  case shopSuspended = "shop.suspended"
  case shopReinstated = "shop.reinstated"
  case shopFellDormant = "shop.fell_dormant"
  case shopWoke = "shop.woke"
  case productCreated = "product.created"
  case productChanged = "product.changed"
  case productArchived = "product.archived"
  case productRestored = "product.restored"
  case productApproved = "product.approved"
  case productRejected = "product.rejected"
  /// New words of a product wait for a moderator.
  case changeProposed = "change.proposed"
  case changeWithdrawn = "change.withdrawn"
  case changeApproved = "change.approved"
  case changeRejected = "change.rejected"
}

/// A place in the feed: the epoch, the transaction that wrote the event, then its number. Transactions that were still
/// open when others became visible have later places, so that nobody who reads on misses one. An epoch is one life of
/// the market's database: restored from a copy it begins a new feed, and places of the old one are refused.
public struct EventID: Sendable, Hashable, CustomStringConvertible {
  public var epoch: String
  public var transaction: Int64
  public var number: Int64

  public init(epoch: String, transaction: Int64, number: Int64) {
    self.epoch = epoch
    self.transaction = transaction
    self.number = number
  }

  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, EventID.isEpoch(parts[0]), let transaction = EventID.number(parts[1]),
      let number = EventID.number(parts[2])
    else { return nil }
    self.init(epoch: String(parts[0]), transaction: transaction, number: number)
  }

  /// Before everything, in whichever epoch it is asked for.
  public static let start = EventID(epoch: "0", transaction: 0, number: 0)
  public var description: String { "\(epoch)-\(transaction)-\(number)" }

  /// Whether a feed of that epoch can be read on from here.
  public func belongs(to epoch: String) -> Bool { self.epoch == epoch || self == .start }

  private static func isEpoch(_ text: Substring) -> Bool {
    (1...16).contains(text.utf8.count) && text.utf8.allSatisfy { isDigit($0) || (0x61...0x7a).contains($0) }
  }

  private static func number(_ text: Substring) -> Int64? {
    guard text.utf8.allSatisfy(isDigit), text.utf8.count <= 18 else { return nil }
    return Int64(text)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// The place is of another life of the market's database, or of no feed of this market at all.
public struct PositionGone: Refusal, Equatable {
  public var problem: ProblemCode { .positionGone }
  public init() {}
}

extension EventID: WireValue {
  public static var schema: Schema { .string(.init(pattern: "^[0-9a-z]{1,16}-[0-9]{1,18}-[0-9]{1,18}$")) }
  public static var example: EventID { EventID(epoch: "5c0e8a91f2", transaction: 1042, number: 7) }

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
