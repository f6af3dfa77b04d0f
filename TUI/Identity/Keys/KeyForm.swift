// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// A new API key as a form.
enum KeyForm {
  static let allShops = "all of my shops"
  static let endings: [(words: String, days: Int?)] = [
    ("when it is revoked", nil), ("in 30 days", 30), ("in 90 days", 90), ("in a year", 365),
  ]

  static func fields(_ shops: [ShopReference]) -> [FormField] {
    let name = FormField("name", label: "Name", hint: "What uses it, such as label printer.", isRequired: true) {
      text in
      text.count > 60 ? "Use up to 60 characters." : nil
    }
    let scopes = KeyScope.allCases.map { scope in
      FormField(id(scope), label: scope.rawValue, hint: "May \(KeyWords.scope(scope)).", kind: .toggle)
    }
    let shop = FormField("shop", label: "Shop", hint: "← → to choose", kind: .choice([allShops] + shops.map(\.name)))
    let end = FormField("expires_in_days", label: "Ends", hint: "← → to choose", kind: .choice(endings.map(\.words)))
    return [name] + scopes + (shops.count > 1 ? [shop] : []) + [end]
  }

  static func id(_ scope: KeyScope) -> String { "may \(scope.rawValue)" }

  /// The field that shows an error of the server or of the rules.
  static func field(of pointer: String) -> String? { pointer == "scopes" ? id(.catalogueRead) : pointer }

  static let standard = ["shop": allShops, "expires_in_days": endings[0].words]

  static func draft(_ values: [String: String], _ shops: [ShopReference]) -> APIKeyDraft {
    let name = (values["name"] ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return APIKeyDraft(
      name: name, scopes: KeyScope.allCases.filter { values[id($0)] == "true" },
      shop: shops.first { $0.name == values["shop"] }?.slug,
      expiresInDays: endings.first { $0.words == values["expires_in_days"] }?.days)
  }
}
