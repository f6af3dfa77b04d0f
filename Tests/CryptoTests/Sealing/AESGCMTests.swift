// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Crypto

struct AESGCMTests {
  struct Vector {
    var key: String
    var nonce: String
    var data = ""
    var plain = ""
    var hidden = ""
    var tag: String
  }

  private static let zeros = String(repeating: "0", count: 64)
  private static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
  private static let plain =
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
    + "b16aedf5aa0de657ba637b391aafd255"
  private static let hidden =
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
    + "c5f61e6393ba7a0abcc9f662898015ad"

  /// Test cases 13 to 16 of the specification that NIST SP 800-38D refers to (appendix B, 256-bit keys).
  static let vectors = [
    Vector(key: zeros, nonce: String(zeros.prefix(24)), tag: "530f8afbc74536b9a963b4f1c4cb738b"),
    Vector(
      key: zeros, nonce: String(zeros.prefix(24)), plain: String(zeros.prefix(32)),
      hidden: "cea7403d4d606b6e074ec5d3baf39d18", tag: "d0d1c8a799996bf0265b98b5d48ab919"),
    Vector(
      key: key, nonce: "cafebabefacedbaddecaf888", plain: plain, hidden: hidden,
      tag: "b094dac5d93471bdec1a502270e3cc6c"),
    Vector(
      key: key, nonce: "cafebabefacedbaddecaf888", data: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      plain: String(plain.prefix(120)), hidden: String(hidden.prefix(120)), tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
  ]

  @Test(arguments: vectors.indices)
  func `seals and opens the vectors of NIST`(_ number: Int) {
    let vector = Self.vectors[number]
    let key = AESGCM(SecretBytes(bytes(vector.key)))
    let (nonce, data) = (bytes(vector.nonce), bytes(vector.data))
    let sealed = key.seal(bytes(vector.plain), nonce: nonce, authenticating: data)
    #expect(Hex.encode(sealed) == vector.hidden + vector.tag)
    #expect(key.open(sealed, nonce: nonce, authenticating: data) == bytes(vector.plain))
  }

  @Test func `opens nothing that differs from what was sealed`() {
    let key = AESGCM(SecretBytes(SecureRandom.bytes(32)))
    let nonce = SecureRandom.bytes(12)
    let sealed = key.seal([1, 2, 3], nonce: nonce, authenticating: [4])
    #expect(key.open(sealed, nonce: nonce, authenticating: [4]) == [1, 2, 3])
    #expect(key.open(sealed, nonce: nonce, authenticating: [5]) == nil)
    #expect(key.open(sealed, nonce: nonce, authenticating: []) == nil)
    #expect(key.open(sealed, nonce: SecureRandom.bytes(12), authenticating: [4]) == nil)
    #expect(key.open(sealed, nonce: Array(nonce.dropLast()), authenticating: [4]) == nil)
    #expect(key.open(sealed.dropLast(), nonce: nonce, authenticating: [4]) == nil)
    #expect(key.open([], nonce: nonce, authenticating: [4]) == nil)
    #expect(AESGCM(SecretBytes(SecureRandom.bytes(32))).open(sealed, nonce: nonce, authenticating: [4]) == nil)
  }

  @Test func `one key serves many tasks at once`() async {
    let key = AESGCM(SecretBytes(SecureRandom.bytes(32)))
    let nonce = SecureRandom.bytes(12)
    let expected = (0..<100).map { key.seal([UInt8($0)], nonce: nonce, authenticating: []) }
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { (0..<100).map { key.seal([UInt8($0)], nonce: nonce, authenticating: []) } }
      }
      for await sealed in group { #expect(sealed == expected) }
    }
  }
}
