// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The fields of a product as a form, checked by the rules of the contract.
enum ProductForm {
  static func fields(isNew: Bool, isArchived: Bool = false, currency: Currency, categories: [String])
    -> [FormField]
  {
    var fields: [FormField] = []
    func add(
      _ id: String, _ label: String, _ hint: String, _ kind: FormField.Kind = .text(), isRequired: Bool = false
    ) {
      fields.append(
        FormField(id, label: label, hint: hint, kind: kind, isRequired: isRequired) { fault(id, $0, currency) })
    }
    add("title", "Title", "What buyers read first, 3 to 120 characters.", isRequired: true)
    if isNew { add("sku", "SKU", "Your own number for it; letters, digits, . _ -", isRequired: true) }
    add("price_amount", "Price", "In \(currency), such as 45.00", isRequired: true)
    add("stock", "Stock", "How many there are.", isRequired: true)
    // What is archived is restored first.
    if !isArchived {
      add("status", "Status", "Drafts are seen by you only.", .choice(SaleWish.allCases.map(\.rawValue)))
    }
    if categories.isEmpty {
      add("category", "Category", "Its path, such as jewellery/rings", isRequired: true)
    } else {
      add("category", "Category", "← → to choose", .choice(categories), isRequired: true)
    }
    add("materials", "Made of", "Parted by commas.")
    add("tags", "Tags", "Parted by commas, up to 12.")
    add("description", "Description", "**bold**, lists and headings work. ctrl-e opens your editor.", .area(rows: 6))
    return fields
  }

  static func values(_ product: Product) -> [String: String] {
    [
      "title": product.title, "price_amount": product.price.decimalText, "stock": String(product.stock),
      "status": (product.status.meets(.active) ? SaleWish.active : .draft).rawValue, "category": product.category,
      "materials": product.materials.joined(separator: ", "), "tags": product.tags.joined(separator: ", "),
      "description": product.description,
    ]
  }

  /// What the values change of a product; nothing that stays the same.
  static func patch(_ values: [String: String], of product: Product) -> ProductPatch {
    var patch = ProductPatch(product: product.id)
    func differs(_ id: String) -> String? { values[id].flatMap { $0 == ProductForm.values(product)[id] ? nil : $0 } }
    if let title = differs("title") { patch.title = .set(title) }
    if let description = differs("description") { patch.description = .set(description) }
    if let price = differs("price_amount").flatMap({ Money(typed: $0, product.price.currency) }) {
      patch.priceAmount = .set(price.amount)
    }
    if let stock = differs("stock").flatMap({ Int($0) }) { patch.stock = .set(stock) }
    if let category = differs("category") { patch.category = .set(category) }
    if let tags = differs("tags") { patch.tags = .set(words(tags)) }
    if let materials = differs("materials") { patch.materials = .set(words(materials)) }
    if let status = differs("status").flatMap({ SaleWish(rawValue: $0) }) { patch.status = .set(status) }
    return patch
  }

  static func draft(_ values: [String: String], shop: String, _ currency: Currency) -> ProductDraft {
    ProductDraft(
      shop: shop, sku: values["sku"] ?? "", title: values["title"] ?? "", description: values["description"] ?? "",
      priceAmount: values["price_amount"].flatMap { Money(typed: $0, currency)?.amount } ?? 0,
      stock: values["stock"].flatMap { Int($0) } ?? -1, category: values["category"] ?? "",
      tags: words(values["tags"] ?? ""), materials: words(values["materials"] ?? ""),
      status: values["status"].flatMap { SaleWish(rawValue: $0) })
  }

  /// The rules know pointers: the first part is the field's id.
  static func errorsByField(_ errors: [FieldError]) -> [String: String] {
    Dictionary(
      errors.map { ($0.pointer.split(separator: "/").first.map(String.init) ?? "", $0.detail) },
      uniquingKeysWith: { first, _ in first })
  }

  static func words(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  }

  /// What is wrong with one field's text.
  private static func fault(_ id: String, _ text: String, _ currency: Currency) -> String? {
    switch id {
    case "price_amount" where Money(typed: text, currency) == nil: return "Type an amount such as 45.00."
    case "stock" where Int(text) == nil: return "Type a whole number."
    default: break
    }
    let draft = draft([id: text], shop: "", currency)
    return errorsByField(draft.faults.filter { $0.pointer == "/\(id)" || $0.pointer.hasPrefix("/\(id)/") })[id]
  }
}
