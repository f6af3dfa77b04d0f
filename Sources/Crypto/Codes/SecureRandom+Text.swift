// SPDX-License-Identifier: GPL-3.0-or-later

extension SecureRandom {
  /// Decimal digits, each as likely as any other.
  public static func digits(_ count: Int) -> String { text(count, of: "0123456789") }

  /// Characters of an ASCII alphabet, each as likely as any other.
  public static func text(_ count: Int, of alphabet: String) -> String {
    let alphabet = Array(alphabet.utf8)
    var text: [UInt8] = []
    while text.count < count {
      let left = count - text.count
      text += EvenChoice.places(from: bytes(left + left / 4 + 4), below: alphabet.count).prefix(left).map {
        alphabet[$0]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Turns random bytes into numbers below a bound without favour: the remainder alone would make small ones likelier, so
/// bytes beyond the last whole multiple of the bound are left out.
enum EvenChoice {
  static func places(from bytes: [UInt8], below bound: Int) -> [Int] {
    precondition(bound >= 1 && bound <= 256, "a byte chooses among 256 at most")
    let multiple = 256 - 256 % bound
    return bytes.compactMap { Int($0) < multiple ? Int($0) % bound : nil }
  }
}
