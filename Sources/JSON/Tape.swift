// SPDX-License-Identifier: GPL-3.0-or-later

/// A parsed document as a flat run of 64-bit words over a private copy of its text.
///
/// The top four bits of a word are its tag. Word 0 counts the keys asked for; the document's value is at 1.
///
///     null, false, true   tag
///     small               60-bit signed integer in the word
///     integer, natural    tag, then Int64 / UInt64
///     double              tag, then the bit pattern
///     string              tag, asked bit, length (26 bits), offset (32 bits) into the unescaped text
///     array               tag, opened bit, count (26 bits), index after its last word (32 bits)
///     object              as array, then the index of the member to look at first
///
/// Members are a string word and a value.
@safe
final class Tape {
  private let words: UnsafeMutablePointer<UInt64>
  let count: Int
  private let text: UnsafeMutablePointer<UInt8>
  let keyTotal: Int
  let keys: KeyStyle
  let userInfo: [CodingUserInfoKey: any Sendable]

  /// Takes over what a parser has made.
  init(_ parsed: Parsed, keys: KeyStyle, userInfo: [CodingUserInfoKey: any Sendable]) {
    unsafe words = parsed.words
    unsafe text = parsed.text
    count = parsed.count
    keyTotal = parsed.keyTotal
    self.keys = keys
    self.userInfo = userInfo
  }

  deinit {
    unsafe words.deallocate()
    unsafe text.deallocate()
  }

  static let root = 1

  var keysAsked: Int { Int(unsafe words[0]) }

  @inline(__always)
  subscript(i: Int) -> UInt64 {
    get {
      assert(i > 0 && i < count)
      return unsafe words[i]
    }
    set {
      assert(i > 0 && i < count)
      unsafe words[i] = newValue
    }
  }

  @inline(__always)
  func tag(_ i: Int) -> Tag { self[i].tag }

  /// The index after the value at `i`.
  @inline(__always)
  func after(_ i: Int) -> Int { self[i].next(from: i) }

  /// The bytes of the string word at `i`; valid while the tape lives.
  @inline(__always)
  func bytes(_ i: Int) -> ByteView {
    let word = self[i]
    return unsafe ByteView(start: text + word.low, count: word.length)
  }

  /// The first member's or element's index, and the index after the last.
  @inline(__always)
  func children(_ i: Int) -> (start: Int, end: Int) {
    let word = self[i]
    return (word.tag == .object ? i &+ 2 : i &+ 1, word.low)
  }

  @inline(__always)
  func markAsked(_ key: Int) {
    if self[key] & .flag == 0 {
      self[key] |= .flag
      unsafe words[0] &+= 1
    }
  }
}

enum Tag {
  case null, no, yes, small, integer, natural, double, string, array, object
}

extension Tag {
  @inline(__always)
  init(bits: UInt64) { self = unsafe unsafeBitCast(UInt8(truncatingIfNeeded: bits), to: Tag.self) }

  @inline(__always)
  var word: UInt64 { UInt64(unsafe unsafeBitCast(self, to: UInt8.self)) << 60 }

  /// What people call it, for error texts.
  var name: String {
    switch self {
    case .null: "null"
    case .no, .yes: "a boolean"
    case .small, .integer, .natural, .double: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension UInt64 {
  /// A key that was asked for; a container that was opened.
  static var flag: UInt64 { 1 << 59 }

  @inline(__always) var tag: Tag { Tag(bits: self >> 60) }
  @inline(__always) var low: Int { Int(self & 0xffff_ffff) }
  @inline(__always) var length: Int { Int((self >> 32) & 0x3ff_ffff) }
  @inline(__always) var smallInteger: Int64 { Int64(bitPattern: self << 4) >> 4 }

  @inline(__always)
  func next(from i: Int) -> Int {
    switch tag {
    case .array, .object: low
    case .integer, .natural, .double: i &+ 2
    default: i &+ 1
    }
  }
}
