// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds equal values among sealed ones: 16 bytes that are the same for the same value under one key and label.
///
/// Store them beside the sealed value and search for them. They tell whoever reads the table which values are equal, and,
/// without the key, nothing else. 16 bytes of HMAC-SHA256 do not collide by chance (2^64 values would be needed).
/// The caller brings values to one spelling first: letter case, spaces, the form of a telephone number.
public struct BlindIndex: Sendable {
  public static let bytesCount = 16
  private let key: HMACKey

  /// `label` names the column: equal values of two columns are not to look equal. The key must outlive every value that
  /// is indexed, so it is a wrapped key of its own and not derived from the master key.
  public init(key: [UInt8], label: String) { self.key = HMACKey(KeyedHash.subkey(of: key, "blind index: " + label)) }

  public func index(of value: String) -> [UInt8] { Array(key.authenticate(value).prefix(BlindIndex.bytesCount)) }
}
