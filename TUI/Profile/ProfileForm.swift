// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Name, language and currency as a form.
enum ProfileForm {
  static let anyLanguage = "as the program asks"

  static func word(for language: Language?) -> String {
    switch language {
    case nil: anyLanguage
    case .english: "English"
    case .german: "Deutsch"
    case .french: "français"
    case .spanish: "español"
    }
  }

  private static let languages: [Language?] = [nil] + Language.allCases

  static let fields = [
    FormField("name", label: "Name", hint: "What others see, up to 60 characters.", isRequired: true) { text in
      text.count > 60 ? "Use up to 60 characters." : nil
    },
    FormField(
      "language", label: "Language", hint: "Of mails. ← → to choose", kind: .choice(languages.map(word(for:)))),
    FormField(
      "currency", label: "Currency", hint: "That prices are shown in, such as EUR; empty for each shop's own."
    ) { text in Currency(text.uppercased()) == nil ? "This is no currency's code such as EUR." : nil },
  ]

  static func values(_ profile: Profile) -> [String: String] {
    [
      "name": profile.name, "language": word(for: profile.language), "currency": profile.currency?.code ?? "",
    ]
  }

  /// What the values change; nothing that stays the same.
  static func patch(_ values: [String: String], of profile: Profile) -> ProfilePatch {
    var patch = ProfilePatch()
    if let name = values["name"], name != profile.name { patch.name = .set(name) }
    let language = languages.first { word(for: $0) == values["language"] } ?? profile.language
    if language != profile.language { patch.language = language.map { .set($0) } ?? .clear }
    let typed = values["currency"] ?? ""
    let currency = typed.isEmpty ? nil : Currency(typed.uppercased())
    if currency != profile.currency { patch.currency = currency.map { .set($0) } ?? .clear }
    return patch
  }
}
