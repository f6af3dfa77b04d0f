// SPDX-License-Identifier: GPL-3.0-or-later

/// A page as bytes: ready items between its two members.
public enum PageBytes {
  /// `corrected` is a string as JSON writes it. The cursor comes last: see `nextCursor`.
  public static func make(_ items: [[UInt8]], corrected: [UInt8]? = nil, nextCursor: String?) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(items.reduce(64) { $0 + $1.count + 1 } + (nextCursor?.utf8.count ?? 0))
    bytes += opening
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += item
    }
    bytes.append(UInt8(ascii: "]"))
    if let corrected {
      bytes += correctedKey
      bytes += corrected
    }
    if let nextCursor {
      bytes += cursorKey
      bytes += Array(nextCursor.utf8)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  /// The cursor at the end of a page. Cursors hold letters, digits, hyphens and underscores only.
  public static func nextCursor(_ bytes: [UInt8]) -> String? {
    guard bytes.starts(with: opening), bytes.count > 4, bytes.suffix(2).elementsEqual([0x22, 0x7d]) else { return nil }
    let tail = bytes.dropLast(2)
    guard let quote = tail.lastIndex(of: UInt8(ascii: "\"")) else { return nil }
    guard tail[...quote].suffix(cursorKey.count).elementsEqual(cursorKey) else { return nil }
    return String(decoding: tail[(quote + 1)...], as: UTF8.self)
  }

  private static let correctedKey = Array(#","corrected":"#.utf8)
  private static let opening = Array(#"{"items":["#.utf8)
  private static let cursorKey = Array(#","next_cursor":""#.utf8)
}
