// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a sealed value belongs, such as a table, a column and the id of a row. It is authenticated with the value, which
/// therefore opens nowhere else: nobody who can write to the database moves a value to another row.
public struct SealedPlace: Sendable, Hashable {
  let bytes: [UInt8]

  /// The parts keep their borders: "ab", "c" is another place than "a", "bc".
  public init(_ parts: String...) {
    precondition(!parts.isEmpty, "a place has a name")
    bytes = Framed.bytes(parts)
  }
}

/// Several texts as one run of bytes that no other texts have: each is preceded by its length.
enum Framed {
  static func bytes(_ parts: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
      bytes += UInt32(part.utf8.count).bigEndianBytes
      bytes += part.utf8
    }
    return bytes
  }
}

extension FixedWidthInteger {
  var bigEndianBytes: [UInt8] {
    (1...(Self.bitWidth / 8)).map { UInt8(truncatingIfNeeded: self >> (Self.bitWidth - 8 * $0)) }
  }
}
