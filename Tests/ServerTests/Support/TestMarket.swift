// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import EventLoop
import Glibc
import HTTPClient
import HTTPServer
import Market
import Observability
import Postgres
import TestSupport
import Testing

@testable import soukd

/// A market of its own for one test: a database, two sellers with a shop each, a buyer, and the whole server but
/// for its sockets.
struct TestMarket: Sendable {
  let configuration: Configuration
  let database: Database
  let loops: LoopGroup
  let identity: IdentityParts
  let api: API
  let front: Front
  let importer: PhotoImporter
  let bell: EventBell
  /// Cannot be asked before a test builds it: until then the database answers, at once.
  let index: CatalogueIndex
  let seller: Account.ID
  let rival: Account.ID
  let buyer: Account.ID

  static let shop = "salt-and-silver"
  static let rivalShop = "other-things"

  /// A token of an account that is known to have a fresh proof of its second factor, for tests of other things.
  func token(_ account: Account.ID) -> String {
    token(
      Principal(
        account: account, session: OpenSession.ID(body: "0000000000000000"), isSeller: account != buyer,
        hasTwoFactor: true, provenAt: SystemClock.timestamp()))
  }

  func token(_ principal: Principal) -> String {
    guard let issued = try? identity.tokens.issue(for: principal) else { preconditionFailure("claims always encode") }
    return issued.token
  }
}

/// Runs a test in a market of its own, on a loop of the market.
func withMarket(
  loops count: Int = 2, now clock: @escaping @Sendable () -> Market.Timestamp = SystemClock.timestamp,
  _ configure: (inout Configuration) -> Void = { _ in },
  _ body: @escaping @Sendable (TestMarket) async throws -> Void
) async throws {
  var configuration = Configuration(dataDirectory: "/tmp/souk-test-\(getpid())-\(UInt32.random(in: 0 ... .max))")
  configuration.rateLimits.isOff = true
  configuration.isDemo = true
  configure(&configuration)
  let chosen = configuration
  defer { Postgres.Files.remove(tree: chosen.dataDirectory) }
  try soukd.Files.makeDirectory(chosen.uploadDirectory)
  try soukd.Files.makeDirectory(chosen.photoDirectory)
  var pool = PoolConfiguration()
  pool.connectionsMax = 8
  try await withTestDatabase(migrations: Migrations.all, loops: count, configuration: pool) { database, loops in
    let offload = OffloadPool(threadCount: 2)
    let drawing = DrawingProcess(chosen.drawing, loop: loops.loops[0])
    let importer = PhotoImporter(
      store: .configured(chosen, HTTPClient(loop: loops.loops[0]), offload), drawing: drawing, offload: offload)
    let bell = EventBell()
    let identity = try await IdentityParts.load(chosen, database, now: clock)
    let index = try CatalogueIndex(directory: chosen.searchDirectory, database: database, log: Logger(level: .error))
    let api = try await API.assembled(chosen, database, importer, bell, identity, index)
    let front = Front(
      api: api, pages: Pages.assembled(chosen, identity, api.limiter, HTTPClient(loop: loops.loops[0])),
      storefronts: try await .assembled(chosen, database, api.limiter),
      metrics: ServerMetrics(), log: Logger(level: .error), trustedProxies: chosen.trustedProxies)
    let market = TestMarket(
      configuration: chosen, database: database, loops: loops, identity: identity, api: api, front: front,
      importer: importer, bell: bell, index: index,
      seller: .random(), rival: .random(), buyer: .random())
    try await market.settle()
    let result: Result<Void, any Error>
    do { result = .success(try await body(market)) } catch { result = .failure(error) }
    await drawing.stop()
    index.shutDown()
    offload.shutDown()
    try result.get()
  }
}

extension TestMarket {
  /// People, categories and two empty shops.
  fileprivate func settle() async throws {
    let people = [(seller, "Inês", "seller"), (rival, "Otto", nil), (buyer, "Robin", "buyer")]
    for (id, name, person) in people {
      try await database.execute(
        "insert into accounts (id, name, roles, demo_person) values (\(id.text), \(name), \(["buyer"]), \(person))")
    }
    for path in ["jewellery", "jewellery/rings", "ceramics"] {
      try await database.execute("insert into categories (path, name) values (\(path), \(path))")
    }
    try await openShop(Self.shop, "Salt & Silver", owner: seller)
    try await openShop(Self.rivalShop, "Other Things", owner: rival)
  }

  private func openShop(_ slug: String, _ name: String, owner: Account.ID) async throws {
    let draft = ShopDraft(
      slug: slug, name: name, tagline: "", story: "", city: "Porto", country: .example, currency: .eur)
    let id = Shop.ID.random()
    try await database.execute(ShopQueries.insert(draft, id: id))
    try await database.execute(ShopQueries.trust(id))
    try await database.execute(ShopQueries.addOwner(owner, to: id))
  }

  /// A draft that is fine; tests change what they are about.
  static func draft(
    _ sku: String, title: String = "Wave ring", shop: String = TestMarket.shop, price: Int = 4500,
    status: SaleWish = .active
  ) -> ProductDraft {
    ProductDraft(
      shop: shop, sku: sku, title: title, description: "Forged.", priceAmount: price, stock: 7,
      category: "jewellery/rings", tags: ["sea"], materials: ["silver"], status: status)
  }

  /// Adds a product by the API.
  func addProduct(
    _ sku: String, title: String = "Wave ring", price: Int = 4500, status: SaleWish = .active
  ) async throws -> Product {
    try await call(Catalogue.create, Self.draft(sku, title: title, price: price, status: status), as: seller)
  }

  /// Waits until a condition of the database holds; the suite's limit ends what never does.
  func wait(until condition: SQL) async throws {
    while try await database.first("select \(condition)", { row in try row.next(Bool.self) }) != true {
      try await loops.loops[0].sleep(for: .milliseconds(5))
    }
  }
}

extension KeyedDigests {
  static let forTests = KeyedDigests(
    blindKey: [UInt8](repeating: 1, count: 32), codesKey: [UInt8](repeating: 2, count: 32))
}

extension TestMarket {
  /// Somebody who moderates; the buyer's account has nothing else to lose.
  var moderator: Account.ID { buyer }

  func moderatorToken(_ account: Account.ID? = nil) -> String {
    token(
      Principal(
        account: account ?? moderator, session: OpenSession.ID(body: "0000000000000000"), adminScopes: [.moderation],
        hasTwoFactor: true, provenAt: SystemClock.timestamp()))
  }

  /// Calls as a moderator.
  func moderate<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, as account: Account.ID? = nil, match: String? = nil
  ) async throws -> Output {
    try await call(endpoint, input, match: match, ["Authorization": "Bearer \(moderatorToken(account))"])
  }

  /// Submits a shop as its owner and approves it as a moderator would.
  func approve(_ shop: Shop, owner: Account.ID? = nil) async throws {
    let address = ShopAddress(slug: shop.slug)
    _ = try await call(Shops.submit, address, as: owner ?? seller, match: "*")
    let items = try await moderate(Moderation.list, ModerationQuery(kind: .shop, shop: shop.slug)).items
    for item in items {
      _ = try await moderate(Moderation.approve, ModerationPath(item: item.id), match: "\"\(item.version)\"")
    }
  }
}
