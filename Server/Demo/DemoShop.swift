// SPDX-License-Identifier: GPL-3.0-or-later

/// An invented shop with everything it sells.
struct DemoShop: Sendable {
  var slug: String
  var name: String
  var tagline: String
  var story: String
  var city: String
  /// ISO 3166-1, two letters.
  var country: String
  /// ISO 4217.
  var currency: String
  var owner: String
  var products: [DemoProduct]

  /// Numbers the products: the prefix and their place make the article number.
  init(
    _ slug: String, _ name: String, _ tagline: String, in city: String, _ country: String, _ currency: String,
    owner: String, prefix: String, story: String, _ products: [DemoProduct]
  ) {
    self.slug = slug
    self.name = name
    self.tagline = tagline
    self.story = story
    self.city = city
    self.country = country
    self.currency = currency
    self.owner = owner
    self.products = products
    for index in products.indices {
      self.products[index].sku = "\(prefix)-\(index < 9 ? "0" : "")\(index + 1)"
    }
  }
}

/// An invented thing for sale.
struct DemoProduct: Sendable {
  var sku = ""
  var title: String
  /// In Markdown.
  var description: String
  /// In the smallest unit of the shop's currency.
  var price: Int
  var stock: Int
  var category: String
  var tags: [String]
  var materials: [String]
  var picture: PictureRecipe

  /// Tags and materials are written as one text with commas.
  init(
    _ title: String, _ price: Int, stock: Int, _ category: String, tags: String, of materials: String,
    _ picture: PictureRecipe, _ description: String
  ) {
    self.title = title
    self.description = description
    self.price = price
    self.stock = stock
    self.category = category
    self.tags = tags.split(separator: ", ").map(String.init)
    self.materials = materials.split(separator: ", ").map(String.init)
    self.picture = picture
  }

  /// The drawing of the product.
  var svg: String {
    ProductPicture(recipe: picture, variant: sku.utf8.reduce(0) { $0 + Int($1) }).svg
  }
}
