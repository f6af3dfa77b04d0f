// SPDX-License-Identifier: GPL-3.0-or-later

/// Where something is sent: what a label says. Orders keep it as it was.
public struct PostalAddress: Codable, Sendable, Equatable {
  public var recipient: String
  public var company: String?
  /// Street and number, floor, box: as the country writes them.
  public var lines: [String]
  public var city: String?
  /// The part of an ISO 3166-2 code behind the country, where `Regions` knows the country's; free text elsewhere.
  public var region: String?
  public var postalCode: String?
  public var country: Country
  /// In E.164 once it has been read.
  public var phone: String?

  public init(
    recipient: String, company: String? = nil, lines: [String], city: String? = nil, region: String? = nil,
    postalCode: String? = nil, country: Country, phone: String? = nil
  ) {
    self.recipient = recipient
    self.company = company
    self.lines = lines
    self.city = city
    self.region = region
    self.postalCode = postalCode
    self.country = country
    self.phone = phone
  }
}

/// What the country's rules make of an address: its canonical form, and everything that is wrong with it. What is wrong
/// stands in the form as it was given. Phones are not looked at: that takes the world's numbering plans.
public struct AddressCheck: Sendable, Equatable {
  public private(set) var canonical: PostalAddress
  public private(set) var faults: [FieldError] = []

  public init(_ address: PostalAddress) {
    canonical = address
    checkCity()
    checkRegion()
    checkPostalCode()
  }

  /// Cities that are countries: to say it twice adds nothing.
  static let cityStates: Set<String> = ["GI", "MC", "SG", "VA"]

  private mutating func checkCity() {
    guard canonical.city == nil, !AddressCheck.cityStates.contains(canonical.country.code) else { return }
    faults.append(FieldError("/city", "required", "Name the city or town."))
  }

  private mutating func checkRegion() {
    guard let regions = Regions.of(canonical.country) else { return }
    let example = "\(regions.example.code) for \(regions.example.name)"
    guard let typed = canonical.region else {
      faults.append(FieldError("/region", "required", "Name the \(regions.noun), such as \(example)."))
      return
    }
    if let region = regions.find(typed, in: canonical.country) {
      canonical.region = region.code
    } else {
      let detail = "\(canonical.country) has no such \(regions.noun). Use a code or a name, such as \(example)."
      faults.append(FieldError("/region", "unknown", detail))
    }
  }

  private mutating func checkPostalCode() {
    let codes = PostalCodes.of(canonical.country)
    let example = codes.example.map { " such as \($0)" } ?? ""
    guard let typed = canonical.postalCode else {
      if codes.use == .needed {
        faults.append(FieldError("/postal_code", "required", "Give a postal code\(example)."))
      }
      return
    }
    if codes.use == .none {
      let detail = "There are no postal codes in \(canonical.country). Leave this out."
      faults.append(FieldError("/postal_code", "not_used", detail))
    } else if let code = codes.canonical(typed, in: canonical.country) {
      canonical.postalCode = code
    } else {
      let detail = "This is no postal code of \(canonical.country). Use one\(example)."
      faults.append(FieldError("/postal_code", "wrong_format", detail))
    }
  }
}
