// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

extension OutputBuffer {
  @inline(__always)
  func bool(_ value: Bool) {
    if value { literal("true") } else { literal("false") }
  }

  func integer(_ value: Int64) {
    if value < 0 { byte(UInt8(ascii: "-")) }
    natural(value.magnitude)
  }

  /// Decimal digits, two at a time from the right.
  func natural(_ value: UInt64) {
    let width = digits(in: value)
    let start = unsafe room(width)
    var rest = value
    var i = width
    while rest >= 100 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      i &-= 2
      unsafe start[i] = UInt8(truncatingIfNeeded: 48 &+ pair / 10)
      unsafe start[i &+ 1] = UInt8(truncatingIfNeeded: 48 &+ pair % 10)
      rest = quotient
    }
    if rest >= 10 {
      unsafe start[1] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
      rest /= 10
    }
    unsafe start[0] = UInt8(truncatingIfNeeded: 48 &+ rest)
    wrote(width)
  }

  @inline(__always)
  private func digits(in value: UInt64) -> Int {
    var width = 1
    var bound: UInt64 = 10
    while width < 20, value >= bound {
      width &+= 1
      bound = bound &* 10
      if width == 20 { break }
    }
    return width
  }

  /// The shortest text that reads back as the same number, always with a point or an exponent. `value` is finite.
  func double(_ value: Double) {
    let magnitude = value.magnitude
    // Two decimal numbers of at most 15 digits never share a double, so if one with four decimals reads back as
    // `value` it is, without its trailing zeros, the shortest text.
    let scaled = (magnitude * 10_000).rounded()
    if magnitude < 1e10, scaled / 10_000 == magnitude, magnitude >= 1e-4 {
      if value < 0 { byte(UInt8(ascii: "-")) }
      let (whole, fraction) = UInt64(scaled).quotientAndRemainder(dividingBy: 10_000)
      natural(whole)
      return decimals(fraction)
    }
    var text = value.description
    text.withUTF8 { unsafe append($0) }
  }

  /// A point and up to four decimals without trailing zeros, at least one.
  private func decimals(_ tenThousandths: UInt64) {
    byte(UInt8(ascii: "."))
    var rest = tenThousandths
    var unit: UInt64 = 1000
    repeat {
      byte(UInt8(truncatingIfNeeded: 48 &+ rest / unit))
      rest %= unit
      unit /= 10
    } while rest > 0
  }

  func string(_ value: String) {
    var value = value
    value.withUTF8 { unsafe string($0) }
  }

  /// A quoted string; escapes only what RFC 8259 section 7 requires.
  func string(_ bytes: UnsafeBufferPointer<UInt8>) {
    let text = unsafe ByteView(bytes)
    let start = unsafe room(text.count &+ 2)
    unsafe start[0] = UInt8(ascii: "\"")
    let plain = text.plainPrefix(from: 0)
    if plain == text.count {
      if plain > 0 { unsafe memcpy(start + 1, bytes.baseAddress!, plain) }
      unsafe start[plain &+ 1] = UInt8(ascii: "\"")
      return wrote(plain &+ 2)
    }
    wrote(1)
    var from = 0
    while true {
      let to = text.plainPrefix(from: from)
      unsafe append(UnsafeBufferPointer(rebasing: bytes[from..<to]))
      if to == text.count { break }
      escape(text[to])
      from = to &+ 1
    }
    byte(UInt8(ascii: "\""))
  }

  private func escape(_ byte: UInt8) {
    switch byte {
    case 0x22: literal("\\\"")
    case 0x5c: literal("\\\\")
    case 0x0a: literal("\\n")
    case 0x0d: literal("\\r")
    case 0x09: literal("\\t")
    case 0x08: literal("\\b")
    case 0x0c: literal("\\f")
    default:
      literal("\\u00")
      self.byte(48 &+ byte >> 4)
      let low = byte & 15
      self.byte(low < 10 ? 48 &+ low : 87 &+ low)
    }
  }

  /// A member's name and its colon, in snake case if asked.
  @inline(__always)
  func key(_ name: String, snakeCase: Bool) {
    var name = name
    if !snakeCase {
      name.withUTF8 { unsafe string($0) }
      return byte(UInt8(ascii: ":"))
    }
    let isPlain = name.withUTF8 { unsafe snakeCaseKey($0) }
    if !isPlain { key(KeyStyle.snakeCase.wireName(of: name), snakeCase: false) }
  }

  /// False, with nothing written, when the name needs escapes.
  @inline(__always)
  private func snakeCaseKey(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let name = unsafe ByteView(bytes)
    let start = unsafe room(name.count &* 2 &+ 3)
    unsafe start[0] = UInt8(ascii: "\"")
    var n = 1
    for i in 0..<name.count {
      let byte = name[i]
      if byte &- 0x41 < 26 {
        if name.startsWord(at: i) {
          unsafe start[n] = UInt8(ascii: "_")
          n &+= 1
        }
        unsafe start[n] = byte | 0x20
      } else {
        if byte < 0x20 || byte == 0x22 || byte == 0x5c { return false }
        unsafe start[n] = byte
      }
      n &+= 1
    }
    unsafe start[n] = UInt8(ascii: "\"")
    unsafe start[n &+ 1] = UInt8(ascii: ":")
    wrote(n &+ 2)
    return true
  }
}

extension ByteView {
  /// The end of the longest run from `start` that a string may hold without escapes.
  @inline(__always)
  func plainPrefix(from start: Int) -> Int {
    var i = start
    while i &+ 8 <= count {
      let found = marks(ofSpecialIn: word(at: i))
      if found != 0 { return i &+ found.trailingZeroBitCount >> 3 }
      i &+= 8
    }
    while i < count {
      let byte = self[i]
      if byte < 0x20 || byte == 0x22 || byte == 0x5c { return i }
      i &+= 1
    }
    return i
  }
}
