// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// An address as a form. Its rules are the country's, so they are asked when the whole is there.
enum AddressForm {
  static let fields: [FormField] = [
    FormField("recipient", label: "Recipient", hint: "Who it is for.", isRequired: true),
    FormField("company", label: "Company"),
    FormField("line1", label: "Street", hint: "And number, as the country writes it.", isRequired: true),
    FormField("line2", label: "Line 2"), FormField("line3", label: "Line 3"),
    FormField("postal_code", label: "Postal code"),
    FormField("city", label: "City"),
    FormField("region", label: "Region", hint: "State or province, where there are any."),
    FormField("country", label: "Country", hint: "Its two letters, such as PT.", isRequired: true) { text in
      Country(text.uppercased()) == nil ? "This is no country's code such as PT." : nil
    },
    FormField("phone", label: "Phone", hint: "For the courier."),
    FormField("label", label: "You call it", hint: "Home, the workshop."),
    FormField("shipping", label: "Ship here", hint: "Unless another one is named.", kind: .toggle),
    FormField("billing", label: "Bill here", hint: "Unless another one is named.", kind: .toggle),
  ]

  /// The field that shows an error of the server or of the rules.
  static func field(of pointer: String) -> String? {
    switch pointer {
    case "lines": "line1"
    case "is_default_for_shipping": "shipping"
    case "is_default_for_billing": "billing"
    default: pointer
    }
  }

  static func values(_ address: Address) -> [String: String] {
    var values = [
      "recipient": address.recipient, "company": address.company ?? "", "postal_code": address.postalCode ?? "",
      "city": address.city ?? "", "region": address.region ?? "", "country": address.country.code,
      "phone": address.phone ?? "", "label": address.label ?? "", "shipping": String(address.isDefaultForShipping),
      "billing": String(address.isDefaultForBilling),
    ]
    for (index, line) in address.lines.prefix(3).enumerated() { values["line\(index + 1)"] = line }
    return values
  }

  private static func text(_ values: [String: String], _ id: String) -> String? {
    let text = (values[id] ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return text.isEmpty ? nil : text
  }

  private static func lines(_ values: [String: String]) -> [String] {
    ["line1", "line2", "line3"].compactMap { text(values, $0) }
  }

  /// Nil only without a country, which the form does not let through.
  static func draft(_ values: [String: String]) -> AddressDraft? {
    guard let country = text(values, "country").flatMap({ Country($0.uppercased()) }) else { return nil }
    let postal = PostalAddress(
      recipient: text(values, "recipient") ?? "", company: text(values, "company"), lines: lines(values),
      city: text(values, "city"), region: text(values, "region"), postalCode: text(values, "postal_code"),
      country: country, phone: text(values, "phone"))
    // A default is given and never taken away.
    return AddressDraft(
      label: text(values, "label"), postal, isDefaultForShipping: values["shipping"] == "true" ? true : nil,
      isDefaultForBilling: values["billing"] == "true" ? true : nil)
  }

  /// What a draft changes of an address; nothing that stays the same.
  static func patch(_ draft: AddressDraft, of old: Address) -> AddressPatch {
    func change<Value: Equatable>(_ old: Value?, _ new: Value?) -> Patch<Value> {
      old == new ? .keep : new.map { .set($0) } ?? .clear
    }
    return AddressPatch(
      address: old.id, label: change(old.label, draft.label), recipient: change(old.recipient, draft.recipient),
      company: change(old.company, draft.company), lines: change(old.lines, draft.lines),
      city: change(old.city, draft.city), region: change(old.region, draft.region),
      postalCode: change(old.postalCode, draft.postalCode), country: change(old.country, draft.country),
      phone: change(old.phone, draft.phone),
      isDefaultForShipping: draft.isDefaultForShipping == true && !old.isDefaultForShipping ? .set(true) : .keep,
      isDefaultForBilling: draft.isDefaultForBilling == true && !old.isDefaultForBilling ? .set(true) : .keep)
  }

  /// An address in one line: `Rua das Taipas 14, 4050-600 Porto, PT`.
  static func line(_ postal: PostalAddress) -> String {
    let place = [postal.postalCode, postal.city].compactMap { $0 }.joined(separator: " ")
    return (postal.lines + [place, postal.region ?? "", postal.country.code]).filter { !$0.isEmpty }
      .joined(separator: ", ")
  }
}
