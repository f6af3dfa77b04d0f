// SPDX-License-Identifier: GPL-3.0-or-later

/// Codes on paper for somebody who has lost the second factor: "xxxxx-xxxxx", ten letters and digits with 50 random
/// bits. Each is good once. Store them as `KeyedHash` of the normalised form.
public enum RecoveryCodes {
  public static let count = 10
  private static let length = 10
  private static let alphabet = String(decoding: Base32.Alphabet.crockford.digits, as: UTF8.self)

  public static func make(_ count: Int = count) -> [String] {
    var codes: [String] = []
    while codes.count < count {
      let code = grouped(SecureRandom.text(length, of: alphabet))
      if !codes.contains(code) { codes.append(code) }
    }
    return codes
  }

  /// The code as it was given out, of what somebody has typed: any case, any grouping, and letters that look like a digit
  /// for the digit. Nil for what can be no code.
  public static func normalised(_ typed: String) -> String? {
    guard let plain = TypedText.plain(typed), plain.count == length else { return nil }
    let values = plain.compactMap { Base32.Alphabet.crockford.value($0) }
    guard values.count == length else { return nil }
    return grouped(String(decoding: values.map { Base32.Alphabet.crockford.digits[Int($0)] }, as: UTF8.self))
  }

  private static func grouped(_ code: String) -> String { "\(code.prefix(5))-\(code.dropFirst(5))" }
}
