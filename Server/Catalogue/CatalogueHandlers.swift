// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds the catalogue endpoints.
struct CatalogueHandlers: Sendable {
  let database: Database
  let cursors: CursorSeal
  let search: FindProducts
  let edit: EditProducts
  private let documents: Lookup

  init(database: Database, cursors: CursorSeal, search: FindProducts, edit: EditProducts) {
    self.database = database
    self.cursors = cursors
    self.search = search
    self.edit = edit
    documents = Lookup(database, ProductQueries.documents)
  }

  func bind(_ routes: inout Routes) {
    routes.bind(Catalogue.search) { input, _ in try await search(input) }
    routes.bind(Catalogue.facets) { input, _ in try await search.facets(input.search) }
    routes.bind(Catalogue.completions) { input, _ in try await search.completions(input) }
    routes.bind(Catalogue.show) { input, call in try await show(input.product, call.principal) }
    let compare = CompareProducts(database: database)
    routes.bind(Catalogue.compare) { input, _ in try await compare(input) }
    routes.bind(Catalogue.ofShop) { input, call in try await ofShop(input, call.member) }
    routes.bind(Catalogue.categories) { _, _ in try await categories() }
    routes.bindChange(Catalogue.create) { input, call, transaction in try await edit.create(input, call, transaction) }
    routes.bindChange(Catalogue.edit) { input, call, transaction in try await edit.edit(input, call, transaction) }
    routes.bindChange(Catalogue.archive) { input, call, transaction in
      try await edit.archive(input.product, call, transaction)
    }
    routes.bind(Catalogue.proposal) { input, call in try await proposal(input.product, call.member) }
    routes.bindChange(Catalogue.withdrawProposal) { input, call, transaction in
      try await edit.withdrawProposal(input.product, call, transaction)
    }
    routes.bindChange(Catalogue.restore) { input, call, transaction in
      try await edit.restore(input.product, call, transaction)
    }
  }

  private func show(_ id: Product.ID, _ caller: Principal?) async throws -> Reply<Product> {
    if let row = try await documents.first(id.text, ProductDocument.init) {
      return .ready(row.bytes, tag: EntityTag(version: row.version))
    }
    // What not everybody may see is rare: only then is it asked whose product it is.
    guard let caller else { throw NotFound() }
    let statement =
      caller.adminScopes.contains(.moderation)
      ? ProductQueries.document(forModerator: id) : ProductQueries.document(id, forMember: ShopMember(caller))
    guard let row = try await database.reads.first(statement, ProductDocument.init) else { throw NotFound() }
    return .ready(row.bytes, tag: EntityTag(version: row.version), caching: .personal)
  }

  private func proposal(_ id: Product.ID, _ member: ShopMember) async throws -> Reply<ProductProposal> {
    guard let product = try await database.first(ProductQueries.row(id, forMember: member), ProductQueries.read),
      let proposal = try await database.first(ProposalRows.of(id), ProposalRows.read)
    else { throw NotFound() }
    return .value(proposal.shown(for: product), tag: EntityTag(version: proposal.version))
  }

  private func ofShop(_ input: ShopProductQuery, _ member: ShopMember) async throws -> Reply<Page<Product>> {
    let limit = input.limit ?? PageLimit.standard
    let question = "shop-products\n\(input.slug)\n\(input.status?.rawValue ?? "")"
    let after = try cursors.open(input.cursor, question: question, count: 2).map { values in
      guard let microseconds = Int64(values[0]) else { throw InvalidCursor() }
      return (microseconds: microseconds, id: values[1])
    }
    try await checkMembership(input.slug, member)
    var products = try await database.query(
      ProductQueries.ofShop(input.slug, for: member, status: input.status, after: after, limit: limit + 1),
      ProductQueries.read)
    let hasMore = products.count > limit
    if hasMore { products.removeLast() }
    let next =
      hasMore
      ? products.last.map { cursors.seal([String($0.createdAt.microseconds), $0.id.text], question: question) } : nil
    return .value(Page(items: products, nextCursor: next))
  }

  private func checkMembership(_ slug: String, _ member: ShopMember) async throws {
    let isMember = try await database.reads.first(
      """
      select true from shop_members m join shops s on s.id = m.shop
      where s.slug = \(slug) and m.account = \(member.account.text) \(member.limit)
      """
    ) { row in try row.next(Bool.self) }
    if isMember == nil { throw NotFound() }
  }

  private func categories() async throws -> Reply<Page<Category>> {
    // Owner: everybody; what is for sale is counted.
    let categories = try await database.query(
      """
      select c.path, c.name, coalesce(sum(k.products), 0)::bigint
      from categories c
      left join (
        select p.category, count(*) as products from products p where \(ForSale.condition) group by p.category) k
        on k.category = c.path or starts_with(k.category, c.path || '/')
      group by c.path, c.name
      order by c.path
      """
    ) { row in
      Category(path: try row.next(String.self), name: try row.next(String.self), productCount: try row.next(Int.self))
    }
    return .value(Page(items: categories))
  }
}
