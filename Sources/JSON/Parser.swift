// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Checks a document against RFC 8259 and lays it out as a tape; nothing is recursive.
///
/// The text is a private copy that ends in zeros, so looking ahead needs no bounds; escapes are resolved in place.
/// While a container is open, the low half of its first word holds the index of the container around it.
@safe
struct Parser {
  let text: UnsafeMutablePointer<UInt8>
  let end: Int
  let depthLimit: Int
  var words: UnsafeMutablePointer<UInt64>
  var wordCount = 1
  var wordCapacity: Int
  var position = 0
  var keyTotal = 0
  /// The innermost open container, 0 for none.
  var open = 0
  var depth = 0

  init(_ source: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
    end = source.count
    self.depthLimit = depthLimit
    unsafe text = .allocate(capacity: end + 16)
    if let start = source.baseAddress { unsafe text.update(from: start, count: end) }
    unsafe (text + end).initialize(repeating: 0, count: 16)
    wordCapacity = end / 8 + 64
    unsafe words = .allocate(capacity: wordCapacity)
    unsafe words[0] = 0
  }

  /// Parses a whole document, or says what is wrong with it.
  static func parse(_ source: UnsafeBufferPointer<UInt8>, _ limits: JSONLimits) -> Result<Parsed, JSONError> {
    guard source.count <= limits.sizeBytes else {
      return .failure(
        JSONError(pointer: "", code: "size", detail: "The document is longer than \(limits.sizeBytes) bytes."))
    }
    var parser = unsafe Parser(source, depthLimit: limits.depth)
    do {
      try parser.run()
    } catch {
      defer { parser.release() }
      return .failure(unsafe parser.describe(error, in: source))
    }
    return .success(
      unsafe Parsed(words: parser.words, text: parser.text, count: parser.wordCount, keyTotal: parser.keyTotal))
  }

  func release() {
    unsafe text.deallocate()
    unsafe words.deallocate()
  }

  /// The byte at `i`; zero from the end on.
  @inline(__always)
  subscript(i: Int) -> UInt8 {
    get {
      assert(i >= 0 && i < end + 16)
      return unsafe text[i]
    }
    nonmutating set {
      assert(i >= 0 && i < end)
      unsafe text[i] = newValue
    }
  }

  @inline(__always)
  mutating func push(_ word: UInt64) {
    if wordCount == wordCapacity { grow() }
    unsafe words[wordCount] = word
    wordCount &+= 1
  }

  @inline(never)
  private mutating func grow() {
    wordCapacity *= 2
    let wider = UnsafeMutablePointer<UInt64>.allocate(capacity: wordCapacity)
    unsafe wider.update(from: words, count: wordCount)
    unsafe words.deallocate()
    unsafe words = wider
  }

  @inline(__always)
  mutating func skipSpace() {
    while true {
      switch self[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position &+= 1
      default: return
      }
    }
  }

  mutating func run() throws(Fault) {
    repeat {
      try value()
    } while try more()
    skipSpace()
    if position != end { throw .syntax("Nothing may follow the document's value.") }
  }

  /// A scalar, an empty container, or the opening of a container up to its first value.
  @inline(__always)
  private mutating func value() throws(Fault) {
    while true {
      skipSpace()
      switch self[position] {
      case UInt8(ascii: "\""): return try string()
      case UInt8(ascii: "-"), 0x30...0x39: return try number()
      case UInt8(ascii: "{"):
        try enter(.object)
        push(0)
        skipSpace()
        if self[position] == UInt8(ascii: "}") { return try leave() }
        try key()
      case UInt8(ascii: "["):
        try enter(.array)
        skipSpace()
        if self[position] == UInt8(ascii: "]") { return try leave() }
        countElement()
      case UInt8(ascii: "t"): return try word("true", .yes)
      case UInt8(ascii: "f"): return try word("false", .no)
      case UInt8(ascii: "n"): return try word("null", .null)
      default: throw .syntax("A value is expected here.")
      }
    }
  }

  /// After a value: closes what ends here; true when another value must follow.
  @inline(__always)
  private mutating func more() throws(Fault) -> Bool {
    while open != 0 {
      skipSpace()
      let byte = self[position]
      let isObject = unsafe words[open].tag == .object
      if byte == UInt8(ascii: ",") {
        position &+= 1
        if isObject {
          skipSpace()
          try key()
        } else {
          countElement()
        }
        return true
      }
      guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw .syntax("A comma or the end of the \(isObject ? "object" : "array") is expected here.")
      }
      try leave()
    }
    return false
  }

  @inline(__always)
  private mutating func enter(_ tag: Tag) throws(Fault) {
    depth &+= 1
    if depth > depthLimit { throw .depth }
    push(tag.word | UInt64(truncatingIfNeeded: open))
    open = wordCount &- 1
    position &+= 1
  }

  @inline(__always)
  private mutating func leave() throws(Fault) {
    let word = unsafe words[open]
    let around = word.low
    if word.tag == .object {
      if word.length > Self.fewMembers { try refuseDuplicatesAmongMany() }
      unsafe words[open &+ 1] = UInt64(truncatingIfNeeded: open &+ 2)
    }
    unsafe words[open] = (word & ~0xffff_ffff) | UInt64(truncatingIfNeeded: wordCount)
    open = around
    depth &-= 1
    position &+= 1
  }

  @inline(__always)
  private mutating func countElement() { unsafe words[open] &+= 1 << 32 }

  @inline(__always)
  private mutating func word(_ name: StaticString, _ tag: Tag) throws(Fault) {
    let length = name.utf8CodeUnitCount
    guard unsafe memcmp(text + position, name.utf8Start, length) == 0 else {
      throw .syntax("A value is expected here.")
    }
    position &+= length
    push(tag.word)
  }

  /// A member's name and its colon.
  @inline(__always)
  private mutating func key() throws(Fault) {
    guard self[position] == UInt8(ascii: "\"") else { throw .syntax("A member's name in quotes is expected here.") }
    try string()
    keyTotal &+= 1
    countElement()
    if unsafe words[open].length <= Self.fewMembers { try refuseDuplicate() }
    skipSpace()
    guard self[position] == UInt8(ascii: ":") else { throw .syntax("A colon is expected after a member's name.") }
    position &+= 1
  }

  // MARK: Duplicate members

  /// Up to here each new name is compared with those before it, beyond it all at once in a set.
  private static let fewMembers = 32

  private func key(at i: Int) -> ByteView {
    let word = unsafe words[i]
    return unsafe ByteView(start: text + word.low, count: word.length)
  }

  /// A 64-bit filter in the object's second word lets most names through without a comparison.
  @inline(__always)
  private mutating func refuseDuplicate() throws(Fault) {
    let name = key(at: wordCount &- 1)
    var mix = UInt64(truncatingIfNeeded: name.count)
    if name.count > 0 {
      mix = mix &* 31 &+ UInt64(name[0])
      mix = mix &* 31 &+ UInt64(name[name.count &- 1])
      mix = mix &* 31 &+ UInt64(name[name.count / 2])
    }
    let bit: UInt64 = 1 << ((mix &* 0x9e37_79b9_7f4a_7c15) >> 58)
    let seen = unsafe words[open &+ 1]
    unsafe words[open &+ 1] = seen | bit
    if seen & bit != 0 { try compareWithEarlierNames() }
  }

  @inline(never)
  private func compareWithEarlierNames() throws(Fault) {
    let last = wordCount - 1
    let name = key(at: last)
    var i = open + 2
    while i < last {
      if key(at: i) == name { throw .duplicateKey }
      i = unsafe words[i + 1].next(from: i + 1)
    }
  }

  @inline(never)
  private func refuseDuplicatesAmongMany() throws(Fault) {
    var names: Set<[UInt8]> = []
    var i = open + 2
    while i < wordCount {
      guard names.insert(key(at: i).array).inserted else { throw .duplicateKey }
      i = unsafe words[i + 1].next(from: i + 1)
    }
  }
}

/// What a parser hands over to its tape, which frees it.
@safe
struct Parsed {
  let words: UnsafeMutablePointer<UInt64>
  let text: UnsafeMutablePointer<UInt8>
  let count: Int
  let keyTotal: Int
}

/// Why parsing stopped; `Parser.describe` turns it into a `JSONError`.
enum Fault: Error {
  case syntax(String)
  case encoding(String)
  case outOfRange
  case depth
  case duplicateKey
}
