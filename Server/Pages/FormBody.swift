// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// What is wrong with a body that a form should have sent.
struct UnreadableForm: Error, Equatable {}

/// Reads `application/x-www-form-urlencoded` (URL standard §5.1) as browsers send it, and nothing looser: pairs with an
/// equals sign, each name once, of the names that the form has, in whole UTF-8 without control characters.
enum FormBody {
  static let type = "application/x-www-form-urlencoded"
  static let bytesMax = 8192

  static func read(_ bytes: [UInt8], names: Set<String>) throws(UnreadableForm) -> [String: String] {
    guard bytes.count <= bytesMax, let text = String(validating: bytes, as: UTF8.self) else { throw UnreadableForm() }
    var fields: [String: String] = [:]
    if text.isEmpty { return fields }
    for pair in text.split(separator: "&", omittingEmptySubsequences: false) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = PercentEncoding.decode(parts[0], plusIsSpace: true), names.contains(name),
        let value = PercentEncoding.decode(parts[1], plusIsSpace: true),
        value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }),
        fields.updateValue(value, forKey: name) == nil
      else { throw UnreadableForm() }
    }
    return fields
  }
}
