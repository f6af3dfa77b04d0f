// SPDX-License-Identifier: GPL-3.0-or-later

/// A page of a list, with the cursor of the next one if there is more.
public struct Page<Item: Codable & Sendable>: Codable, Sendable {
  public var items: [Item]
  public var nextCursor: String?

  public init(items: [Item], nextCursor: String? = nil) {
    self.items = items
    self.nextCursor = nextCursor
  }
}

extension Page: Equatable where Item: Equatable {}

/// What every list accepts.
public enum PageLimit {
  public static let standard = 24
  public static let allowed = 1...100
}
