// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes several keys of one, so that no key has two uses (RFC 5869 with SHA-256).
public enum HKDF {
  /// A key that is uniform, of a secret that need not be.
  public static func extract(salt: [UInt8], secret: [UInt8]) -> [UInt8] { HMACKey(salt).authenticate(secret) }

  /// `count` bytes that belong to `info`, of a key of 32 uniform bytes. Nothing about one is learnt from another.
  public static func expand(_ key: [UInt8], info: [UInt8], count: Int = 32) -> [UInt8] {
    precondition(count > 0 && count <= 255 * SHA256.digestBytes, "RFC 5869 makes 8160 bytes at most")
    let prepared = HMACKey(key)
    var output: [UInt8] = []
    var block: [UInt8] = []
    var number: UInt8 = 1
    while output.count < count {
      block = prepared.authenticate(block + info + [number])
      output += block
      number &+= 1
    }
    return Array(output.prefix(count))
  }

  public static func expand(_ key: [UInt8], info: String, count: Int = 32) -> [UInt8] {
    expand(key, info: Array(info.utf8), count: count)
  }
}
