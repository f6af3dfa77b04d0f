// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Counts connections by client over all loops. A client is an IPv4 address or the /64 of an IPv6 address, since a
/// household gets that many of the latter.
final class AddressLimit: Sendable {
  private let countMax: Int
  private let counts = Mutex<[Client: Int]>([:])

  struct Client: Hashable, Sendable {
    var high: UInt64
    var low: UInt64

    /// From the 16 bytes of an IPv6 address; IPv4 is mapped (RFC 4291, section 2.5.5.2).
    init(_ bytes: [UInt8]) {
      let high = bytes[0..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let low = bytes[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      self.high = high
      self.low = high == 0 && low >> 32 == 0xffff ? low : 0
    }
  }

  init(countMax: Int) { self.countMax = countMax }

  /// Whether the client may have one more connection. When it may, `leave` must follow.
  func enter(_ client: Client) -> Bool {
    if countMax == 0 { return true }
    return counts.withLock { counts in
      if counts[client, default: 0] >= countMax { return false }
      counts[client, default: 0] += 1
      return true
    }
  }

  func leave(_ client: Client) {
    if countMax == 0 { return }
    counts.withLock { counts in
      let count = counts[client, default: 0] - 1
      counts[client] = count > 0 ? count : nil
    }
  }
}
