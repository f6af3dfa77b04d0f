// SPDX-License-Identifier: GPL-3.0-or-later

/// The postal codes of one country.
public struct PostalCodes: Sendable {
  public enum Use: Sendable { case needed, optional, none }

  public let use: Use
  /// Empty when any short code is taken as it is.
  public let masks: [PostalMask]
  public let example: String?

  /// The code as the country writes it; nil when it is none of the country's.
  ///
  /// People put their country before it, by its sign on cars or its ISO code: `D-10115`, `LV 1010`.
  public func canonical(_ typed: String, in country: Country) -> String? {
    if masks.isEmpty { return PostalCodes.plain(typed) }
    if let code = masks.firstResult({ $0.canonical(typed) }) { return code }
    let bare = typed.filter { $0.isLetter || $0.isNumber }.uppercased()
    for sign in [country.code] + (PostalCodes.signs[country.code].map { [$0] } ?? []) {
      if bare.hasPrefix(sign), let code = masks.firstResult({ $0.canonical(String(bare.dropFirst(sign.count))) }) {
        return code
      }
    }
    // Where the country's own letters belong to the code, they may be left out.
    return masks.firstResult { $0.text.hasPrefix(country.code) ? $0.canonical(country.code + bare) : nil }
  }

  public static func of(_ country: Country) -> PostalCodes {
    table[country.code] ?? PostalCodes(use: .optional, masks: [], example: nil)
  }

  /// What a country without a known form gets: letters, digits, single blanks and hyphens.
  private static func plain(_ typed: String) -> String? {
    let words = typed.uppercased().split(separator: " ")
    guard words.allSatisfy({ $0.utf8.allSatisfy { isPlain($0) } }) else { return nil }
    let code = words.joined(separator: " ")
    return (2...12).contains(code.utf8.count) ? code : nil
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || byte == UInt8(ascii: "-")
  }

  /// Signs of vehicles (UN Convention on Road Traffic) that people write before postal codes, where they are not the
  /// ISO code.
  private static let signs = [
    "AT": "A", "BE": "B", "DE": "D", "ES": "E", "FI": "FIN", "FR": "F", "HU": "H", "IT": "I", "LI": "FL", "LU": "L",
    "NO": "N", "PT": "P", "SE": "S", "SI": "SLO",
  ]

  static let table: [String: PostalCodes] = {
    var table: [String: PostalCodes] = [:]
    for line in needed.split(separator: "\n") { table.read(line, .needed) }
    for line in optional.split(separator: "\n") { table.read(line, .optional) }
    for code in without.split(whereSeparator: \.isWhitespace) {
      table[String(code)] = PostalCodes(use: .none, masks: [], example: nil)
    }
    return table
  }()
}

extension [String: PostalCodes] {
  /// A line `PT 1000-205 = ####-###`; several masks are parted by bars.
  fileprivate mutating func read(_ line: Substring, _ use: PostalCodes.Use) {
    let sides = line.split(separator: " = ")
    let masks = sides[1].split(separator: " | ").map { PostalMask(String($0)) }
    self[String(sides[0].prefix(2))] = PostalCodes(use: use, masks: masks, example: String(sides[0].dropFirst(3)))
  }
}

extension Sequence {
  fileprivate func firstResult<Result>(_ transform: (Element) -> Result?) -> Result? {
    for element in self { if let result = transform(element) { return result } }
    return nil
  }
}
