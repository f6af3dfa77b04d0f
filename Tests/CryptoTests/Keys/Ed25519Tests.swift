// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

struct Ed25519Tests {
  /// RFC 8032 section 7.1: seed, public key, message, signature.
  static let vectors = [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        + "d25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        + "387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        + "4a7c15e9716ed28dc027beceea1ec40a"
    ),
    (
      "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
      "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        + "454d4423643ce80e2a9ac94fa54ca49f",
      "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        + "3dca179c138ac17ad9bef1177331a704"
    ),
  ]

  @Test(arguments: vectors)
  func `signs and verifies the vectors of RFC 8032`(_ seed: String, _ open: String, _ message: String, _ made: String)
    throws
  {
    let key = try #require(Ed25519.PrivateKey(seed: bytes(seed)))
    #expect(Hex.encode(key.publicKey.bytes) == open)
    #expect(Hex.encode(key.sign(bytes(message))) == made)
    #expect(key.seed == bytes(seed))
    #expect(try #require(Ed25519.PublicKey(bytes(open))).isValid(bytes(made), for: bytes(message)))
  }

  @Test func `a signature is good for its message and its key alone`() {
    let key = Ed25519.PrivateKey()
    for length in [0, 1, 31, 64, 1000] {
      let message = SecureRandom.bytes(length)
      let signature = key.sign(message)
      #expect(key.publicKey.isValid(signature, for: message))
      #expect(!key.publicKey.isValid(signature, for: message + [0]))
      #expect(!Ed25519.PrivateKey().publicKey.isValid(signature, for: message))
      for i in signature.indices {
        var other = signature
        other[i] ^= UInt8(1 << Int.random(in: 0..<8))
        #expect(!key.publicKey.isValid(other, for: message))
      }
    }
  }

  @Test func `signatures and keys of other lengths are refused`() {
    let key = Ed25519.PrivateKey()
    let signature = key.sign([1])
    for other in [[], Array(signature.dropLast()), signature + [0]] {
      #expect(!key.publicKey.isValid(other, for: [1]))
    }
    for count in [0, 31, 33, 64] {
      #expect(Ed25519.PrivateKey(seed: [UInt8](repeating: 1, count: count)) == nil)
      #expect(Ed25519.PublicKey([UInt8](repeating: 1, count: count)) == nil)
    }
  }

  /// s + L is another spelling of the same number (RFC 8032 section 5.1.7 asks for s < L).
  @Test func `a signature cannot be respelled`() throws {
    let order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
    let key = try #require(Ed25519.PrivateKey(seed: bytes(Self.vectors[0].0)))
    var respelled = key.sign([])
    var carry = 0
    for i in 0..<32 {
      let sum = Int(respelled[32 + i]) + Int(order[i]) + carry
      respelled[32 + i] = UInt8(sum & 255)
      carry = sum >> 8
    }
    #expect(carry == 0)
    #expect(!key.publicKey.isValid(respelled, for: []))
  }

  /// Under the neutral point every message would have the signature R = s·B, here with s = 0.
  @Test func `a key of small order verifies nothing`() throws {
    let neutral = [1] + [UInt8](repeating: 0, count: 31)
    let key = try #require(Ed25519.PublicKey(neutral))
    #expect(!key.isValid(neutral + [UInt8](repeating: 0, count: 32), for: [1, 2, 3]))
  }

  @Test func `one key serves many tasks at once`() async {
    let key = Ed25519.PrivateKey()
    let expected = (0..<20).map { key.sign([UInt8($0)]) }
    await withTaskGroup { group in
      for _ in 0..<8 { group.addTask { (0..<20).map { key.sign([UInt8($0)]) } } }
      for await signatures in group { #expect(signatures == expected) }
    }
  }

  @Test func `a private key does not print what it is`() {
    let key = Ed25519.PrivateKey(seed: [UInt8](repeating: 7, count: 32))
    var text = ""
    dump(key, to: &text)
    #expect(!text.contains("7, 7") && !text.contains("- 7\n") && !"\(key as Any)".contains("7, 7"))
  }

}
