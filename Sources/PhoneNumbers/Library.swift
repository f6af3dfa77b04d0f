// SPDX-License-Identifier: GPL-3.0-or-later
internal import CPhone

/// The calls of libphonenumber. Each hands over memory that is valid for the call only, and room whose size it says.
enum Library {
  static func parse(_ typed: String, home: String?) throws -> (e164: String, region: String?) {
    var e164 = [CChar](repeating: 0, count: textBytes)
    var region = [CChar](repeating: 0, count: textBytes)
    let typed = Array(typed.utf8)
    let code = unsafe typed.withUnsafeBytes { bytes in
      let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress
      // An empty text has no address.
      guard let start = unsafe start else { return Int32(CPHONE_NOT_A_NUMBER) }
      return unsafe cphone_parse(start, bytes.count, home, &e164, e164.count, &region, region.count)
    }
    try check(code)
    let country = text(region)
    return (text(e164), country.isEmpty ? nil : country)
  }

  static func format(_ e164: String, isNational: Bool) throws -> String {
    var out = [CChar](repeating: 0, count: textBytes)
    try check(unsafe cphone_format(e164, Int32(isNational ? CPHONE_NATIONAL : CPHONE_INTERNATIONAL), &out, out.count))
    return text(out)
  }

  static func example(in region: String) throws -> String {
    var out = [CChar](repeating: 0, count: textBytes)
    try check(unsafe cphone_example(region, &out, out.count))
    return text(out)
  }

  /// Well above the longest formatted number: fifteen digits and their separators.
  private static let textBytes = 64

  private static func check(_ code: Int32) throws {
    switch Int(code) {
    case CPHONE_OK: return
    case CPHONE_NOT_A_NUMBER: throw PhoneNumberFault.notANumber
    case CPHONE_NO_COUNTRY: throw PhoneNumberFault.noCountry
    case CPHONE_TOO_SHORT: throw PhoneNumberFault.tooShort
    case CPHONE_TOO_LONG: throw PhoneNumberFault.tooLong
    case CPHONE_LOCAL_ONLY: throw PhoneNumberFault.noAreaCode
    case CPHONE_EXTENSION: throw PhoneNumberFault.hasExtension
    case CPHONE_UNASSIGNED: throw PhoneNumberFault.unassigned
    default: throw PhoneLibraryFailure(code: Int(code))
    }
  }

  private static func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// libphonenumber could not do its work; in practice, there was no memory.
public struct PhoneLibraryFailure: Error, CustomStringConvertible {
  public var code: Int
  public var description: String { "libphonenumber failed with code \(code)" }
}
