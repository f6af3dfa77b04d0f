// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// The network of an address: its first 24 bits for IPv4, 64 for IPv6. Who has one address of a network easily has the
/// others.
enum Network {
  static func of(_ address: String) -> String {
    var v4 = in_addr()
    if unsafe inet_pton(AF_INET, address, &v4) == 1 { return prefix(of: UInt32(bigEndian: v4.s_addr)) }
    var v6 = in6_addr()
    guard unsafe inet_pton(AF_INET6, address, &v6) == 1 else { return "unknown" }
    let bytes = unsafe withUnsafeBytes(of: v6) { unsafe Array($0) }
    // An IPv4 address in IPv6 clothes (RFC 4291 §2.5.5.2).
    if bytes[..<10].allSatisfy({ $0 == 0 }) && bytes[10] == 0xff && bytes[11] == 0xff {
      return prefix(of: bytes[12...].reduce(0) { $0 << 8 | UInt32($1) })
    }
    let groups = stride(from: 0, to: 8, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
    return groups.joined(separator: ":") + "::/64"
  }

  private static func prefix(of v4: UInt32) -> String { "\(v4 >> 24).\(v4 >> 16 & 255).\(v4 >> 8 & 255).0/24" }
}
