// SPDX-License-Identifier: GPL-3.0-or-later

/// Proof that who redeems a code is who asked for it (RFC 7636). S256 is the only method: `plain` proves nothing to those
/// who have seen the question.
public enum PKCE {
  /// 32 random bytes as 43 characters, as section 4.1 advises.
  public static func makeVerifier() -> String { Base64URL.encode(SecureRandom.bytes(32)) }

  /// What is sent with the question.
  public static func challenge(for verifier: String) -> String { Base64URL.encode(SHA256.hash(verifier)) }

  /// Whether the verifier that comes with the code fits the challenge that came with the question.
  public static func isValid(_ verifier: String, for challenge: String) -> Bool {
    isVerifier(verifier) && constantTimeEquals(Array(self.challenge(for: verifier).utf8), Array(challenge.utf8))
  }

  /// 43 to 128 unreserved characters (section 4.1).
  public static func isVerifier(_ text: String) -> Bool {
    (43...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: "-._~".utf8.contains(byte)
        }
      }
  }

  /// Whether this can be a challenge at all: the SHA-256 of something in base 64.
  public static func isChallenge(_ text: String) -> Bool { Base64URL.decode(text)?.count == 32 }
}
