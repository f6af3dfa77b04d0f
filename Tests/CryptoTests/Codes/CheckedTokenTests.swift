// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Crypto

struct CheckedTokenTests {
  /// The check value of the catalogue of CRCs, and what zlib says of nothing and of a byte.
  @Test(arguments: [("123456789", "cbf43926"), ("", "00000000"), ("a", "e8b7be43")])
  func `the sum is that of zlib`(text: String, sum: String) {
    #expect(CheckedToken.sum(of: text.utf8) == sum)
  }

  @Test func `a token has one spelling, and its digest is that of the secret in it`() throws {
    let token = CheckedToken(prefix: "word_")
    #expect(token.text.hasPrefix("word_") && token.text.utf8.count == 5 + 43 + 8)
    #expect(CheckedToken.digest(of: token.text, prefix: "word_") == token.digest)
    #expect(OpaqueToken.digest(of: String(token.text.dropLast(8)), prefix: "word_") == token.digest)
    #expect(CheckedToken(prefix: "word_") != token)
    for wrong in [
      token.text.uppercased(), String(token.text.dropLast()), token.text + "0", String(token.text.dropFirst()), "",
      "word_", String(repeating: "0", count: 8),
    ] {
      #expect(CheckedToken.digest(of: wrong, prefix: "word_") == nil, "\(wrong)")
    }
    #expect(CheckedToken.digest(of: token.text, prefix: "bird_") == nil)
  }

  @Test func `one wrong character is noticed wherever it stands`() {
    let token = CheckedToken(prefix: "word_")
    for index in token.text.indices {
      var text = token.text
      text.replaceSubrange(index...index, with: text[index] == "x" ? "y" : "x")
      #expect(CheckedToken.digest(of: text, prefix: "word_") == nil)
    }
  }
}
