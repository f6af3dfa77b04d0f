// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a text into pieces. Texts and queries are cut alike, so what matters is to do it the same way always.
///
/// Apostrophes part words, and the single letters beside them go (l'arc, maker's); hyphens make compounds; a point or comma
/// between digits stays, as a point.
struct WordScanner {
  /// Longer words are cut: a term of Xapian has room for 245 bytes.
  static let wordBytesMax = 64
  private static let runLettersMax = 4096

  private var lower: [UInt8] = []
  private var folded: [UInt8] = []
  private var letterCount = 0
  private var parts: [Word] = []
  private var run: [String] = []
  private var pending = Joiner.none
  private var isAfterApostrophe = false

  private enum Joiner { case none, hyphen, apostrophe, point }

  static func pieces(of text: String) -> [Piece] {
    var out: [Piece] = []
    var scanner = WordScanner()
    scanner.scan(text) { out.append($0) }
    return out
  }

  mutating func scan(_ text: String, emit: (Piece) -> Void) {
    for scalar in text.unicodeScalars { take(scalar, emit) }
    endGroup(emit)
    endRun(emit)
  }

  private mutating func take(_ scalar: Unicode.Scalar, _ emit: (Piece) -> Void) {
    let value = scalar.value
    if value < 0x80 {
      let byte = UInt8(truncatingIfNeeded: value)
      switch byte {
      case 0x61...0x7A, 0x30...0x39: takeASCII(byte, emit)
      case 0x41...0x5A: takeASCII(byte | 0x20, emit)
      case 0x27: join(.apostrophe, emit)
      case 0x2D: join(.hyphen, emit)
      case 0x2E, 0x2C: join(lastIsDigit ? .point : .none, emit)
      default: join(.none, emit)
      }
      return
    }
    if Folding.isDropped(value) { return }
    if Script.isUnspaced(value) {
      endGroup(emit)
      if run.count < WordScanner.runLettersMax { run.append(String(Character(scalar))) }
      return
    }
    switch value {
    case 0x2019, 0x02BC, 0xFF07: join(.apostrophe, emit)
    case 0x2010, 0x2011: join(.hyphen, emit)
    default:
      guard Script.isOfWords(scalar) else { return join(.none, emit) }
      startLetter(isDigit: false, emit)
      for small in scalar.properties.lowercaseMapping.unicodeScalars where !Folding.isDropped(small.value) {
        let bytes = Array(String(Character(small)).utf8)
        append(lower: bytes, folded: Folding.base(of: small) ?? bytes)
      }
    }
  }

  private mutating func takeASCII(_ byte: UInt8, _ emit: (Piece) -> Void) {
    startLetter(isDigit: byte < 0x3A, emit)
    letterCount += 1
    guard lower.count < WordScanner.wordBytesMax, folded.count < WordScanner.wordBytesMax else { return }
    lower.append(byte)
    folded.append(byte)
  }

  private mutating func append(lower more: [UInt8], folded bare: [UInt8]) {
    letterCount += 1
    guard lower.count + more.count <= WordScanner.wordBytesMax, folded.count + bare.count <= WordScanner.wordBytesMax
    else { return }
    lower += more
    folded += bare
  }

  private var lastIsDigit: Bool { lower.last.map { $0 >= 0x30 && $0 <= 0x39 } ?? false }

  /// Decides what a joiner before this letter meant.
  private mutating func startLetter(isDigit: Bool, _ emit: (Piece) -> Void) {
    if !run.isEmpty { endRun(emit) }
    switch pending {
    case .none: break
    case .hyphen: endWord()
    case .apostrophe:
      endWord(isBesideApostrophe: true)
      endGroup(emit)
      isAfterApostrophe = true
    case .point:
      if isDigit {
        lower.append(0x2E)
        folded.append(0x2E)
      } else {
        endGroup(emit)
      }
    }
    pending = .none
  }

  private mutating func join(_ joiner: Joiner, _ emit: (Piece) -> Void) {
    if !run.isEmpty { endRun(emit) }
    // Two in a row, or one before a word, join nothing.
    if joiner == .none || pending != .none || lower.isEmpty { return endGroup(emit) }
    pending = joiner
  }

  private mutating func endWord(isBesideApostrophe: Bool = false) {
    let isLetterOfApostrophe = letterCount == 1 && (isBesideApostrophe || isAfterApostrophe)
    if !folded.isEmpty && !isLetterOfApostrophe {
      parts.append(Word(lower: String(decoding: lower, as: UTF8.self), folded: String(decoding: folded, as: UTF8.self)))
    }
    lower.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    letterCount = 0
    isAfterApostrophe = false
  }

  private mutating func endGroup(_ emit: (Piece) -> Void) {
    endWord()
    pending = .none
    if parts.isEmpty { return }
    if parts.count == 1 {
      emit(.word(parts[0]))
    } else {
      let joined = parts.map(\.folded).joined()
      emit(.compound(parts, joined: joined.utf8.count <= WordScanner.wordBytesMax ? joined : ""))
    }
    parts.removeAll(keepingCapacity: true)
  }

  private mutating func endRun(_ emit: (Piece) -> Void) {
    if run.isEmpty { return }
    emit(.run(letters: run, pairs: zip(run, run.dropFirst()).map { $0 + $1 }))
    run.removeAll()
  }
}
