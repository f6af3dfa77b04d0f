// SPDX-License-Identifier: GPL-3.0-or-later
internal import COpenSSL

/// Whether two secrets are equal; the time taken depends on their lengths only.
public func constantTimeEquals(_ a: [UInt8], _ b: [UInt8]) -> Bool {
  guard a.count == b.count else { return false }
  return unsafe CRYPTO_memcmp(a, b, a.count) == 0
}
