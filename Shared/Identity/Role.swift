// SPDX-License-Identifier: GPL-3.0-or-later

/// What a person may be. One account may be several.
public enum Role: String, WireEnum { case buyer, seller, logistics, admin }

/// What a member of a shop may do there: an owner everything, staff the daily work.
public enum ShopRole: String, WireEnum, Comparable {
  case staff, owner

  public static func < (a: ShopRole, b: ShopRole) -> Bool { a == .staff && b == .owner }
}

/// What an administrator may do.
public enum AdminScope: String, WireEnum { case moderation, finance, support, config }
