// SPDX-License-Identifier: GPL-3.0-or-later

/// What buyers read and see of a product, as far as somebody wants it changed; nil stays.
public struct ProductWords: Sendable, Equatable {
  public var title: String?
  public var description: String?
  public var category: String?
  public var tags: [String]?
  public var materials: [String]?
  public var photo: Photo?

  public init(
    title: String? = nil, description: String? = nil, category: String? = nil, tags: [String]? = nil,
    materials: [String]? = nil, photo: Photo? = nil
  ) {
    self.title = title
    self.description = description
    self.category = category
    self.tags = tags
    self.materials = materials
    self.photo = photo
  }

  public init(_ patch: ProductPatch) {
    self.init(
      title: patch.title.newValue, description: patch.description.newValue, category: patch.category.newValue,
      tags: patch.tags.newValue, materials: patch.materials.newValue)
  }

  /// Everything that a product says.
  public init(of product: Product) {
    self.init(
      title: product.title, description: product.description, category: product.category, tags: product.tags,
      materials: product.materials, photo: product.photo)
  }

  public var isEmpty: Bool { self == ProductWords() }

  /// The product with exactly these words in it.
  public func applied(to product: Product) -> Product {
    var product = product
    product.title = title ?? product.title
    product.description = description ?? product.description
    product.category = category ?? product.category
    product.tags = tags ?? product.tags
    product.materials = materials ?? product.materials
    product.photo = photo ?? product.photo
    return product
  }

  /// These, and where newer ones speak, those.
  public func overlaid(by newer: ProductWords) -> ProductWords {
    ProductWords(
      title: newer.title ?? title, description: newer.description ?? description,
      category: newer.category ?? category, tags: newer.tags ?? tags, materials: newer.materials ?? materials,
      photo: newer.photo ?? photo)
  }

  /// These without the fields that others speak of.
  public func without(_ others: ProductWords) -> ProductWords {
    ProductWords(
      title: others.title == nil ? title : nil, description: others.description == nil ? description : nil,
      category: others.category == nil ? category : nil, tags: others.tags == nil ? tags : nil,
      materials: others.materials == nil ? materials : nil, photo: others.photo == nil ? photo : nil)
  }

  /// What of it the product does not say already.
  public func differing(from product: Product) -> ProductWords {
    ProductWords(
      title: title == product.title ? nil : title,
      description: description == product.description ? nil : description,
      category: category == product.category ? nil : category, tags: tags == product.tags ? nil : tags,
      materials: materials == product.materials ? nil : materials, photo: photo == product.photo ? nil : photo)
  }

  /// The diff, in the order of a product's page.
  public func changes(of product: Product) -> [ProposedChange] {
    var changes: [ProposedChange] = []
    func note(_ field: ProposedChange.Field, _ before: [String], _ after: [String]?) {
      if let after, after != before { changes.append(ProposedChange(field: field, before: before, after: after)) }
    }
    note(.title, [product.title], title.map { [$0] })
    note(.photo, product.photo.map { [$0.id.text] } ?? [], photo.map { [$0.id.text] })
    note(.description, [product.description], description.map { [$0] })
    note(.category, [product.category], category.map { [$0] })
    note(.tags, product.tags, tags)
    note(.materials, product.materials, materials)
    return changes
  }
}

/// One field that a proposal changes. A text is one value, a list all of its values, a picture its id.
public struct ProposedChange: Codable, Sendable, Equatable {
  public enum Field: String, WireEnum { case title, photo, description, category, tags, materials }

  public var field: Field
  public var before: [String]
  public var after: [String]

  public init(field: Field, before: [String], after: [String]) {
    self.field = field
    self.before = before
    self.after = after
  }

  static let example = ProposedChange(field: .title, before: ["Wave bracelet"], after: ["Wave bracelet, heavy"])
}

/// What becomes of a proposal: approved ones are in the product, withdrawn ones are gone.
public enum ProposalStatus: String, WireEnum { case waiting, rejected }

/// What a product's members are told of its proposal.
public struct ProposalNote: Codable, Sendable, Equatable {
  public var status: ProposalStatus
  /// Why it was rejected.
  public var reason: String?

  public init(status: ProposalStatus, reason: String? = nil) {
    self.status = status
    self.reason = reason
  }
}

/// New words for a product that buyers see, before a moderator has looked at them.
public struct ProductProposal: Codable, Sendable, Equatable {
  public var product: Product.ID
  public var status: ProposalStatus
  public var reason: String?
  public var changes: [ProposedChange]
  public var version: Int
  public var createdAt: Timestamp

  public init(
    product: Product.ID, status: ProposalStatus, reason: String? = nil, changes: [ProposedChange], version: Int,
    createdAt: Timestamp
  ) {
    self.product = product
    self.status = status
    self.reason = reason
    self.changes = changes
    self.version = version
    self.createdAt = createdAt
  }

  static let example = ProductProposal(
    product: .example, status: .waiting, changes: [.example], version: 1, createdAt: .example)
}
