// SPDX-License-Identifier: GPL-3.0-or-later

/// An address in somebody's address book.
public struct Address: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<Address>
  public static let idPrefix = "adr"
  /// How many one account keeps.
  public static let countMax = 50

  public var id: ID
  /// What its owner calls it: home, the workshop.
  public var label: String?
  public var recipient: String
  public var company: String?
  public var lines: [String]
  public var city: String?
  public var region: String?
  public var postalCode: String?
  public var country: Country
  public var phone: String?
  /// Whoever has addresses has one default for each purpose.
  public var isDefaultForShipping: Bool
  public var isDefaultForBilling: Bool
  public var version: Int
  public var createdAt: Timestamp
  public var updatedAt: Timestamp

  public init(
    id: ID, label: String?, _ postal: PostalAddress, isDefaultForShipping: Bool, isDefaultForBilling: Bool,
    version: Int, createdAt: Timestamp, updatedAt: Timestamp
  ) {
    self.id = id
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
    self.version = version
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }

  /// What a parcel's label says.
  public var postal: PostalAddress {
    PostalAddress(
      recipient: recipient, company: company, lines: lines, city: city, region: region, postalCode: postalCode,
      country: country, phone: phone)
  }

  public func isDefault(for purpose: AddressPurpose) -> Bool {
    switch purpose {
    case .shipping: isDefaultForShipping
    case .billing: isDefaultForBilling
    }
  }

  static let example = Address(
    id: .example, label: "Workshop", .example, isDefaultForShipping: true, isDefaultForBilling: true, version: 1,
    createdAt: .example, updatedAt: .example)
}

public enum AddressPurpose: String, WireEnum { case shipping, billing }

extension PostalAddress {
  static let example = PostalAddress(
    recipient: "Inês Duarte", company: "Salt & Silver", lines: ["Rua das Taipas 14", "2.º Esq."], city: "Porto",
    postalCode: "4050-600", country: .example, phone: "+351912345678")
}
