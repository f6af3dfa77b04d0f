// SPDX-License-Identifier: GPL-3.0-or-later
import PhoneNumbers
import Testing

struct PhoneNumberTests {
  /// What somebody at home in a country types, and the number it is.
  static let typed: [(typed: String, home: String, e164: String, region: String)] = [
    ("912 345 678", "PT", "+351912345678", "PT"),
    ("21 123 4567", "PT", "+351211234567", "PT"),
    ("0171 1234567", "DE", "+491711234567", "DE"),
    ("(030) 123456", "DE", "+4930123456", "DE"),
    ("06 12 34 56 78", "FR", "+33612345678", "FR"),
    ("07400 123456", "GB", "+447400123456", "GB"),
    ("020 7946 0018", "GB", "+442079460018", "GB"),
    ("085 012 3456", "IE", "+353850123456", "IE"),
    ("612 34 56 78", "ES", "+34612345678", "ES"),
    // Italians dial the nought also from abroad.
    ("06 1234 5678", "IT", "+390612345678", "IT"),
    ("312 345 6789", "IT", "+393123456789", "IT"),
    ("06-12345678", "NL", "+31612345678", "NL"),
    ("0470 12 34 56", "BE", "+32470123456", "BE"),
    ("078 123 45 67", "CH", "+41781234567", "CH"),
    ("0664 123456", "AT", "+43664123456", "AT"),
    ("406 12 345", "NO", "+4740612345", "NO"),
    ("070-123 45 67", "SE", "+46701234567", "SE"),
    ("512 345 678", "PL", "+48512345678", "PL"),
    ("(201) 555-0123", "US", "+12015550123", "US"),
    ("1-800-FLOWERS", "US", "+18003569377", "US"),
    ("506-234-5678", "CA", "+15062345678", "CA"),
    ("222 123 4567", "MX", "+522221234567", "MX"),
    ("(11) 96123-4567", "BR", "+5511961234567", "BR"),
    ("0412 345 678", "AU", "+61412345678", "AU"),
    ("021 123 4567", "NZ", "+64211234567", "NZ"),
    ("081234 56789", "IN", "+918123456789", "IN"),
    ("090-1234-5678", "JP", "+819012345678", "JP"),
    ("010-2000-0000", "KR", "+821020000000", "KR"),
    ("131 2345 6789", "CN", "+8613123456789", "CN"),
    ("8123 4567", "SG", "+6581234567", "SG"),
    ("5123 4567", "HK", "+85251234567", "HK"),
    ("050 123 4567", "AE", "+971501234567", "AE"),
    ("071 123 4567", "ZA", "+27711234567", "ZA"),
    // With a calling code, home does not matter; nor does the way in which it is written.
    ("+351 912 345 678", "US", "+351912345678", "PT"),
    ("00351912345678", "DE", "+351912345678", "PT"),
    ("011 44 7400 123456", "US", "+447400123456", "GB"),
    ("tel:+44-7400-123456", "PT", "+447400123456", "GB"),
    ("Tel.: +44 (0) 7400 123456", "PT", "+447400123456", "GB"),
    ("＋３５１９１２３４５６７８", "US", "+351912345678", "PT"),
    ("٠٥٠١٢٣٤٥٦٧", "AE", "+971501234567", "AE"),
  ]

  @Test(arguments: typed)
  func `what people type is read as they mean it`(typed: String, home: String, e164: String, region: String) throws {
    let number = try PhoneNumber(typed: typed, home: home)
    #expect(number.e164 == e164 && number.region == region)
    #expect(try PhoneNumber(typed: number.e164) == number)
    for reader in [home, "US", nil] {
      #expect(try PhoneNumber(typed: number.formatted(forHome: reader), home: reader) == number)
    }
  }

  @Test(
    arguments: [
      ("", "PT", PhoneNumberFault.notANumber), ("hello", "PT", .notANumber), ("12", "PT", .tooShort),
      ("\u{0}", "PT", .notANumber), ("🙂🙂🙂", "PT", .notANumber), ("+", "PT", .notANumber),
      ("912 345 67", "PT", .tooShort), ("912 345 678 9", "PT", .tooLong), ("+351 912345678912345678", "PT", .tooLong),
      (String(repeating: "1", count: 101), "US", .tooLong),
      // Germany's plan has longer numbers than E.164.
      ("+49 836 2791 6290 0656", "DE", .tooLong),
      // Seven digits are enough within one area of the United States, and nowhere else.
      ("555-0123", "US", .noAreaCode),
      ("912 345 678", nil, .noCountry), ("+999 12345678", "PT", .noCountry), ("912 345 678", "XX", .noCountry),
      ("(201) 555-0123 ext. 7", "US", .hasExtension), ("tel:+351-912345678;ext=22", "PT", .hasExtension),
      // No area code of the plan begins with 1; no Portuguese number does with 4.
      ("(123) 555-0123", "US", .unassigned), ("412 345 678", "PT", .unassigned), ("+44 7000 000000000", "GB", .tooLong),
    ] as [(String, String?, PhoneNumberFault)])
  func `what is no usable number is told apart`(typed: String, home: String?, fault: PhoneNumberFault) {
    #expect(throws: fault) { try PhoneNumber(typed: typed, home: home) }
  }

  @Test func `numbers of no country have no region`() throws {
    let number = try PhoneNumber(typed: "+800 1234 5678")
    #expect(number.e164 == "+80012345678" && number.region == nil)
    #expect(try number.formatted(forHome: "US") == "+800 1234 5678")
  }

  @Test func `a reader at home sees no calling code`() throws {
    let number = try PhoneNumber(typed: "+351912345678")
    #expect(try number.formatted(forHome: "PT") == "912 345 678")
    #expect(try number.formatted(forHome: "ES") == "+351 912 345 678")
    #expect(try number.formatted() == "+351 912 345 678")
  }

  @Test(arguments: typed.map(\.home)) func `a country's example is a number of it`(home: String) throws {
    let example = try #require(try PhoneNumber.example(in: home))
    #expect(try PhoneNumber(typed: example, home: home).region == home)
  }

  @Test func `a region without numbers has no example`() throws {
    #expect(try PhoneNumber.example(in: "XX") == nil)
    #expect(try PhoneNumber.example(in: "AQ") == nil)
  }

  @Test func `any bytes are a number or a fault`() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("0123456789+-() ./;=extABZ\u{0}é０٣🙂#*,")
    for _ in 0..<5000 {
      let typed = String((0..<Int.random(in: 0...40, using: &random)).compactMap { _ in alphabet.randomElement() })
      do {
        let number = try PhoneNumber(typed: typed, home: "DE")
        #expect(number.e164.wholeMatch(of: /\+[1-9][0-9]{3,14}/) != nil, "\(typed)")
      } catch {
        #expect(error is PhoneNumberFault, "\(typed)")
      }
    }
  }

  @Test func `many threads ask at once`() async {
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          Self.typed.count { (try? PhoneNumber(typed: $0.typed, home: $0.home))?.e164 == $0.e164 }
        }
      }
      for await count in group { #expect(count == Self.typed.count) }
    }
  }
}
