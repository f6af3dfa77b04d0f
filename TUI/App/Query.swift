// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market

/// Something a screen wants to know.
enum Query: Sendable, Equatable {
  case products(ProductQuery)
  case categories
  case product(Product.ID)
  case shops(ShopQuery)
  case shop(String)
  /// Everything a shop has, for its members.
  case stock(ShopProductQuery)
  case me
  case providers
  case sessions
  case twoFactor
  case profile
  case contacts
  case addresses
  case consents
  case consentTexts
  case keys
  case audit(AuditQuery)
  case standing(String)
  case proposal(Product.ID)
  case moderation(ModerationQuery)
  case moderationCounts
  case moderationCase(ModerationItem.ID)
  case wishlists
  case wishes(WishQuery)
  case views(ViewQuery)
  case comparison(ProductChoice)
}

/// What came of it.
enum Content: Sendable, Equatable {
  case products(Page<ProductCard>)
  case categories([Market.Category])
  case product(Product)
  case shops(Page<Shop>)
  case shop(Shop)
  case stock(Page<Product>)
  case me(Account)
  case providers([SignInProvider])
  case sessions([OpenSession])
  case twoFactor(TwoFactor)
  case profile(Profile)
  case contacts([OwnContact])
  case addresses([Address])
  case consents([Consent])
  case consentTexts([ConsentText])
  case keys([APIKey])
  case audit(Page<AuditEntry>)
  case standing(ShopStanding)
  case proposal(ProductProposal)
  case moderation(Page<ModerationItem>)
  case moderationCounts([ModerationCount])
  case moderationCase(ModerationCase)
  case wishlists([Wishlist])
  case wishes(Page<Wish>)
  case views(Page<SeenProduct>)
  case comparison(Comparison)
}

/// How far what a screen shows can be trusted.
enum Freshness: Sendable, Equatable {
  case live
  /// Seen at that time; a newer one is on its way.
  case stored(at: Int64)
  /// Seen at that time; the server is away.
  case offline(at: Int64)
}

/// What loading brings, one or two times.
enum LoadResult: Sendable, Equatable {
  case content(Content, Freshness)
  case failed(ClientFailure)
}

/// Something that can be done with any endpoint and its input.
protocol QueryReader {
  associatedtype Result
  func read<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, _ wrap: @escaping @Sendable (Output) -> Content
  ) -> Result
}

extension Query {
  /// The one place that says which endpoint answers what.
  func visit<Reader: QueryReader>(_ reader: Reader) -> Reader.Result {
    switch self {
    case .products(let query):
      reader.read(Catalogue.search, query) { .products(Page(items: $0.items, nextCursor: $0.nextCursor)) }
    case .categories: reader.read(Catalogue.categories, Nothing()) { .categories($0.items) }
    case .product(let id): reader.read(Catalogue.show, ProductAddress(product: id)) { .product($0) }
    case .shops(let query): reader.read(Shops.list, query) { .shops($0) }
    case .shop(let slug): reader.read(Shops.show, ShopAddress(slug: slug)) { .shop($0) }
    case .stock(let query): reader.read(Catalogue.ofShop, query) { .stock($0) }
    case .me: reader.read(Identity.me, Nothing()) { .me($0) }
    case .providers: reader.read(Identity.providers, Nothing()) { .providers($0.items) }
    case .sessions: reader.read(Identity.sessions, Nothing()) { .sessions($0.items) }
    case .twoFactor: reader.read(Identity.twoFactor, Nothing()) { .twoFactor($0) }
    case .profile: reader.read(Profiles.show, Nothing()) { .profile($0) }
    case .contacts: reader.read(Contacts.list, Nothing()) { .contacts($0.items) }
    case .addresses: reader.read(Addresses.list, Nothing()) { .addresses($0.items) }
    case .consents: reader.read(Consents.list, Nothing()) { .consents($0.items) }
    case .consentTexts:
      reader.read(Consents.texts, ConsentTextQuery(language: .english)) { .consentTexts($0.items) }
    case .keys: reader.read(Keys.list, Nothing()) { .keys($0.items) }
    case .audit(let query): reader.read(Admin.audit, query) { .audit($0) }
    case .standing(let slug): reader.read(Shops.standing, ShopAddress(slug: slug)) { .standing($0) }
    case .proposal(let id): reader.read(Catalogue.proposal, ProductAddress(product: id)) { .proposal($0) }
    case .moderation(let query): reader.read(Moderation.list, query) { .moderation($0) }
    case .moderationCounts: reader.read(Moderation.counts, Nothing()) { .moderationCounts($0.items) }
    case .moderationCase(let id): reader.read(Moderation.show, ModerationPath(item: id)) { .moderationCase($0) }
    case .wishlists: reader.read(Wishlists.list, Nothing()) { .wishlists($0.items) }
    case .wishes(let query): reader.read(Wishes.list, query) { .wishes($0) }
    case .views(let query): reader.read(Views.list, query) { .views($0) }
    case .comparison(let choice):
      reader.read(Catalogue.compare, ComparisonQuery(ids: choice)) { .comparison($0) }
    }
  }

  /// What was last seen, at once.
  func stored(_ sight: FirstSight) -> (content: Content, at: Int64)? { visit(StoredReader(sight: sight)) }

  /// Asks the server, with what is stored first; ends when the last answer is there.
  func load(
    _ client: MarketClient, _ sight: FirstSight, _ mode: CacheMode, _ take: @escaping @Sendable (LoadResult) -> Void
  ) async {
    await visit(LoadReader(client: client, sight: sight, mode: mode, take: take))()
  }
}

private struct StoredReader: QueryReader {
  let sight: FirstSight
  func read<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, _ wrap: @escaping @Sendable (Output) -> Content
  ) -> (content: Content, at: Int64)? {
    sight.last(endpoint, input).map { (wrap($0.value), $0.at) }
  }
}

private struct LoadReader: QueryReader {
  let client: MarketClient
  let sight: FirstSight
  let mode: CacheMode
  let take: @Sendable (LoadResult) -> Void

  func read<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, _ wrap: @escaping @Sendable (Output) -> Content
  ) -> @Sendable () async -> Void {
    { [self] in
      let stored = sight.last(endpoint, input)
      if let stored { take(.content(wrap(stored.value), .stored(at: stored.at))) }
      do throws(ClientFailure) {
        try await client.updates(endpoint, input, mode) { answer, now in
          let freshness: Freshness =
            switch answer.freshness {
            case .fresh: .live
            case .stale(let age, let isRefreshing): isRefreshing ? .stored(at: now - age) : .offline(at: now - age)
            case .offline(let age): .offline(at: now - age)
            }
          take(.content(wrap(answer.value), freshness))
        }
      } catch {
        if error == .cancelled { return }
        if error.isAway, let stored { return take(.content(wrap(stored.value), .offline(at: stored.at))) }
        take(.failed(error))
      }
    }
  }
}

extension MarketClient {
  /// The stored answer, if the rules let it be used, then the server's.
  func updates<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, _ mode: CacheMode,
    _ take: (MarketAnswer<Output>, _ now: Int64) -> Void
  ) async throws(ClientFailure) {
    try await withAccess { (token) async throws(ClientFailure) in
      do {
        let request = try WireRequest(endpoint, input).clientRequest(server: wire.server, token: token)
        for try await answer in wire.cached.updates(request, mode) {
          let response = answer.response
          guard response.isSuccess else { throw ClientFailure.refusal(response) }
          let value = try MarketClient.read(Output.self, from: response.body)
          let whole = MarketAnswer(
            value: value, bytes: response.body, freshness: answer.freshness, clock: ServerClock(response))
          take(whole, HTTPDate.now)
        }
      } catch { throw ClientFailure(error) }
    }
  }
}
