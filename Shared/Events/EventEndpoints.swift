// SPDX-License-Identifier: GPL-3.0-or-later

/// The feed of what happens in the caller's shops.
public enum Events {
  public static let feed = Endpoint<EventQuery, Page<MarketEvent>>(
    "events.feed", .get, "/events", for: .signedIn,
    "What happened in your shops: a page, or a live stream for callers that accept text/event-stream",
    traits: Traits(caching: .personal, answer: .eventsOrPage, keys: .eventsRead), refusals: [.positionGone],
    example: Example(EventQuery(since: .start, limit: 10), gives: Page(items: [.example])))
}

public struct EventQuery: Codable, Sendable, Equatable, Ruled {
  /// Only what came after this event.
  public var since: EventID?
  public var limit: Int?
  public init(since: EventID? = nil, limit: Int? = nil) {
    self.since = since
    self.limit = limit
  }
  public static let rules: [Rule<EventQuery>] = [.number("limit", \.limit, PageLimit.allowed)]
}
