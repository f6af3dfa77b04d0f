// SPDX-License-Identifier: GPL-3.0-or-later

/// A key that verifies ES256: ECDSA over P-256 with SHA-256 (RFC 7518 section 3.4). Others sign with it, we never do.
public struct P256PublicKey: Sendable, Hashable {
  /// The coordinates of the point, 32 big-endian bytes each.
  public let x: [UInt8]
  public let y: [UInt8]
  private let key: OpenSSLPublicKey

  /// Nil for coordinates of other lengths, and for a point that is not on the curve.
  public init?(x: [UInt8], y: [UInt8]) {
    guard x.count == 32, y.count == 32 else { return nil }
    let algorithm: [UInt8] =
      [0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]  // ecPublicKey
      + [0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]  // prime256v1
    // 4 says that both coordinates follow (SEC 1 section 2.3.3).
    let info = DER.sequence(DER.sequence(algorithm), DER.bitString([4] + x + y))
    guard let key = OpenSSLPublicKey(info: info) else { return nil }
    self.x = x
    self.y = y
    self.key = key
  }

  /// Whether `signature`, the 64 bytes of both its numbers, is ES256 of `message`.
  public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard signature.count == 64 else { return false }
    return key.isValid(DER.sequence(DER.integer(signature[..<32]), DER.integer(signature[32...])), for: message)
  }

  public static func == (a: P256PublicKey, b: P256PublicKey) -> Bool { a.x == b.x && a.y == b.y }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(x)
    hasher.combine(y)
  }
}
