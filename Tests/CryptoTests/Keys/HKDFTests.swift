// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

struct HKDFTests {
  struct Vector {
    var secret: String
    var salt: String
    var info: String
    var key: String
    var output: String
  }

  /// RFC 5869 appendix A.
  static let vectors = [
    Vector(
      secret: String(repeating: "0b", count: 22), salt: "000102030405060708090a0b0c", info: "f0f1f2f3f4f5f6f7f8f9",
      key: "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
      output: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
    Vector(
      secret: Hex.encode((0x00...0x4f).map { UInt8($0) }), salt: Hex.encode((0x60...0xaf).map { UInt8($0) }),
      info: Hex.encode((0xb0...0xff).map { UInt8($0) }),
      key: "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
      output: "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
        + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"),
    Vector(
      secret: String(repeating: "0b", count: 22), salt: "", info: "",
      key: "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
      output: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
  ]

  @Test(arguments: vectors.indices)
  func `gives the values of RFC 5869`(_ number: Int) {
    let vector = Self.vectors[number]
    let key = HKDF.extract(salt: bytes(vector.salt), secret: bytes(vector.secret))
    #expect(Hex.encode(key) == vector.key)
    let output = HKDF.expand(key, info: bytes(vector.info), count: vector.output.utf8.count / 2)
    #expect(Hex.encode(output) == vector.output)
  }

  @Test func `more than the standard allows is a mistake`() async {
    #expect(HKDF.expand([1], info: "", count: 8160).count == 8160)
    await #expect(processExitsWith: .failure) { _ = HKDF.expand([1], info: "", count: 8161) }
  }
}
