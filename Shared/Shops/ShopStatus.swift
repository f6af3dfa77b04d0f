// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a shop stands.
public enum ShopStatus: String, WireEnum {
  /// Its owner is still setting it up.
  case draft
  /// Waits for a moderator.
  case submitted
  case approved
  /// Sent back with a reason; its owner may submit it again.
  case rejected
  case suspended
  /// Nothing was done in it for long: it is left out of lists until something is.
  case dormant
}

extension ShopStatus {
  /// Whether lists, searches and counts have the shop and what it sells.
  public var isListed: Bool { self == .approved }
  /// Whether anybody who has the address sees it.
  public var isShown: Bool { self == .approved || self == .dormant }
}

/// What moves a shop.
public enum ShopMove: String, Sendable, CaseIterable {
  case submit, withdraw, approve, reject, suspend, reinstate
  case fallDormant = "fall_dormant"
  case wake
}

/// One line of the table.
public struct ShopTransition: Sendable, Hashable {
  public var from: ShopStatus
  public var move: ShopMove
  public var by: Mover
  public var to: ShopStatus
}

extension ShopStatus {
  /// Everything that moves a shop. What is not here does not happen.
  public static let transitions: [ShopTransition] = [
    ShopTransition(from: .draft, move: .submit, by: .seller, to: .submitted),
    ShopTransition(from: .rejected, move: .submit, by: .seller, to: .submitted),
    ShopTransition(from: .submitted, move: .withdraw, by: .seller, to: .draft),
    ShopTransition(from: .submitted, move: .approve, by: .moderator, to: .approved),
    ShopTransition(from: .submitted, move: .reject, by: .moderator, to: .rejected),
    ShopTransition(from: .approved, move: .suspend, by: .moderator, to: .suspended),
    ShopTransition(from: .dormant, move: .suspend, by: .moderator, to: .suspended),
    ShopTransition(from: .suspended, move: .reinstate, by: .moderator, to: .approved),
    ShopTransition(from: .approved, move: .fallDormant, by: .market, to: .dormant),
    ShopTransition(from: .dormant, move: .wake, by: .market, to: .approved),
  ]

  /// Where the move leads, or that it is ruled out.
  public func after(_ move: ShopMove, by mover: Mover) throws(WrongState) -> ShopStatus {
    let line = ShopStatus.transitions.first { $0.from == self && $0.move == move && $0.by == mover }
    guard let line else { throw WrongState() }
    return line.to
  }
}

/// How a shop stands, for its members and for moderators.
public struct ShopStanding: Codable, Sendable, Equatable {
  public var shop: ShopReference
  public var status: ShopStatus
  /// Why it was rejected or suspended.
  public var reason: String?
  public var trust: ShopTrust
  public var version: Int

  public init(shop: ShopReference, status: ShopStatus, reason: String? = nil, trust: ShopTrust, version: Int) {
    self.shop = shop
    self.status = status
    self.reason = reason
    self.trust = trust
    self.version = version
  }

  static let example = ShopStanding(shop: .example, status: .submitted, trust: .new, version: 2)
  static let suspendedExample = ShopStanding(
    shop: .example, status: .suspended, reason: "Three buyers received nothing. Write to us.", trust: .new, version: 4)
}
