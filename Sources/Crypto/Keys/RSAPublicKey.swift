// SPDX-License-Identifier: GPL-3.0-or-later

/// A key that verifies RS256: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3). Others sign with it, we never do.
public struct RSAPublicKey: Sendable, Hashable {
  /// Both as big-endian bytes without leading zeros.
  public let modulus: [UInt8]
  public let exponent: [UInt8]
  private let key: OpenSSLPublicKey

  /// RFC 7518 asks for 2048 bits at least; more than 8192 only costs time.
  public static let modulusBits = 2048...8192

  /// Nil for numbers that are no such key: too small, too large, or even. The exponent has four bytes at most.
  public init?(modulus: [UInt8], exponent: [UInt8]) {
    let modulus = Array(modulus.drop { $0 == 0 })
    let exponent = Array(exponent.drop { $0 == 0 })
    guard let high = modulus.first, let low = modulus.last, let last = exponent.last else { return nil }
    let bits = modulus.count * 8 - high.leadingZeroBitCount
    guard RSAPublicKey.modulusBits.contains(bits), low & 1 == 1 else { return nil }
    guard exponent.count <= 4, last & 1 == 1, exponent != [1] else { return nil }
    let algorithm: [UInt8] = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 0x05, 0]  // rsaEncryption, null
    let numbers = DER.sequence(DER.integer(modulus), DER.integer(exponent))
    let info = DER.sequence(DER.sequence(algorithm), DER.bitString(numbers))
    guard let key = OpenSSLPublicKey(info: info) else { return nil }
    self.modulus = modulus
    self.exponent = exponent
    self.key = key
  }

  /// Whether `signature` is RS256 of `message`.
  public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    signature.count == modulus.count && key.isValid(signature, for: message)
  }

  public static func == (a: RSAPublicKey, b: RSAPublicKey) -> Bool {
    a.modulus == b.modulus && a.exponent == b.exponent
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(modulus)
    hasher.combine(exponent)
  }
}
