// SPDX-License-Identifier: GPL-3.0-or-later

/// Hashes secrets for storage with a key of the server: HMAC-SHA256 under a key of their own for each label.
///
/// **Why no slow hash.** A code of six digits is one of a million. Whoever has read the table tries a million values
/// under any hash that a server can afford: at 50 ms each that is half a day of one processor, and hours of a few. A key
/// that is not in the database stops them at once: without it, a stored hash says nothing about its code. What is
/// left is guessing at the door, which short life and counted tries stop, and no slow hash would. At two
/// microseconds nobody can wear the server out by sending codes, either.
///
/// This holds while the key stays out of the database: derive it from the `MasterKey` or wrap it. Recovery codes have 50
/// random bits, which the same key protects. It is not for passwords that people choose.
public struct KeyedHash: Sendable {
  private let key: HMACKey

  /// `label` says what is hashed: the same secret under two labels has two unrelated hashes.
  public init(key: [UInt8], label: String) { self.key = HMACKey(KeyedHash.subkey(of: key, "keyed hash: " + label)) }

  /// The 32 bytes to store. Give what the secret belongs to along with it (the challenge's id, then the code), so that
  /// equal codes of two people do not look equal, and a stored hash serves no other row. Parts keep their borders.
  public func hash(_ parts: String...) -> [UInt8] { key.authenticate(Framed.bytes(parts)) }

  /// Whether `stored` is the hash of these parts, without telling by its duration how much is right.
  public func isHash(_ stored: [UInt8], of parts: String...) -> Bool {
    key.isValid(stored, for: Framed.bytes(parts))
  }

  static func subkey(of key: [UInt8], _ info: String) -> [UInt8] {
    precondition(key.count >= 32, "a key of 32 random bytes")
    return HKDF.expand(key, info: info)
  }
}
