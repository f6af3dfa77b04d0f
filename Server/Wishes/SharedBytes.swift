// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market

/// A shared list as bytes: its name before a page of ready cards.
enum SharedBytes {
  private struct Head: Encodable {
    var name: String
  }

  static func make(_ name: String, _ cards: [[UInt8]], next: String?) throws -> [UInt8] {
    let head = try JSONEncoder().encode(Head(name: name))
    return head.dropLast() + [UInt8(ascii: ",")] + PageBytes.make(cards, nextCursor: next).dropFirst()
  }
}
