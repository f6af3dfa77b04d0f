// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Testing

struct JSONWebKeyTests {
  static let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
  static let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
  static let ed = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
  /// An odd number of so many bits.
  static func modulus(bits: Int) -> String {
    var bytes = [UInt8](repeating: 0x5a, count: (bits + 7) / 8)
    bytes[0] = 1 << UInt8((bits - 1) % 8)
    bytes[bytes.count - 1] |= 1
    return Base64URL.encode(bytes)
  }
  static let n = modulus(bits: 2048)

  @Test(
    arguments: [
      (#"{"kty":"OKP","crv":"Ed25519","x":"\#(ed)"}"#, .edDSA),
      (#"{"kty":"OKP","crv":"Ed25519","x":"\#(ed)","kid":"a","alg":"EdDSA","use":"sig","key_ops":["verify"]}"#, .edDSA),
      (#"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)","x5c":["AAAA"],"other":{"a":[1]}}"#, .es256),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB"}"#, .rs256),
      (#"{"kty":"RSA","n":"\#(n)","e":"Aw"}"#, .rs256),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","key_ops":["sign","verify"]}"#, .rs256),
      (#"{"kty":"RSA","n":"\#(modulus(bits: 8192))","e":"AQAB"}"#, .rs256),
      // Of no use: purpose, type, curve, algorithm.
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","use":"enc"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","use":1}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","key_ops":["encrypt"]}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","key_ops":"verify"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","alg":"RS512"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","alg":"ES256"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","alg":7}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAB","kid":7}"#, nil),
      (#"{"kty":"oct","k":"AAAA","alg":"HS256"}"#, nil),
      (#"{"kty":"OKP","crv":"X25519","x":"\#(ed)"}"#, nil),
      (#"{"kty":"OKP","crv":"Ed448","x":"\#(ed)"}"#, nil),
      (#"{"kty":"EC","crv":"P-384","x":"\#(x)","y":"\#(y)"}"#, nil),
      (#"{"kty":"EC","x":"\#(x)","y":"\#(y)"}"#, nil),
      (#"{"kty":"rsa","n":"\#(n)","e":"AQAB"}"#, nil),
      (#"{"n":"\#(n)","e":"AQAB"}"#, nil),
      // Of no use: values.
      (#"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#, nil),
      (#"{"kty":"OKP","crv":"Ed25519","x":"\#(ed)="}"#, nil),
      (#"{"kty":"OKP","crv":"Ed25519"}"#, nil),
      (#"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(x)"}"#, nil),
      (#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, nil),
      (#"{"kty":"EC","crv":"P-256","x":"\#(x)"}"#, nil),
      (#"{"kty":"RSA","n":"\#(modulus(bits: 2047))","e":"AQAB"}"#, nil),
      (#"{"kty":"RSA","n":"\#(modulus(bits: 1024))","e":"AQAB"}"#, nil),
      (#"{"kty":"RSA","n":"\#(modulus(bits: 8193))","e":"AQAB"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n.dropLast(2))AA","e":"AQAB"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQ"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"Ag"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":""}"#, nil),
      (#"{"kty":"RSA","n":"","e":"AQAB"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)","e":"AQAAAAE"}"#, nil),
      (#"{"kty":"RSA","n":"\#(n)"}"#, nil),
      ("[]", nil), ("null", nil), ("1", nil),
    ] as [(String, SignatureAlgorithm?)])
  func `a key is of use or passed over`(_ key: String, _ algorithm: SignatureAlgorithm?) throws {
    let set = try #require(JSONWebKeySet(json: Array(#"{"keys":[\#(key)],"more":1}"#.utf8)))
    #expect(set.keys.first?.key.algorithm == algorithm)
    #expect(set.passedOver == (algorithm == nil ? 1 : 0))
  }

  @Test(arguments: [
    "", "{}", "[]", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[],\"keys\":[]}", "{\"keys\":[]", "<html>",
    "{\"keys\":[\(Array(repeating: "{}", count: 65).joined(separator: ","))]}",
    "{\"keys\":[],\"pad\":\"\(String(repeating: "x", count: 300_000))\"}",
  ])
  func `a document that is no key set is refused`(_ document: String) {
    #expect(JSONWebKeySet(json: Array(document.utf8)) == nil)
  }

  @Test func `what is written is read back`() throws {
    let rsa = try #require(RSAPublicKey(modulus: Base64URL.decode(Self.n) ?? [], exponent: [1, 0, 1]))
    let p256 = try #require(
      P256PublicKey(x: Base64URL.decode(Self.x) ?? [], y: Base64URL.decode(Self.y) ?? []))
    let set = JSONWebKeySet([
      JSONWebKey(Ed25519.PrivateKey().publicKey), JSONWebKey(id: "r \" \\ é", key: .rsa(rsa)),
      JSONWebKey(id: nil, key: .p256(p256)),
    ])
    #expect(JSONWebKeySet(json: set.json) == set)
    #expect(JSONWebKeySet(json: JSONWebKeySet([]).json) == JSONWebKeySet([]))
  }

  @Test func `our own key set is what the standard asks for`() throws {
    let key = try #require(Ed25519.PublicKey(Base64URL.decode(Self.ed) ?? []))
    #expect(
      text(JSONWebKeySet([JSONWebKey(key, id: "k1")]).json)
        == #"{"keys":[{"crv":"Ed25519","kty":"OKP","x":"\#(Self.ed)","kid":"k1","alg":"EdDSA","use":"sig"}]}"#)
  }

  @Test func `a leading zero of a modulus is passed over`() throws {
    let plain = try #require(RSAPublicKey(modulus: Base64URL.decode(Self.n) ?? [], exponent: [1, 0, 1]))
    #expect(RSAPublicKey(modulus: [0] + plain.modulus, exponent: [0, 1, 0, 1]) == plain)
  }
}
