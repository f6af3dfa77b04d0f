// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Crypto

struct RandomTextTests {
  /// Over all 256 bytes the choice is exactly even, and leaves out as few as can be.
  @Test(arguments: 1...256)
  func `every number below a bound is as likely as any other`(_ bound: Int) {
    let places = EvenChoice.places(from: (0...255).map { UInt8($0) }, below: bound)
    let counts = Dictionary(grouping: places) { $0 }.mapValues(\.count)
    #expect(counts.count == bound && Set(counts.values) == [256 / bound])
    #expect(counts.keys.allSatisfy { (0..<bound).contains($0) })
  }

  @Test func `random text has its length and its alphabet, all of it`() {
    for count in [0, 1, 6, 1000] {
      #expect(SecureRandom.digits(count).utf8.count == count)
      #expect(SecureRandom.digits(count).allSatisfy { "0123456789".contains($0) })
    }
    #expect(Set(SecureRandom.text(5000, of: "abcdefghijklmnopqrst")) == Set("abcdefghijklmnopqrst"))
    #expect(SecureRandom.text(3, of: "x") == "xxx")
  }

  @Test func `codes begin with zeros as often as not`() {
    let codes = (0..<2000).map { _ in OneTimeCode.make() }
    #expect(codes.allSatisfy { $0.utf8.count == 6 && OneTimeCode.normalised($0) == $0 })
    // Chance of failing: 0.9 to the power of 2000.
    #expect(codes.contains { $0.hasPrefix("0") } && Set(codes).count > 1900)
  }
}
