// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

extension Parser {
  // MARK: Strings

  /// A quoted string; most are copied nowhere, only checked.
  @inline(__always)
  mutating func string() throws(Fault) {
    position &+= 1
    let start = position
    try skipPlain()
    if self[position] == UInt8(ascii: "\"") {
      pushString(start, position)
      position &+= 1
    } else {
      try escapedString(from: start)
    }
  }

  @inline(__always)
  private mutating func pushString(_ from: Int, _ to: Int) {
    push(Tag.string.word | UInt64(truncatingIfNeeded: to &- from) << 32 | UInt64(truncatingIfNeeded: from))
  }

  /// Moves to the next quote or backslash.
  @inline(__always)
  private mutating func skipPlain() throws(Fault) {
    while true {
      while position < end {
        let word = unsafe UnsafeRawPointer(text + position).loadUnaligned(as: UInt64.self)
        let found = marks(ofSpecialIn: word) | word & 0x8080_8080_8080_8080
        if found != 0 {
          position &+= found.trailingZeroBitCount >> 3
          break
        }
        position &+= 8
      }
      let byte = self[min(position, end)]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
      if byte < 0x20 {
        if position >= end {
          position = end
          throw .syntax("The string has no closing quote.")
        }
        throw .syntax("A control character must be escaped in a string.")
      }
      try skipScalars()
    }
  }

  /// Moves over scalars beyond ASCII, checking them against table 3-7 of the Unicode standard.
  @inline(__always)
  private mutating func skipScalars() throws(Fault) {
    while true {
      let lead = self[position]
      if lead < 0x80 { return }
      let second = self[position &+ 1]
      switch lead {
      case 0xc2...0xdf:
        guard second & 0xc0 == 0x80 else { throw .notUTF8 }
        position &+= 2
      case 0xe0...0xef:
        let isStraight = lead == 0xe0 ? second >= 0xa0 : lead != 0xed || second < 0xa0
        guard second & 0xc0 == 0x80, isStraight, self[position &+ 2] & 0xc0 == 0x80 else { throw .notUTF8 }
        position &+= 3
      case 0xf0...0xf4:
        let isInRange = lead == 0xf0 ? second >= 0x90 : lead != 0xf4 || second < 0x90
        guard second & 0xc0 == 0x80, isInRange, self[position &+ 2] & 0xc0 == 0x80,
          self[position &+ 3] & 0xc0 == 0x80
        else { throw .notUTF8 }
        position &+= 4
      default: throw .notUTF8
      }
    }
  }

  /// The rest of a string from its first backslash: each escape is resolved into the bytes it takes up.
  @inline(never)
  private mutating func escapedString(from start: Int) throws(Fault) {
    var write = position
    while self[position] != UInt8(ascii: "\"") {
      write = try escape(writingAt: write)
      let run = position
      try skipPlain()
      unsafe memmove(text + write, text + run, position - run)
      write += position - run
    }
    pushString(start, write)
    position += 1
  }

  private mutating func escape(writingAt write: Int) throws(Fault) -> Int {
    let plain: UInt8
    switch self[position + 1] {
    case UInt8(ascii: "\""): plain = UInt8(ascii: "\"")
    case UInt8(ascii: "\\"): plain = UInt8(ascii: "\\")
    case UInt8(ascii: "/"): plain = UInt8(ascii: "/")
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0c
    case UInt8(ascii: "n"): plain = 0x0a
    case UInt8(ascii: "r"): plain = 0x0d
    case UInt8(ascii: "t"): plain = 0x09
    case UInt8(ascii: "u"): return try unicodeEscape(writingAt: write)
    default: throw .syntax("There is no such escape.")
    }
    self[write] = plain
    position += 2
    return write + 1
  }

  private mutating func unicodeEscape(writingAt write: Int) throws(Fault) -> Int {
    var code = try fourHexDigits(at: position + 2)
    var length = 6
    if code & 0xfc00 == 0xd800 {
      guard self[position + 6] == UInt8(ascii: "\\"), self[position + 7] == UInt8(ascii: "u") else {
        throw .encoding("The escape is half of a surrogate pair.")
      }
      let low = try fourHexDigits(at: position + 8)
      guard low & 0xfc00 == 0xdc00 else { throw .encoding("The escape is half of a surrogate pair.") }
      code = 0x10000 + (code & 0x3ff) << 10 + low & 0x3ff
      length = 12
    }
    guard let scalar = Unicode.Scalar(code) else { throw .encoding("The escape is half of a surrogate pair.") }
    var write = write
    for byte in scalar.utf8 {
      self[write] = byte
      write += 1
    }
    position += length
    return write
  }

  private func fourHexDigits(at start: Int) throws(Fault) -> UInt32 {
    var code: UInt32 = 0
    // Stops at the first byte that is no digit, so it never runs past the zeros at the end.
    for i in start..<start + 4 {
      let byte = self[i]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: throw .syntax("Four hexadecimal digits must follow \\u.")
      }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  // MARK: Numbers

  /// A number: integers up to 64 bits stay exact, all others become doubles.
  @inline(__always)
  mutating func number() throws(Fault) {
    let start = position
    let isNegative = self[position] == UInt8(ascii: "-")
    if isNegative { position &+= 1 }
    let firstDigit = position
    var magnitude: UInt64 = 0
    while self[position] &- 0x30 < 10 {
      magnitude = magnitude &* 10 &+ UInt64(self[position] &- 0x30)
      position &+= 1
    }
    let digits = position &- firstDigit
    guard digits > 0 else { throw .syntax("A digit is expected here.") }
    if digits > 1, self[firstDigit] == 0x30 {
      position = firstDigit
      throw .syntax("A number does not begin with a zero that means nothing.")
    }
    let next = self[position]
    if next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") || digits > 18 || (isNegative && magnitude == 0) {
      return try longNumber(start, magnitude, digits, isNegative)
    }
    pushInteger(isNegative ? 0 &- Int64(magnitude) : Int64(magnitude))
  }

  @inline(__always)
  private mutating func pushInteger(_ value: Int64) {
    if (value << 4) >> 4 == value {
      push(Tag.small.word | UInt64(bitPattern: value) & (1 << 60 &- 1))
    } else {
      push(Tag.integer.word)
      push(UInt64(bitPattern: value))
    }
  }

  private mutating func pushDouble(_ value: Double) {
    push(Tag.double.word)
    push(value.bitPattern)
  }

  /// A number with a fraction, an exponent, more than 18 digits, or a minus zero; `position` is after its digits.
  private mutating func longNumber(
    _ start: Int, _ whole: UInt64, _ wholeDigits: Int, _ isNegative: Bool
  ) throws(Fault) {
    var digits = wholeDigits
    var mantissa = whole
    var decimals = 0
    let isIntegral = self[position] != UInt8(ascii: ".") && self[position] | 0x20 != UInt8(ascii: "e")
    if self[position] == UInt8(ascii: ".") {
      position += 1
      let first = position
      while self[position] &- 0x30 < 10 {
        mantissa = mantissa &* 10 &+ UInt64(self[position] &- 0x30)
        position += 1
      }
      decimals = position - first
      digits += decimals
      guard decimals > 0 else { throw .syntax("A digit is expected after the point.") }
    }
    let hasExponent = self[position] | 0x20 == UInt8(ascii: "e")
    if hasExponent {
      position += 1
      if self[position] == UInt8(ascii: "+") || self[position] == UInt8(ascii: "-") { position += 1 }
      guard self[position] &- 0x30 < 10 else { throw .syntax("A digit is expected in the exponent.") }
      while self[position] &- 0x30 < 10 { position += 1 }
    }
    if isIntegral, mantissa != 0, pushLongInteger(start, isNegative) { return }
    // Both are exact doubles, so one division rounds correctly (Clinger's fast path).
    if digits <= 15, !hasExponent {
      let value = Double(mantissa) / Self.powersOfTen[decimals]
      return pushDouble(isNegative ? -value : value)
    }
    try pushRoundedDouble(start)
  }

  /// False when the digits from `start` do not fit 64 bits.
  private mutating func pushLongInteger(_ start: Int, _ isNegative: Bool) -> Bool {
    let digits = unsafe UnsafeBufferPointer(start: text + start, count: position - start)
    let written = unsafe String(decoding: digits, as: UTF8.self)
    if let value = Int64(written) {
      pushInteger(value)
      return true
    }
    guard let value = UInt64(written) else { return false }
    push(Tag.natural.word)
    push(value)
    return true
  }

  private mutating func pushRoundedDouble(_ start: Int) throws(Fault) {
    let digits = unsafe UnsafeBufferPointer(start: text + start, count: position - start)
    guard let value = Double(unsafe String(decoding: digits, as: UTF8.self)), value.isFinite else {
      position = start
      throw .outOfRange
    }
    pushDouble(value)
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}

extension Fault {
  static var notUTF8: Fault { .encoding("The text is not UTF-8.") }
}
