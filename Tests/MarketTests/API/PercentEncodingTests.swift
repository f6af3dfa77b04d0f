// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

struct PercentEncodingTests {
  @Test func `what was encoded decodes to itself, and is plain`() throws {
    for _ in 0..<2000 {
      let scalars = (0..<Int.random(in: 0...20)).map { _ in Unicode.Scalar.random }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      let encoded = PercentEncoding.encode(text)
      #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
      #expect(!encoded.contains { "/?#&=+<>\"".contains($0) })
      let decoded = try #require(PercentEncoding.decode(encoded, plusIsSpace: Bool.random()))
      #expect(Array(decoded.unicodeScalars) == scalars)
    }
  }

  @Test(arguments: [
    "%", "%4", "%4g", "%g4", "a%", "%%41", "%ff", "%c3", "%c3%28", "%ed%a0%80", "%c0%80", "%f4%90%80%80",
  ])
  func `broken escapes and broken UTF-8 are refused`(text: String) {
    #expect(PercentEncoding.decode(text) == nil)
  }

  @Test func `a plus is a space in queries only`() {
    #expect(PercentEncoding.decode("a+b%2B", plusIsSpace: true) == "a b+")
    #expect(PercentEncoding.decode("a+b%2B") == "a+b+")
    #expect(PercentEncoding.decode("%41%6a%6A") == "Ajj")
    #expect(PercentEncoding.decode("%00") == "\u{0}")
  }
}

extension Unicode.Scalar {
  /// Any scalar, small ones more often.
  static var random: Unicode.Scalar {
    while true {
      let top: UInt32 = [0x7f, 0x7ff, 0xffff, 0x10ffff][Int.random(in: 0..<4)]
      if let scalar = Unicode.Scalar(UInt32.random(in: 0...top)) { return scalar }
    }
  }
}

struct PathTemplateTests {
  @Test func `places are filled and encoded`() {
    let path: PathTemplate = "/shops/{slug}/products/{product}"
    #expect(path.placeNames == ["slug", "product"])
    #expect(path.description == "/shops/{slug}/products/{product}")
    #expect(path.filled(with: ["slug": "a/b ?", "product": "ü"]) == "/shops/a%2Fb%20%3F/products/%C3%BC")
    #expect(path.filled(with: ["slug": "a"]) == nil)
  }

  @Test(arguments: ["", ".", ".."]) func `what would name another address fills no place`(value: String) {
    let path: PathTemplate = "/shops/{slug}"
    #expect(path.filled(with: ["slug": value]) == nil)
  }
}
