// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Testing

struct CodeTests {
  @Test(
    arguments: [
      ("123456", "123456"), ("000000", "000000"), (" 123 456 ", "123456"), ("123-456", "123456"), ("123–456", "123456"),
      ("123\u{a0}456\r\n", "123456"), ("１２３４５６", "123456"), ("१२३४५६", "123456"), ("۱۲۳۴۵۶", "123456"),
      ("", nil), ("12345", nil), ("1234567", nil), ("12345a", nil), ("123.456", nil), ("½23456", nil), ("①23456", nil),
      ("五23456", nil), ("123456\u{0}", nil), (String(repeating: "1", count: 100_000), nil),
    ] as [(String, String?)])
  func `six digits are read however they are typed`(_ typed: String, _ code: String?) {
    #expect(OneTimeCode.normalised(typed) == code)
  }

  @Test func `recovery codes are ten, differ, and read as they are written`() {
    let codes = RecoveryCodes.make()
    #expect(codes.count == 10 && Set(codes).count == 10)
    for code in RecoveryCodes.make(200) {
      let groups = code.split(separator: "-", omittingEmptySubsequences: false)
      #expect(groups.map(\.count) == [5, 5])
      #expect(code.allSatisfy { $0 == "-" || "0123456789abcdefghjkmnpqrstvwxyz".contains($0) })
      #expect(RecoveryCodes.normalised(code) == code)
      #expect(RecoveryCodes.normalised(code.uppercased()) == code)
      #expect(RecoveryCodes.normalised(code.filter { $0 != "-" }) == code)
      #expect(RecoveryCodes.normalised(" " + code.map { String($0) }.joined(separator: " ") + "\n") == code)
    }
  }

  @Test(
    arguments: [
      ("abcde-fghjk", "abcde-fghjk"), ("ABCDE FGHJK", "abcde-fghjk"), ("abcdefghjk", "abcde-fghjk"),
      ("oOiIl-Lzzzz", "00111-1zzzz"), ("ａｂｃｄｅ－ＦＧＨＪＫ", "abcde-fghjk"), ("abcde—fghjk", "abcde-fghjk"),
      ("abcde-fghj", nil), ("abcde-fghjkm", nil), ("abcde-fghju", nil), ("abcde_fghjk", nil), ("abcdé-fghjk", nil),
      ("", nil), ("-", nil),
    ] as [(String, String?)])
  func `a recovery code is read however it is typed`(_ typed: String, _ code: String?) {
    #expect(RecoveryCodes.normalised(typed) == code)
  }

  @Test func `user codes have eight consonants in two groups`() {
    for _ in 0..<200 {
      let code = UserCode.make()
      let groups = code.split(separator: "-", omittingEmptySubsequences: false)
      #expect(groups.map(\.count) == [4, 4])
      #expect(code.allSatisfy { $0 == "-" || "BCDFGHJKLMNPQRSTVWXZ".contains($0) })
      #expect(UserCode.normalised(code) == code)
      #expect(UserCode.normalised(code.lowercased().filter { $0 != "-" }) == code)
    }
    #expect(Set((0..<500).map { _ in UserCode.make() }).count == 500)
  }

  @Test(
    arguments: [
      ("bcdf ghjk", "BCDF-GHJK"), ("ＢＣＤＦ　ＧＨＪＫ", "BCDF-GHJK"), ("BCDF-GHJ", nil), ("BCDF-GHJKL", nil),
      ("ACDF-GHJK", nil), ("BCDF-GHJY", nil), ("BCDF-GHJ0", nil), ("", nil),
    ] as [(String, String?)])
  func `a user code is read however it is typed`(_ typed: String, _ code: String?) {
    #expect(UserCode.normalised(typed) == code)
  }
}

struct OpaqueTokenTests {
  @Test func `a token is found by its digest`() {
    for prefix in ["", "rt_"] {
      let token = OpaqueToken(prefix: prefix)
      #expect(token.text.hasPrefix(prefix) && token.text.utf8.count == prefix.utf8.count + 43)
      #expect(token.digest.count == 32)
      #expect(OpaqueToken.digest(of: token.text, prefix: prefix) == token.digest)
      #expect(OpaqueToken(prefix: prefix) != token)
    }
  }

  @Test func `the digest is SHA-256 of the random bytes`() {
    let bytes = (0..<32).map { UInt8($0) }
    #expect(OpaqueToken.digest(of: "rt_" + Base64URL.encode(bytes), prefix: "rt_") == SHA256.hash(bytes))
  }

  @Test func `what is no token has no digest`() {
    let token = OpaqueToken(prefix: "rt_").text
    let respelled = token.dropLast() + (token.last == "A" ? "B" : "C")
    for other in [
      "", "rt_", String(token.dropLast()), token + "A", "xt_" + token.dropFirst(3), token + "=",
      " " + token.dropFirst(), String(token.dropFirst(3)), String(token.dropLast()) + "é",
      String(token.dropLast()) + "_",
    ] {
      #expect(OpaqueToken.digest(of: other, prefix: "rt_") == nil, "\(other)")
    }
    // Another last digit is either another token or none; it is never the same one.
    #expect(OpaqueToken.digest(of: String(respelled), prefix: "rt_") != OpaqueToken.digest(of: token, prefix: "rt_"))
  }
}

struct PKCETests {
  /// RFC 7636 appendix B.
  static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
  static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

  @Test func `gives the values of RFC 7636`() {
    #expect(PKCE.challenge(for: Self.verifier) == Self.challenge)
    #expect(PKCE.isValid(Self.verifier, for: Self.challenge))
  }

  @Test func `verifiers are random and fit their own challenge alone`() {
    let (one, other) = (PKCE.makeVerifier(), PKCE.makeVerifier())
    #expect(one != other && PKCE.isVerifier(one))
    #expect(PKCE.isValid(one, for: PKCE.challenge(for: one)))
    #expect(!PKCE.isValid(other, for: PKCE.challenge(for: one)))
    // The method `plain`.
    #expect(!PKCE.isValid(one, for: one))
    #expect(!PKCE.isValid(one, for: ""))
    #expect(!PKCE.isValid(one, for: PKCE.challenge(for: one) + "="))
  }

  @Test(arguments: [
    (String(repeating: "a", count: 42), false), (String(repeating: "a", count: 43), true),
    (String(repeating: "~", count: 128), true), (String(repeating: "a", count: 129), false),
    (String(repeating: "-._~", count: 11), true), (String(repeating: "a", count: 43) + "+", false),
    (String(repeating: "a", count: 43) + " ", false), (String(repeating: "é", count: 43), false), ("", false),
  ])
  func `a verifier has 43 to 128 unreserved characters`(_ verifier: String, _ isVerifier: Bool) {
    #expect(PKCE.isVerifier(verifier) == isVerifier)
    #expect(PKCE.isValid(verifier, for: PKCE.challenge(for: verifier)) == isVerifier)
  }

  @Test func `a challenge is a digest`() {
    #expect(PKCE.isChallenge(Self.challenge))
    for other in ["", "abc", Self.challenge + "A", Self.challenge + "=", String(Self.challenge.dropLast())] {
      #expect(!PKCE.isChallenge(other))
    }
  }
}
