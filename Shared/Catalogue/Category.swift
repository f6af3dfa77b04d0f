// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in the tree of categories; its path names its parents.
public struct Category: Codable, Sendable, Equatable {
  public var path: String
  public var name: String
  /// How many products are for sale in it and below it.
  public var productCount: Int

  public init(path: String, name: String, productCount: Int) {
    self.path = path
    self.name = name
    self.productCount = productCount
  }
}
