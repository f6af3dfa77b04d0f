// SPDX-License-Identifier: GPL-3.0-or-later

/// How the names of Swift properties are spelled on the wire.
///
/// Only names are respelled. A key type that accepts any text (a dictionary's, say) holds data and stays as it is.
public enum KeyStyle: Sendable {
  case asWritten
  /// `unitPrice` is `unit_price`, `sha256Hex` is `sha256_hex`, `imageURL` is `image_url`.
  case snakeCase

  /// The wire spelling of a property's name.
  public func wireName(of name: String) -> String {
    guard self == .snakeCase else { return name }
    var name = name
    return name.withUTF8 { text in
      let text = unsafe ByteView(text)
      var wire: [UInt8] = []
      wire.reserveCapacity(text.count + 4)
      for i in 0..<text.count {
        if text.startsWord(at: i) { wire.append(UInt8(ascii: "_")) }
        wire.append(lowercased(text[i]))
      }
      return String(decoding: wire, as: UTF8.self)
    }
  }

  /// The property's name that a wire name stands for, if there is exactly one: acronyms cannot be guessed back.
  func propertyName(of wire: String) -> String? {
    guard self == .snakeCase else { return wire }
    var name: [UInt8] = []
    var capital = false
    for byte in wire.utf8 {
      if byte == UInt8(ascii: "_"), !name.isEmpty {
        capital = true
      } else {
        name.append(capital && byte &- 0x61 < 26 ? byte &- 0x20 : byte)
        capital = false
      }
    }
    let guess = String(decoding: name, as: UTF8.self)
    return wireName(of: guess) == wire ? guess : nil
  }
}

/// Whether the keys of a type are data, as a dictionary's are, and not names of properties.
@inline(__always)
func keysAreData<Key: CodingKey>(_: Key.Type) -> Bool {
  // An enumeration without payload has at most two bytes; a key that can hold any text has at least a string.
  if MemoryLayout<Key>.size < MemoryLayout<String>.size { return false }
  return Key(stringValue: "any Text\u{1}") != nil
}

@inline(__always)
func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

extension ByteView {
  /// A capital begins a word after a small letter or digit, and before a small letter.
  @inline(__always)
  func startsWord(at i: Int) -> Bool {
    guard i > 0, self[i] &- 0x41 < 26 else { return false }
    let before = self[i &- 1]
    if before &- 0x41 >= 26 { return before != UInt8(ascii: "_") }
    return i &+ 1 < count && self[i &+ 1] &- 0x61 < 26
  }

  /// Whether `name`, a property's, is spelled like these bytes under snake case.
  @inline(__always)
  func isSnakeCase(of name: ByteView) -> Bool {
    var j = 0
    for i in 0..<name.count {
      let byte = name[i]
      if byte &- 0x41 < 26 {
        if name.startsWord(at: i) {
          guard j < count, self[j] == UInt8(ascii: "_") else { return false }
          j &+= 1
        }
        guard j < count, self[j] == byte | 0x20 else { return false }
      } else {
        guard j < count, self[j] == byte else { return false }
      }
      j &+= 1
    }
    return j == count
  }
}
