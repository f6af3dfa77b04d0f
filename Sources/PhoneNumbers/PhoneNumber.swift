// SPDX-License-Identifier: GPL-3.0-or-later

// The map of phone numbers:
//   PhoneNumber       a number that is in use somewhere; made from what a person typed
//   PhoneNumberFault  why that is no such number
//   Library           the calls of libphonenumber beneath

/// A phone number that can be dialled from anywhere, as libphonenumber knows the world's numbering plans.
///
/// What is known is as old as the installed library: a range that a country opened later is called unassigned.
public struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
  /// A plus sign, the calling code and the rest: `+351912345678`.
  public let e164: String
  /// The ISO 3166-1 code of the country it belongs to; nil for the few that belong to none, such as +800.
  public let region: String?

  /// Reads what a person typed, or throws a `PhoneNumberFault`. A number without a calling code is read as one of
  /// `home`, an ISO 3166-1 code.
  public init(typed: String, home: String? = nil) throws {
    guard typed.utf8.count <= PhoneNumber.typedBytesMax else { throw PhoneNumberFault.tooLong }
    (e164, region) = try Library.parse(typed, home: home)
  }

  public var description: String { e164 }

  /// As people write it: in the national way for readers at home, with the calling code for others.
  public func formatted(forHome home: String? = nil) throws -> String {
    try Library.format(e164, isNational: home != nil && home == region)
  }

  /// A number as a mobile of the region could have it, the way people there write it; nil for a region without numbers.
  public static func example(in region: String) throws -> String? {
    do { return try Library.example(in: region) } catch PhoneNumberFault.noCountry { return nil }
  }

  /// What is longer is not worth reading: the longest numbers have fifteen digits.
  private static let typedBytesMax = 100
}

/// Why a text is not a phone number that can be used.
public enum PhoneNumberFault: String, Error, Sendable, Hashable, CaseIterable {
  case notANumber = "not_a_number"
  /// There is no calling code, and nothing that says which to use.
  case noCountry = "no_country"
  case tooShort = "too_short"
  case tooLong = "too_long"
  /// The area code is missing.
  case noAreaCode = "no_area_code"
  case hasExtension = "has_extension"
  /// Of a length that the country has, and in no range that is in use there.
  case unassigned
}
