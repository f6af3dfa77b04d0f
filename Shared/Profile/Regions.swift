// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of a country that addresses and taxes name: a state, a province, a prefecture, an emirate.
public struct Region: Sendable, Hashable {
  /// The part of its ISO 3166-2 code behind the country.
  public let code: String
  public let name: String
  /// Other codes and names by which people call it.
  let others: [String]
}

/// The regions of the countries whose addresses need one.
public struct Regions: Sendable {
  /// What a region is called there.
  public let noun: String
  /// In the order of their codes.
  public let all: [Region]
  private let byName: [String: Region]

  public static func of(_ country: Country) -> Regions? { table[country.code] }

  /// The region that somebody means by a code (`CA`, `US-CA`) or a name (`california`).
  public func find(_ typed: String, in country: Country) -> Region? {
    let name = Regions.plain(typed)
    if let region = byName[name] { return region }
    let prefix = country.code.lowercased()
    return name.hasPrefix(prefix) ? byName[String(name.dropFirst(prefix.count))] : nil
  }

  public subscript(code: String) -> Region? { all.first { $0.code == code } }

  /// One that messages name as an example.
  public var example: Region { all[0] }

  fileprivate init(noun: String, _ regions: String) {
    self.noun = noun
    all = regions.split(separator: "; ").map { entry in
      let code = entry.prefix { $0 != " " }
      let names = entry.dropFirst(code.count + 1).split(separator: "/").map(String.init)
      return Region(code: String(code), name: names[0], others: Array(names.dropFirst()))
    }
    var byName: [String: Region] = [:]
    for region in all { for name in [region.name] + region.others { byName[Regions.plain(name)] = region } }
    // A code wins over a name that reads the same.
    for region in all { byName[Regions.plain(region.code)] = region }
    self.byName = byName
  }

  static let table: [String: Regions] = [
    "AE": Regions(noun: "emirate", emirates), "AU": Regions(noun: "state", australia),
    "BR": Regions(noun: "state", brazil), "CA": Regions(noun: "province", canada),
    "CN": Regions(noun: "province", china), "IN": Regions(noun: "state", india),
    "JP": Regions(noun: "prefecture", japan), "MX": Regions(noun: "state", mexico),
    "US": Regions(noun: "state", unitedStates),
  ]

  /// Small letters without accents, blanks and hyphens: `São Paulo` and `sao-paulo` are the same.
  private static func plain(_ text: String) -> String {
    var plain = ""
    for character in text.lowercased() where character.isLetter || character.isNumber {
      plain.append(accents[character] ?? character)
    }
    return plain
  }

  /// The accented letters of the names below.
  private static let accents: [Character: Character] = [
    "á": "a", "â": "a", "ã": "a", "à": "a", "ç": "c", "é": "e", "ê": "e", "è": "e", "í": "i", "ñ": "n", "ó": "o",
    "ô": "o", "õ": "o", "ö": "o", "ō": "o", "ú": "u", "ü": "u", "ū": "u",
  ]
}
