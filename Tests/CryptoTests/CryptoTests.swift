// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `SHA-256 gives the values of FIPS 180`(_ text: String, _ digest: String) {
    #expect(Hex.encode(SHA256.hash(text)) == digest)
    let pieces = SHA256()
    for byte in text.utf8 { pieces.update([byte]) }
    #expect(Hex.encode(pieces.finish()) == digest)
  }

  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131), Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `HMAC gives the values of RFC 4231, and does so again`(_ key: [UInt8], _ message: [UInt8], _ code: String) {
    let key = HMACKey(key)
    for _ in 0..<2 { #expect(Hex.encode(key.authenticate(message)) == code) }
    #expect(key.isValid(key.authenticate(message), for: message))
    #expect(!key.isValid(key.authenticate(message), for: message + [0]))
    #expect(!key.isValid([], for: message))
  }

  @Test func `a key serves many tasks at once`() async {
    let key = HMACKey([1, 2, 3])
    let expected = (0..<50).map { key.authenticate([UInt8($0)]) }
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { (0..<50).map { key.authenticate([UInt8($0)]) } }
      }
      for await codes in group { #expect(codes == expected) }
    }
  }

  @Test func `comparison sees every difference`() {
    #expect(constantTimeEquals([], []))
    #expect(constantTimeEquals([1, 2], [1, 2]))
    #expect(!constantTimeEquals([1, 2], [1, 3]))
    #expect(!constantTimeEquals([1, 2], [1, 2, 3]))
  }
}

struct TextFormTests {
  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
    ("foobar", "Zm9vYmFy"),
    ("\u{3ff}?>", "z78_Pg"),
  ])
  func `base 64 gives the values of RFC 4648`(_ plain: String, _ text: String) {
    #expect(Base64URL.encode(Array(plain.utf8)) == text)
    #expect(Base64URL.decode(text) == Array(plain.utf8))
  }

  @Test(arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9vY", "Zå", "Zg\n"])
  func `base 64 that is not the one spelling is refused`(_ text: String) {
    #expect(Base64URL.decode(text) == nil)
  }

  @Test func `random bytes come back from every text form`() {
    for count in 0..<200 {
      let bytes = SecureRandom.bytes(count)
      #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
      #expect(Hex.decode(Hex.encode(bytes)) == bytes)
      for alphabet in Base32.Alphabet.allCases {
        #expect(Base32.decode(Base32.encode(bytes, as: alphabet), as: alphabet) == bytes)
      }
    }
  }

  @Test(arguments: [("", []), ("00fF7a", [0, 255, 122])] as [(String, [UInt8])])
  func `hexadecimal digits are read in either case`(_ text: String, _ bytes: [UInt8]) {
    #expect(Hex.decode(text) == bytes)
  }

  @Test(arguments: ["0", "0g", "000", " 00", "0x00", "åå"])
  func `other text is no hexadecimal`(_ text: String) {
    #expect(Hex.decode(text) == nil)
  }

  @Test(
    arguments: [
      ([], ""), ([0], "00"), ([255], "zw"), ([255, 255, 255, 255, 255], "zzzzzzzz"), ([1, 2, 3, 4, 5], "04106105"),
    ] as [([UInt8], String)])
  func `base 32 has eight digits for five bytes`(_ bytes: [UInt8], _ text: String) {
    #expect(Base32.encode(bytes) == text)
    #expect(Base32.decode(text) == bytes)
    #expect(Base32.decode(text.uppercased()) == bytes)
  }

  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
    ("foobar", "MZXW6YTBOI"),
  ])
  func `standard base 32 gives the values of RFC 4648 without padding`(_ plain: String, _ text: String) {
    #expect(Base32.encode(Array(plain.utf8), as: .standard) == text)
    #expect(Base32.decode(text, as: .standard) == Array(plain.utf8))
    #expect(Base32.decode(text.lowercased(), as: .standard) == Array(plain.utf8))
  }

  @Test(arguments: ["M", "MZ======", "MZ", "MZX", "MZXW6Y", "M1XQ", "MZXQ ", "M8XQ", "M0XQ", "ÅZXQ"])
  func `standard base 32 that is not the one spelling is refused`(_ text: String) {
    #expect(Base32.decode(text, as: .standard) == nil)
  }

  @Test func `Crockford's digits are read by their looks`() {
    #expect(Base32.decode("oOIl1i0L") == Base32.decode("00111101"))
    #expect(Base32.decode("0000000u") == nil && Base32.decode("0000-000") == nil)
  }

  @Test func `random identifiers differ and have 16 readable digits`() {
    let ids = Set((0..<1000).map { _ in RandomID.make() })
    #expect(ids.count == 1000)
    #expect(ids.allSatisfy { $0.utf8.count == 16 && $0.allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".contains($0) } })
  }
}
