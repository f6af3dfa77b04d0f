// SPDX-License-Identifier: GPL-3.0-or-later

/// The names of terms. Folded words never begin with a capital, so a capital begins every other kind.
enum Term {
  /// Every document has it, but for one that has nothing. Xapian 1.4.22 reads a term that all documents have from the list
  /// of all, under the term's name, and finds that list broken where it is long ("unexpected end of posting list").
  static let document = "D"
  /// The docid of the document that has nothing.
  static let emptyDocid: UInt32 = 1
  /// Everything that the document with this id says goes by it.
  static func id(_ id: String) -> String { bounded("Q", id) }
  /// A number or name that must be typed exactly, whatever stands between its letters and digits.
  static func key(_ key: String) -> String? {
    let bare = KeyText.bare(key)
    return bare.isEmpty ? nil : bounded("K", bare)
  }
  static func keyword(_ axis: String, _ value: String) -> String { bounded("X", axis + "\u{1F}" + value) }
  /// A word within the first fields up to `level`; the last level holds all of them and has no prefix.
  static func word(_ word: String, level: Int, of levels: Int) -> String {
    level == levels - 1 ? word : prefix(level: level) + word
  }
  static func prefix(level: Int) -> String { levelPrefixes[level] }
  static func bucket(_ number: Int, fine: Int) -> String { "N\(number)f\(fine)" }
  static func bucket(_ number: Int, coarse: Int) -> String { "N\(number)c\(coarse)" }
  static func lacks(_ number: Int) -> String { "N\(number)-" }
  static func cell(level: Int, row: Int, column: Int) -> String { "G\(level):\(row):\(column)" }
  /// The beginning of a word of a completion.
  static func beginning(_ text: String) -> String { "P" + text }

  static let levelsMax = 8
  private static let levelPrefixes = (0..<levelsMax).map { String(UnicodeScalar(UInt8(0x41 + $0))) }

  /// Xapian has room for 245 bytes, less where they contain zeros; what is longer is known by two checksums.
  private static func bounded(_ prefix: String, _ text: String) -> String {
    if text.utf8.count <= 180 && !text.utf8.contains(0) { return prefix + text }
    return prefix + "\u{1F}#" + String(fnv(text.utf8, seed: 0xcbf2_9ce4_8422_2325), radix: 36)
      + String(fnv(text.utf8.reversed(), seed: 0x9e37_79b9_7f4a_7c15), radix: 36)
  }

  /// FNV-1a.
  private static func fnv(_ bytes: some Sequence<UInt8>, seed: UInt64) -> UInt64 {
    bytes.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// Keys are compared by their letters and digits: AB-1234/5 and ab 12345 are one.
enum KeyText {
  static let bytesMax = 100

  static func bare(_ key: String) -> String {
    var out: [UInt8] = []
    for scalar in key.unicodeScalars where Script.isOfWords(scalar) {
      for small in scalar.properties.lowercaseMapping.unicodeScalars where !Folding.isDropped(small.value) {
        out += Folding.base(of: small) ?? Array(String(Character(small)).utf8)
      }
      if out.count > bytesMax { return "" }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
