// SPDX-License-Identifier: GPL-3.0-or-later

/// A person with an account.
public struct Account: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<Account>
  public static let idPrefix = "usr"

  public var id: ID
  public var name: String
  public var roles: [Role]
  /// The shops that the person works in.
  public var shops: [ShopReference]

  public init(id: ID, name: String, roles: [Role], shops: [ShopReference]) {
    self.id = id
    self.name = name
    self.roles = roles
    self.shops = shops
  }

  static let example = Account(
    id: ID.example, name: "Inês Duarte", roles: [.buyer, .seller], shops: [ShopReference.example])
}

/// What a person may be. One account may be several.
public enum Role: String, WireEnum { case buyer, seller, admin }

/// The caller of a request, as the token says.
public struct Principal: Sendable, Hashable {
  public var account: Account.ID
  public init(account: Account.ID) { self.account = account }
}
