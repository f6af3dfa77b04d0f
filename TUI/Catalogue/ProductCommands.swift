// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Terminal

extension CommandRunner {
  // MARK: Reading

  func searchProducts(words: String?) async throws {
    let query = ProductQuery(
      q: words, category: invocation.values["category"], shop: invocation.values["shop"],
      minPrice: try amount("min-price", .eur), maxPrice: try amount("max-price", .eur), tag: invocation.values["tag"],
      material: invocation.values["material"], availability: wireWord("availability"), country: try country(),
      sort: wireWord("sort"), limit: try number("limit"), cursor: invocation.values["cursor"])
    try check(query)
    if invocation.isOn("facets") { return try await countProducts(query) }
    let answer = try await read(Catalogue.search, query)
    if out.isJSON { return out.bytes(answer.bytes) }
    if let words = answer.value.corrected { out.note("Nothing has those words; these are for “\(words)”.") }
    if answer.value.items.isEmpty { out.note("Nothing found.") }
    out.table(
      TextTable(
        [
          .init("PRODUCT", isFlexible: true), .init("SHOP", isFlexible: true), .init("PRICE", .trailing), .init("LEFT"),
          .init("ID"),
        ],
        rows: answer.value.items.map { card in
          [
            card.title, card.shop.name, Words.grouped(card.price.decimalText) + " \(card.price.currency)",
            Words.availability(card.availability).text, card.id.text,
          ]
        }))
    noteMore(answer.value.nextCursor)
  }

  /// Flags that say nothing about the list that is asked for are refused: ignored, they would give another list than
  /// was meant.
  func listProducts() async throws {
    let isMine = invocation.isOn("mine")
    let publicFlags = [
      "category", "min-price", "max-price", "tag", "material", "country", "availability", "sort", "facets",
    ]
    for flag in isMine ? publicFlags : ["status"]
    where invocation.values[flag] != nil || invocation.isOn(flag) {
      throw CommandFailure.usage(isMine ? "--\(flag) does not go with --mine." : "--\(flag) goes with --mine only.")
    }
    guard isMine else { return try await searchProducts(words: nil) }
    let shop = try await requireShop()
    let query = ShopProductQuery(
      slug: shop.slug, status: invocation.values["status"].flatMap(ProductStatus.init(rawValue:)),
      limit: try number("limit"), cursor: invocation.values["cursor"])
    try check(query)
    let answer = try await read(Catalogue.ofShop, query)
    if out.isJSON { return out.bytes(answer.bytes) }
    if answer.value.items.isEmpty { out.note("Nothing found.") }
    out.table(
      TextTable(
        [
          .init("PRODUCT", isFlexible: true), .init("SKU"), .init("PRICE", .trailing), .init("STOCK", .trailing),
          .init("STATUS"), .init("ID"),
        ],
        rows: answer.value.items.map { product in
          [
            product.title, product.sku, Words.grouped(product.price.decimalText) + " \(product.price.currency)",
            "\(product.stock)", Words.plain(product.status), product.id.text,
          ]
        }))
    noteMore(answer.value.nextCursor)
  }

  func noteMore(_ cursor: String?) {
    if let cursor { out.note("there is more: --cursor \(cursor)") }
  }

  func showProduct() async throws {
    let answer = try await read(Catalogue.show, ProductAddress(product: try productID(invocation.operands[0])))
    if out.isJSON { return out.bytes(answer.bytes) }
    let product = answer.value
    out.line(SafeText.sanitised(product.title))
    out.line(
      "\(product.price)   \(Words.availability(Availability(stock: product.stock)).text)   \(Words.plain(product.status))"
    )
    if let reason = product.statusReason { out.line("sent back: \(SafeText.sanitised(reason))") }
    out.line("by \(SafeText.sanitised(product.shop.name)) (\(product.shop.slug))")
    out.line("")
    let lines = Markdown.lines(product.description, width: min(out.width ?? 100, 100))
    for line in lines { out.line(line.map(\.text).joined()) }
    if !lines.isEmpty { out.line("") }
    let facts = [
      ("made of", product.materials.joined(separator: ", ")), ("category", product.category),
      ("tags", product.tags.joined(separator: ", ")), ("stock", "\(product.stock)"), ("sku", product.sku),
      ("id", product.id.text),
    ]
    for (name, value) in facts where !value.isEmpty {
      out.line("\(SafeText.padded(name, to: 9)) \(SafeText.sanitised(value))")
    }
  }

  func listCategories() async throws {
    let answer = try await read(Catalogue.categories, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    out.table(
      TextTable(
        [.init("CATEGORY", isFlexible: true), .init("PRODUCTS", .trailing), .init("PATH")],
        rows: answer.value.items.map { category in
          let depth = category.path.split(separator: "/").count - 1
          return [String(repeating: "  ", count: depth) + category.name, "\(category.productCount)", category.path]
        }))
  }

  func productID(_ text: String) throws(CommandFailure) -> Product.ID {
    guard let id = Product.ID(text) else { throw .usage("\(text) is no product id such as \(Product.ID.example).") }
    return id
  }

  // MARK: Changing

  /// The product as it is now: a change of what was stored a while ago would meet a newer version.
  func readToChange(_ id: Product.ID) async throws -> Product {
    try await read(Catalogue.show, ProductAddress(product: id), mode: .reload).value
  }

  func editProduct() async throws {
    try requireCaller()
    let id = try productID(invocation.operands[0])
    let product = try await readToChange(id)
    let values = invocation.values
    var patch = ProductPatch(product: id)
    if let title = values["title"] { patch.title = .set(title) }
    if let description = values["description"] { patch.description = .set(description) }
    if let price = try amount("price", product.price.currency) { patch.priceAmount = .set(price) }
    if let stock = try number("stock") { patch.stock = .set(stock) }
    if let category = values["category"] { patch.category = .set(category) }
    if let tags = values["tags"] { patch.tags = .set(ProductForm.words(tags)) }
    if let materials = values["materials"] { patch.materials = .set(ProductForm.words(materials)) }
    if let status = values["status"].flatMap(SaleWish.init(rawValue:)) { patch.status = .set(status) }
    if patch == ProductPatch(product: id) { throw CommandFailure.usage("Say what to change, such as --price 45.00.") }
    try check(patch)
    if patch.applied(to: product) == product {
      out.say("Nothing to change: \(product.title) is so already.")
      if out.isJSON { out.bytes(try JSONEncoder().encode(product)) }
      return
    }
    try await submit([(.editProduct(patch), product)])
  }

  func createProduct() async throws {
    let shop = try await requireShop()
    let currency = try await read(Shops.show, ShopAddress(slug: shop.slug)).value.currency
    let missing = ["sku", "title", "price", "stock", "category"].filter { invocation.values[$0] == nil }
    if let last = missing.last {
      let others = missing.dropLast().map { "--\($0)" }.joined(separator: ", ")
      throw CommandFailure.usage("A product needs \(others.isEmpty ? "" : "\(others) and ")--\(last).")
    }
    let values = invocation.values
    let draft = ProductDraft(
      shop: shop.slug, sku: values["sku"] ?? "", title: values["title"] ?? "",
      description: values["description"] ?? "", priceAmount: try amount("price", currency) ?? 0,
      stock: try number("stock") ?? 0, category: values["category"] ?? "",
      tags: ProductForm.words(values["tags"] ?? ""), materials: ProductForm.words(values["materials"] ?? ""),
      status: values["status"].flatMap(SaleWish.init(rawValue:)))
    try check(draft)
    try await submit([(.createProduct(draft), nil)])
  }

  /// Archives or restores the named products.
  func moveProducts(_ move: (ProductAddress) -> Change) async throws {
    try requireCaller()
    var changes: [(Change, Product?)] = []
    for text in invocation.operands {
      let id = try productID(text)
      let product = try await readToChange(id)
      let change = move(ProductAddress(product: id))
      if change.applied(to: product).status == product.status {
        out.say("\(product.title) is \(Words.plain(product.status)) already.")
      } else {
        changes.append((change, product))
      }
    }
    if !changes.isEmpty { try await submit(changes) }
  }
}
