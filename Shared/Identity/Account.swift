// SPDX-License-Identifier: GPL-3.0-or-later

/// A person with an account.
public struct Account: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<Account>
  public static let idPrefix = "usr"

  public var id: ID
  public var name: String
  public var roles: [Role]
  /// What an administrator may do; empty for everybody else.
  public var adminScopes: [AdminScope]
  /// The shops that the person works in.
  public var shops: [ShopReference]

  public init(id: ID, name: String, roles: [Role], adminScopes: [AdminScope] = [], shops: [ShopReference]) {
    self.id = id
    self.name = name
    self.roles = roles
    self.adminScopes = adminScopes
    self.shops = shops
  }

  static let example = Account(
    id: ID.example, name: "Inês Duarte", roles: [.buyer, .seller], shops: [ShopReference.example])
}
