// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import TestSupport
import Testing

/// Against PyJWT, in both directions.
@Suite(.timeLimit(.minutes(3)))
struct TokenPeerTests {
  private func ask(_ arguments: [String]) async throws -> JSONValue {
    try await onThread {
      let program = ["\(TestFiles.fixtures)/token_peer.py"] + arguments
      return try parsed(try runProgram(try PythonTools.interpreter(), program))
    }
  }

  @Test func `PyJWT reads our tokens with our key set`() async throws {
    let signers = [TokenSigner(Ed25519.PrivateKey()), TokenSigner(Ed25519.PrivateKey(), id: "second", type: "at+jwt")]
    let keys = JSONWebKeySet(signers.map(\.publicKey))
    let claims = Array(#"{"sub":"acc_1","aud":"us","exp":4102444800,"name":"Zoë 🧵"}"#.utf8)
    let tokens = signers.map { $0.sign(claims) }
    var forged = Array(tokens[0].utf8)
    let place = forged.count - 30
    forged[place] = forged[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
    let answers = try await ask(["verify", text(keys.json)] + tokens + [text(forged)]).elements
    try #require(answers.count == 3)
    for (answer, signer) in zip(answers, signers) {
      #expect(answer["claims"] == (try parsed(text(claims))))
      #expect(answer["header"]?["kid"] == signer.publicKey.id.map { .string($0) })
      #expect(answer["header"]?["alg"] == .string("EdDSA"))
    }
    #expect(answers[1]["header"]?["typ"] == .string("at+jwt"))
    #expect(answers[2]["error"] == .string("InvalidSignatureError"))
  }

  @Test func `we read PyJWT's tokens of all three algorithms with its key set`() async throws {
    let answer = try await ask(["sign", "5"])
    let document = try #require(answer["jwks"])
    let keys = try #require(JSONWebKeySet(json: try document.json))
    #expect(keys.keys.map(\.id) == ["r", "l", "p", "e"])
    #expect(keys.passedOver == 6)
    let reader = TokenReader(keys, algorithms: Set(SignatureAlgorithm.allCases))
    let lenient = TokenReader(keys, algorithms: Set(SignatureAlgorithm.allCases), needsKeyID: false)
    let tokens = try #require(answer["tokens"]).elements
    #expect(tokens.count == 20)
    for signed in tokens {
      let token = try signed.text("token")
      let read = try reader.read(token)
      #expect(read.algorithm.rawValue == (try signed.text("alg")))
      #expect(read.keyID == (try signed.text("kid")))
      #expect(try parsed(text(read.claims)) == signed["claims"])
      // Two RSA keys: the name is needed. One key each of the others: it is not.
      let unnamed = try signed.text("unnamed")
      if read.algorithm == .rs256 {
        #expect(throws: TokenRefusal.unknownKey) { try lenient.read(unnamed) }
      } else {
        #expect(try lenient.read(unnamed).claims == read.claims)
      }
      try checkTampering(with: token, reader)
    }
  }

  /// No byte of a token can be changed, and no signature serves another's claims.
  private func checkTampering(with token: String, _ reader: TokenReader) throws {
    let bytes = Array(token.utf8)
    for _ in 0..<40 {
      var other = bytes
      let i = Int.random(in: other.indices)
      other[i] ^= UInt8(1 << Int.random(in: 0..<7))
      #expect(throws: TokenRefusal.self) { try reader.read(text(other)) }
    }
    let parts = token.split(separator: ".")
    let claims = Base64URL.encode(Array(#"{"sub":"admin"}"#.utf8))
    #expect(throws: TokenRefusal.badSignature) { try reader.read("\(parts[0]).\(claims).\(parts[2])") }
  }
}
