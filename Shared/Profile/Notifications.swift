// SPDX-License-Identifier: GPL-3.0-or-later

/// What the market tells people of. What keeps an account safe is not among it: that is always told.
public enum NotificationKind: String, WireEnum {
  /// How one's own orders go on.
  case orders
  /// Orders of one's shops.
  case sales
  case messages
  case reviews
  /// What runs out in one's shops.
  case stock
  /// What one waits for is there again, or costs less.
  case wishlist
  /// What shops and the market advertise; sent with consent only.
  case news
}

/// By which way.
public enum NotificationChannel: String, WireEnum { case email, sms, inbox }

/// The ways by which somebody wants to hear of one kind of thing.
public struct Channels: Codable, Sendable, Equatable {
  public var email: Bool
  public var sms: Bool
  public var inbox: Bool

  public init(email: Bool, sms: Bool, inbox: Bool) {
    self.email = email
    self.sms = sms
    self.inbox = inbox
  }

  public func includes(_ channel: NotificationChannel) -> Bool {
    switch channel {
    case .email: email
    case .sms: sms
    case .inbox: inbox
    }
  }

  static let mailed = Channels(email: true, sms: false, inbox: true)
  static let inboxOnly = Channels(email: false, sms: false, inbox: true)
  static let silent = Channels(email: false, sms: false, inbox: false)
}

/// By which ways somebody wants to hear of what.
public struct NotificationPreferences: Codable, Sendable, Equatable {
  public var orders: Channels
  public var sales: Channels
  public var messages: Channels
  public var reviews: Channels
  public var stock: Channels
  public var wishlist: Channels
  public var news: Channels

  /// What holds for whoever has said nothing.
  public static let standard = NotificationPreferences(
    orders: .mailed, sales: .mailed, messages: .mailed, reviews: .inboxOnly, stock: .mailed, wishlist: .inboxOnly,
    news: .silent)

  public subscript(kind: NotificationKind) -> Channels {
    switch kind {
    case .orders: orders
    case .sales: sales
    case .messages: messages
    case .reviews: reviews
    case .stock: stock
    case .wishlist: wishlist
    case .news: news
    }
  }
}

/// Changes of the ways for one kind. Null means what holds for whoever has said nothing.
public struct ChannelsPatch: Codable, Sendable, Equatable {
  public var email: Patch<Bool>
  public var sms: Patch<Bool>
  public var inbox: Patch<Bool>

  public init(email: Patch<Bool> = .keep, sms: Patch<Bool> = .keep, inbox: Patch<Bool> = .keep) {
    self.email = email
    self.sms = sms
    self.inbox = inbox
  }

  public func applied(to old: Channels, standard: Channels) -> Channels {
    Channels(
      email: email.applied(to: old.email) ?? standard.email, sms: sms.applied(to: old.sms) ?? standard.sms,
      inbox: inbox.applied(to: old.inbox) ?? standard.inbox)
  }
}

/// Changes of preferences, as deep as they are: what is not named stays.
public struct NotificationsPatch: Codable, Sendable, Equatable {
  public var orders: Patch<ChannelsPatch>
  public var sales: Patch<ChannelsPatch>
  public var messages: Patch<ChannelsPatch>
  public var reviews: Patch<ChannelsPatch>
  public var stock: Patch<ChannelsPatch>
  public var wishlist: Patch<ChannelsPatch>
  public var news: Patch<ChannelsPatch>

  public init(
    orders: Patch<ChannelsPatch> = .keep, sales: Patch<ChannelsPatch> = .keep, messages: Patch<ChannelsPatch> = .keep,
    reviews: Patch<ChannelsPatch> = .keep, stock: Patch<ChannelsPatch> = .keep, wishlist: Patch<ChannelsPatch> = .keep,
    news: Patch<ChannelsPatch> = .keep
  ) {
    self.orders = orders
    self.sales = sales
    self.messages = messages
    self.reviews = reviews
    self.stock = stock
    self.wishlist = wishlist
    self.news = news
  }

  public func applied(to old: NotificationPreferences) -> NotificationPreferences {
    func merge(
      _ patch: Patch<ChannelsPatch>, _ path: KeyPath<NotificationPreferences, Channels>
    ) -> Channels {
      let standard = NotificationPreferences.standard[keyPath: path]
      switch patch {
      case .keep: return old[keyPath: path]
      case .clear: return standard
      case .set(let changes): return changes.applied(to: old[keyPath: path], standard: standard)
      }
    }
    return NotificationPreferences(
      orders: merge(orders, \.orders), sales: merge(sales, \.sales), messages: merge(messages, \.messages),
      reviews: merge(reviews, \.reviews), stock: merge(stock, \.stock), wishlist: merge(wishlist, \.wishlist),
      news: merge(news, \.news))
  }
}
