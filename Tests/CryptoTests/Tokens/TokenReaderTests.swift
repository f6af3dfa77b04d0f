// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

/// Tokens of our own, and what is made of them.
struct TokenReaderTests {
  static let key = Ed25519.PrivateKey()
  static let signer = TokenSigner(key, id: "k1", type: "at+jwt")
  static let reader = TokenReader(JSONWebKeySet([signer.publicKey]), type: "at+jwt")
  static let claims = Array(#"{"sub":"1","exp":2}"#.utf8)

  /// A token with this header over the usual claims, rightly signed with the usual key.
  static func token(header: String, claims: [UInt8] = claims) -> String {
    let message = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(claims)
    return message + "." + Base64URL.encode(key.sign(Array(message.utf8)))
  }

  private func refusal(_ token: String, _ reader: TokenReader = TokenReaderTests.reader) -> TokenRefusal? {
    do {
      _ = try reader.read(token)
      return nil
    } catch { return error }
  }

  @Test func `what is signed is read back`() throws {
    for length in [1, 2, 3, 100, 4000] {
      let claims = SecureRandom.bytes(length)
      let token = try Self.reader.read(Self.signer.sign(claims))
      #expect(token.keyID == "k1" && token.algorithm == .edDSA && token.claims == claims)
    }
  }

  @Test func `the header names algorithm, key and type and nothing else`() throws {
    let header = try #require(Self.signer.sign(Self.claims).split(separator: ".").first)
    #expect(text(Base64URL.decode(String(header)) ?? []) == #"{"alg":"EdDSA","kid":"k1","typ":"at+jwt"}"#)
    let unnamed = TokenSigner(Self.key)
    #expect(unnamed.publicKey.id == unnamed.publicKey.key.thumbprint)
    #expect(try TokenReader(JSONWebKeySet([unnamed.publicKey])).read(unnamed.sign(Self.claims)).claims == Self.claims)
  }

  @Test(
    arguments: [
      (#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt"}"#, nil),
      (#" { "typ" : "AT+JWT" , "kid":"k1", "alg":"EdDSA" } "#, nil),
      (#"{"alg":"EdDSA","kid":"k1","typ":"application/at+jwt","jku":"https://evil.example/keys"}"#, nil),
      // Not a clear JSON object.
      (#"{"alg":"EdDSA","alg":"none","kid":"k1","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"EdDSA","kid":"k1","kid":"k2","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"EdDSA","kid":"k1","k\u0069d":"k1","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt","x":1,"x":1}"#, .malformed),
      (#"{"alg":"EdDSA","kid":1,"typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"EdDSA","kid":null,"typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"EdDSA","kid":"k1","typ":["at+jwt"]}"#, .malformed),
      (#"{"alg":["EdDSA"],"kid":"k1","typ":"at+jwt"}"#, .malformed),
      (#"{"kid":"k1","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":null,"kid":"k1","typ":"at+jwt"}"#, .malformed),
      (#"["EdDSA"]"#, .malformed),
      (#""EdDSA""#, .malformed),
      ("null", .malformed),
      ("", .malformed),
      ("{", .malformed),
      (#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt"}{}"#, .malformed),
      (#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt",}"#, .malformed),
      ("\u{feff}" + #"{"alg":"EdDSA","kid":"k1","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt","a":[[[[[[[[[[1]]]]]]]]]]}"#, .malformed),
      // Extensions that must be understood (RFC 7515 section 4.1.11).
      (#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt","crit":["exp"],"exp":1}"#, .malformed),
      (#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt","crit":["b64"],"b64":false}"#, .malformed),
      (#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt","crit":null}"#, .malformed),
      // Algorithms.
      (#"{"alg":"none","kid":"k1","typ":"at+jwt"}"#, .unknownAlgorithm),
      (#"{"alg":"None","kid":"k1","typ":"at+jwt"}"#, .unknownAlgorithm),
      (#"{"alg":"","kid":"k1","typ":"at+jwt"}"#, .unknownAlgorithm),
      (#"{"alg":"eddsa","kid":"k1","typ":"at+jwt"}"#, .unknownAlgorithm),
      (#"{"alg":"EdDSA ","kid":"k1","typ":"at+jwt"}"#, .unknownAlgorithm),
      (#"{"alg":"HS256","kid":"k1","typ":"at+jwt"}"#, .unknownAlgorithm),
      (#"{"alg":"RS256","kid":"k1","typ":"at+jwt"}"#, .unknownAlgorithm),
      (#"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#, .unknownAlgorithm),
      // Purpose and key.
      (#"{"alg":"EdDSA","kid":"k1","typ":"JWT"}"#, .wrongType),
      (#"{"alg":"EdDSA","kid":"k1"}"#, .wrongType),
      (#"{"alg":"EdDSA","kid":"k2","typ":"at+jwt"}"#, .unknownKey),
      (#"{"alg":"EdDSA","kid":"","typ":"at+jwt"}"#, .unknownKey),
      (#"{"alg":"EdDSA","kid":"K1","typ":"at+jwt"}"#, .unknownKey),
      (#"{"alg":"EdDSA","typ":"at+jwt"}"#, .unknownKey),
      (
        #"{"alg":"EdDSA","typ":"at+jwt","jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}"#,
        .unknownKey
      ),
    ] as [(String, TokenRefusal?)])
  func `a header decides`(_ header: String, _ expected: TokenRefusal?) {
    #expect(refusal(Self.token(header: header)) == expected)
  }

  @Test func `a header that is not UTF-8 is malformed`() {
    let message =
      Base64URL.encode(Array(#"{"alg":"EdDSA","kid":"k1","typ":"at+jwt","x":""#.utf8) + [0xff, 0x22, 0x7d])
      + "." + Base64URL.encode(Self.claims)
    #expect(refusal(message + "." + Base64URL.encode(Self.key.sign(Array(message.utf8)))) == .malformed)
  }

  @Test func `a form that is not the one spelling is malformed`() {
    let good = Self.signer.sign(Self.claims)
    let parts = good.split(separator: ".").map(String.init)
    let (header, claims, signature) = (parts[0], parts[1], parts[2])
    #expect(refusal(good) == nil)
    // 64 bytes have four spare bits in their last digit.
    let last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    let digit = last.firstIndex(of: signature.last ?? "A").map { last[last.index(after: $0)] } ?? "B"
    let forms = [
      "", ".", "..", "...", header, "\(header).\(claims)", "\(header).\(claims).\(signature).", ".\(good)",
      "\(good).\(signature)", "\(header)..\(signature)", ".\(claims).\(signature)", "\(good)=",
      "\(header)=.\(claims).\(signature)",
      "\(header).\(claims)==.\(signature)", " \(good)", "\(good) ", "\(good)\n", "\(good)\u{0}",
      "\(header) .\(claims).\(signature)",
      "\(header).\(claims).\(signature.dropLast())\(digit)", "\(header).\(claims).\(signature.dropLast(2))+/",
      good.replacing(".", with: ". "), good.replacing(".", with: "\u{ff0e}"), "ü\(good)",
      "Bearer \(good)", "{\"payload\":\"\(claims)\",\"signatures\":[]}",
    ]
    for form in forms { #expect(refusal(form) == .malformed, "\(form)") }
  }

  @Test func `signatures that are short, long or of others are bad`() {
    let good = Self.signer.sign(Self.claims)
    let message = good.split(separator: ".").dropLast().joined(separator: ".")
    #expect(refusal(message + ".") == .badSignature)
    #expect(refusal(message + ".AAAA") == .badSignature)
    #expect(refusal(message + "." + Base64URL.encode([UInt8](repeating: 0, count: 64))) == .badSignature)
    #expect(refusal(good + "AAAA") != nil)
    let stranger = Ed25519.PrivateKey()
    #expect(refusal(TokenSigner(stranger, id: "k1", type: "at+jwt").sign(Self.claims)) == .badSignature)
  }

  @Test func `the public key is no shared secret`() {
    let header = Base64URL.encode(Array(#"{"alg":"HS256","kid":"k1","typ":"at+jwt"}"#.utf8))
    let message = header + "." + Base64URL.encode(Self.claims)
    let code = HMACKey(Self.key.publicKey.bytes).authenticate(message)
    #expect(refusal("\(message).\(Base64URL.encode(code))") == .unknownAlgorithm)
  }

  @Test func `a token has a greatest size`() {
    let small = TokenReader(JSONWebKeySet([Self.signer.publicKey]), sizeBytesMax: 300)
    let fitting = Self.signer.sign(Array(repeating: 0x20, count: 50))
    #expect(fitting.utf8.count < 300 && refusal(fitting, small) == nil)
    #expect(refusal(Self.signer.sign(Array(repeating: 0x20, count: 200)), small) == .malformed)
    #expect(refusal(String(repeating: "A", count: 10_000_000)) == .malformed)
  }

  @Test func `old and new keys serve side by side, and one that is gone serves no more`() throws {
    let (old, new) = (TokenSigner(Ed25519.PrivateKey()), TokenSigner(Ed25519.PrivateKey()))
    let both = TokenReader(JSONWebKeySet([old.publicKey, new.publicKey]))
    #expect(try both.read(old.sign([1])).keyID == old.publicKey.id)
    #expect(try both.read(new.sign([1])).keyID == new.publicKey.id)
    let rotated = TokenReader(JSONWebKeySet([new.publicKey]))
    #expect(refusal(old.sign([1]), rotated) == .unknownKey)
  }

  @Test func `a token without a key's name is read when one key alone fits`() throws {
    let (a, b) = (Ed25519.PrivateKey(), Ed25519.PrivateKey())
    let message = Base64URL.encode(Array(#"{"alg":"EdDSA"}"#.utf8)) + "." + Base64URL.encode(Self.claims)
    let token = message + "." + Base64URL.encode(a.sign(Array(message.utf8)))
    let one = JSONWebKeySet([JSONWebKey(a.publicKey)])
    let two = JSONWebKeySet([JSONWebKey(a.publicKey), JSONWebKey(b.publicKey)])
    #expect(refusal(token, TokenReader(one, needsKeyID: false)) == nil)
    #expect(refusal(token, TokenReader(one)) == .unknownKey)
    #expect(refusal(token, TokenReader(two, needsKeyID: false)) == .unknownKey)
  }

  @Test func `random text is refused and stops nothing`() {
    let alphabet = Array("eyJhbGciOiJFZERTQSJ9.-_={}\":,".utf8)
    for _ in 0..<2000 {
      let token = (0..<Int.random(in: 0..<120)).map { _ in alphabet.randomElement() ?? 0 }
      #expect(refusal(text(token)) != nil)
    }
  }
}
