// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

struct PostalCodeTests {
  static func country(_ code: String) throws -> Country { try #require(Country(code)) }

  @Test(
    arguments: [
      ("####-###", "1000205", "1000-205"), ("####-###", "1000 205", "1000-205"), ("####-###", " 1000-205 ", "1000-205"),
      ("####-###", "1000-20", nil), ("####-###", "1000-2055", nil), ("####-###", "1000-2O5", nil),
      ("####-###", "", nil),
      ("@@# **", "ab1 2c", "AB1 2C"), ("[A-CX]#", "b1", "B1"), ("[A-CX]#", "x1", "X1"), ("[A-CX]#", "d1", nil),
      ("AD###", "ad500", "AD500"), ("AD###", "500", nil), ("###-##", "１２３−４５", "123-45"), ("#####", "1234٥", nil),
    ] as [(String, String, String?)])
  func `a mask checks and writes a code`(mask: String, typed: String, canonical: String?) {
    #expect(PostalMask(mask).canonical(typed) == canonical)
  }

  @Test(
    arguments: [
      ("PT", "1000205", "1000-205"), ("PT", "p-1000-205", "1000-205"), ("US", "94103-1234", "94103-1234"),
      ("US", "941031234", "94103-1234"), ("US", "9410", nil), ("CA", "k1a0b1", "K1A 0B1"), ("CA", "K1A-0B1", "K1A 0B1"),
      // No Canadian code has a D, nor begins with a W.
      ("CA", "D1A 0B1", nil), ("CA", "W1A 0B1", nil), ("GB", "sw1a1aa", "SW1A 1AA"), ("GB", "m1 1ae", "M1 1AE"),
      ("GB", "W1A 0AX", "W1A 0AX"), ("GB", "EC1A1BB", "EC1A 1BB"), ("GB", "B33 8TH", "B33 8TH"),
      ("GB", "CR2 6XH", "CR2 6XH"),
      ("GB", "DN55 1PT", "DN55 1PT"), ("GB", "gir0aa", "GIR 0AA"), ("GB", "QA1 1AA", nil), ("GB", "SW1A 1AI", nil),
      ("GB", "12345", nil), ("NL", "1012ab", "1012 AB"), ("NL", "NL-1012 AB", "1012 AB"), ("NL", "0012 AB", nil),
      ("DE", "D-10115", "10115"), ("DE", "DE 10115", "10115"), ("DE", "1011", nil), ("FR", "F-75001", "75001"),
      ("FR", "FR75001", "75001"), ("AT", "A-1010", "1010"), ("AT", "0010", nil), ("BE", "B-1000", "1000"),
      ("CH", "CH-8001", "8001"), ("LU", "L-1009", "1009"), ("FI", "FIN-00100", "00100"), ("SE", "11122", "111 22"),
      ("SE", "SE-111 22", "111 22"), ("PL", "00001", "00-001"), ("CZ", "11000", "110 00"), ("SK", "81101", "811 01"),
      ("GR", "10682", "106 82"), ("LV", "1010", "LV-1010"), ("LV", "lv1010", "LV-1010"), ("LT", "01100", "LT-01100"),
      ("AD", "500", "AD500"), ("MD", "2001", "MD-2001"), ("MT", "vlt1117", "VLT 1117"), ("IE", "d02af30", "D02 AF30"),
      ("IE", "D6W XY00", "D6W XY00"), ("JP", "1000001", "100-0001"), ("JP", "〒100-0001", nil),
      ("BR", "01.310-100", "01310-100"),
      ("IN", "110 001", "110001"), ("IN", "010001", nil), ("KR", "04524", "04524"), ("KR", "100-011", nil),
      ("SG", "018956", "018956"), ("AU", "2000", "2000"), ("AU", "200", nil), ("NZ", "6011", "6011"),
      ("ZA", "0083", "0083"),
      ("CN", "100600", "100600"), ("MX", "06000", "06000"), ("NO", "0150", "0150"), ("BM", "HM12", "HM 12"),
      ("BM", "12", nil),
      ("BN", "2328", nil), ("IM", "im11af", "IM1 1AF"), ("JE", "2 3XP", "JE2 3XP"), ("AR", "c1425cla", "C1425CLA"),
      ("AR", "1425", "1425"), ("GL", "3900", "3900"), ("GL", "4900", nil),
      // Countries that nothing is known of take any short code.
      ("AQ", "biqq 1zz", "BIQQ 1ZZ"), ("AQ", "BIQQ_1ZZ", nil), ("AQ", "1", nil), ("AQ", "1234567890123", nil),
    ] as [(String, String, String?)])
  func `a country's code is read as people write it`(code: String, typed: String, canonical: String?) throws {
    let country = try Self.country(code)
    #expect(PostalCodes.of(country).canonical(typed, in: country) == canonical)
  }

  @Test(arguments: PostalCodes.table.keys.sorted())
  func `an example is a code of its country in canonical form`(code: String) throws {
    let country = try Self.country(code)
    let codes = PostalCodes.of(country)
    #expect(codes.masks.isEmpty == (codes.use == .none))
    guard let example = codes.example else { return }
    #expect(codes.canonical(example, in: country) == example)
    // However it is typed, and once more what comes of it.
    let bare = example.filter { $0 != " " && $0 != "-" }
    for typed in [bare, bare.lowercased(), " \(example) ", "\(code)-\(example)"] {
      #expect(codes.canonical(typed, in: country) == example, "\(typed)")
    }
    #expect(codes.canonical(example + "0000000", in: country) == nil)
  }

  @Test func `no country stands twice, and those that matter most are there`() {
    let lines = [PostalCodes.needed, PostalCodes.optional].flatMap {
      $0.split(separator: "\n").map { String($0.prefix(2)) }
    }
    let without = PostalCodes.without.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(Set(lines + without).count == lines.count + without.count)
    #expect(lines.count >= 150)
    let union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    let others = "GB US CA AU JP IN BR MX CN CH NO NZ ZA KR SG"
    for code in (union + " " + others).split(separator: " ") { #expect(lines.contains(String(code)), "\(code)") }
    for code in ["HK", "AE", "MO", "QA"] { #expect(without.contains(code)) }
  }
}
