// SPDX-License-Identifier: GPL-3.0-or-later

/// A new address, as a person typed it.
public struct AddressDraft: Codable, Sendable, Equatable, Ruled {
  public var label: String?
  public var recipient: String
  public var company: String?
  public var lines: [String]
  public var city: String?
  public var region: String?
  public var postalCode: String?
  public var country: Country
  /// With a calling code, or as it is dialled within the country.
  public var phone: String?
  public var isDefaultForShipping: Bool?
  public var isDefaultForBilling: Bool?

  public init(
    label: String? = nil, _ postal: PostalAddress, isDefaultForShipping: Bool? = nil, isDefaultForBilling: Bool? = nil
  ) {
    self.label = label
    recipient = postal.recipient
    company = postal.company
    lines = postal.lines
    city = postal.city
    region = postal.region
    postalCode = postal.postalCode
    country = postal.country
    phone = postal.phone
    self.isDefaultForShipping = isDefaultForShipping
    self.isDefaultForBilling = isDefaultForBilling
  }

  public var postal: PostalAddress {
    PostalAddress(
      recipient: recipient, company: company, lines: lines, city: city, region: region, postalCode: postalCode,
      country: country, phone: phone)
  }

  public static let rules: [Rule<AddressDraft>] = [
    .text("label", \.label, AddressLimit.label), .text("recipient", \.recipient, AddressLimit.recipient),
    .text("company", \.company, AddressLimit.company),
    .words("lines", \.lines, count: AddressLimit.lines, each: AddressLimit.line),
    .text("city", \.city, AddressLimit.city), .text("region", \.region, AddressLimit.region),
    .text("postalCode", \.postalCode, AddressLimit.postalCode), .text("phone", \.phone, AddressLimit.phone),
    .ofCountry("city"), .ofCountry("region"), .ofCountry("postalCode"),
  ]

  static let example = AddressDraft(label: "Workshop", .example)
}

extension Rule<AddressDraft> {
  /// What the country has to say of a field.
  fileprivate static func ofCountry(_ field: String) -> Rule {
    Rule(
      field: field, needs: ["country"],
      check: { AddressCheck($0.postal).faults.filter { $0.pointer == "/" + snakeCase(field) } }, refine: { $0 })
  }
}

/// How long the parts of an address may be. Couriers cut lines off at 35 to 50 characters; people's names are longer.
enum AddressLimit {
  static let label = 1...40
  static let recipient = 1...80
  static let company = 1...80
  static let lines = 1...3
  static let line = 1...80
  static let city = 1...60
  static let region = 1...60
  static let postalCode = 1...16
  static let phone = 1...40
}

/// What may change of an address: everything. The country's rules look at the whole that comes of it.
public struct AddressPatch: Codable, Sendable, Equatable, Ruled {
  public var address: Address.ID
  public var label: Patch<String>
  public var recipient: Patch<String>
  public var company: Patch<String>
  public var lines: Patch<[String]>
  public var city: Patch<String>
  public var region: Patch<String>
  public var postalCode: Patch<String>
  public var country: Patch<Country>
  public var phone: Patch<String>
  /// True makes it the default in place of the one that is. A default is not taken away, only given to another.
  public var isDefaultForShipping: Patch<Bool>
  public var isDefaultForBilling: Patch<Bool>

  public init(
    address: Address.ID, label: Patch<String> = .keep, recipient: Patch<String> = .keep,
    company: Patch<String> = .keep, lines: Patch<[String]> = .keep, city: Patch<String> = .keep,
    region: Patch<String> = .keep, postalCode: Patch<String> = .keep, country: Patch<Country> = .keep,
    phone: Patch<String> = .keep, isDefaultForShipping: Patch<Bool> = .keep, isDefaultForBilling: Patch<Bool> = .keep
  ) {
    self.address = address
    self.label = label
    self.recipient = recipient
    self.company = company
    self.lines = lines
    self.city = city
    self.region = region
    self.postalCode = postalCode
    self.country = country
    self.phone = phone
    self.isDefaultForShipping = isDefaultForShipping
    self.isDefaultForBilling = isDefaultForBilling
  }

  public static let rules: [Rule<AddressPatch>] = [
    .text("label", \.label, AddressLimit.label, mayClear: true),
    .text("recipient", \.recipient, AddressLimit.recipient),
    .text("company", \.company, AddressLimit.company, mayClear: true),
    .words("lines", \.lines, count: AddressLimit.lines, each: AddressLimit.line),
    .text("city", \.city, AddressLimit.city, mayClear: true),
    .text("region", \.region, AddressLimit.region, mayClear: true),
    .text("postalCode", \.postalCode, AddressLimit.postalCode, mayClear: true), .keeps("country", \.country),
    .text("phone", \.phone, AddressLimit.phone, mayClear: true),
    .keeps("isDefaultForShipping", \.isDefaultForShipping), .keeps("isDefaultForBilling", \.isDefaultForBilling),
  ]

  /// The address with the changes in it, not yet looked at by the country's rules.
  public func applied(to old: PostalAddress) -> PostalAddress {
    PostalAddress(
      recipient: recipient.newValue ?? old.recipient, company: company.applied(to: old.company),
      lines: lines.newValue ?? old.lines, city: city.applied(to: old.city), region: region.applied(to: old.region),
      postalCode: postalCode.applied(to: old.postalCode), country: country.newValue ?? old.country,
      phone: phone.applied(to: old.phone))
  }
}
