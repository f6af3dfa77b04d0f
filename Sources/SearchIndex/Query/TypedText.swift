// SPDX-License-Identifier: GPL-3.0-or-later

/// What a text that somebody typed asks for. There is no wrong text: what has no meaning is skipped.
///
/// Words are all wanted. `"in quotes"` they are taken as they are, without their relatives; `-word` must not be there; `one OR
/// other` wants either.
struct TypedText: Hashable {
  struct Phrase: Hashable {
    var pieces: [Piece]
    var isExact = false
  }

  /// One of them is to match.
  struct Wanted: Hashable {
    var alternatives: [Phrase]
  }

  var wanted: [Wanted] = []
  private(set) var excluded: [Phrase] = []
  /// The whole as a number or name that is typed exactly; empty where it is none.
  private(set) var key = ""
  private(set) var isCut = false

  /// More is not looked for.
  static let bytesMax = 1024
  static let wantedMax = 16
  static let excludedMax = 8
  /// Pieces of one word between spaces, or of one text in quotes; pairs of a run count each.
  static let piecesMax = 16

  init(_ text: String) {
    var rest = Substring(text)
    if text.utf8.count > TypedText.bytesMax {
      // Cuts between letters, not within one.
      rest = Substring(String(decoding: Array(text.utf8.prefix(TypedText.bytesMax)), as: UTF8.self))
      isCut = true
    }
    key = KeyText.bare(String(rest))
    var isOr = false
    while let token = TypedText.nextToken(&rest) {
      switch token {
      case .or: isOr = !wanted.isEmpty
      case .words(let words, let isExact, let isExcluded):
        let pieces = limited(WordScanner.pieces(of: String(words)))
        if pieces.isEmpty { continue }
        add(pieces, isExact: isExact, isExcluded: isExcluded, isOr: isOr)
        isOr = false
      }
    }
  }

  private mutating func limited(_ pieces: [Piece]) -> [Piece] {
    if pieces.count > TypedText.piecesMax { isCut = true }
    return pieces.prefix(TypedText.piecesMax).map { piece in
      switch piece {
      case .word: return piece
      case .compound(let words, let joined):
        if words.count > TypedText.piecesMax { isCut = true }
        return .compound(Array(words.prefix(TypedText.piecesMax)), joined: joined)
      case .run(let letters, let pairs):
        if pairs.count > TypedText.piecesMax { isCut = true }
        return .run(letters: letters, pairs: Array(pairs.prefix(TypedText.piecesMax)))
      }
    }
  }

  private mutating func add(_ pieces: [Piece], isExact: Bool, isExcluded: Bool, isOr: Bool) {
    if isExcluded {
      if excluded.count < TypedText.excludedMax {
        excluded.append(Phrase(pieces: pieces, isExact: isExact))
      } else {
        isCut = true
      }
    } else if isOr {
      if wanted[wanted.count - 1].alternatives.count < TypedText.piecesMax {
        wanted[wanted.count - 1].alternatives.append(Phrase(pieces: pieces, isExact: isExact))
      } else {
        isCut = true
      }
    } else {
      // Unquoted words that something parts, such as a slash, are words of their own.
      let phrases = isExact ? [Phrase(pieces: pieces, isExact: true)] : pieces.map { Phrase(pieces: [$0]) }
      let room = TypedText.wantedMax - wanted.count
      if phrases.count > room { isCut = true }
      wanted += phrases.prefix(room).map { Wanted(alternatives: [$0]) }
    }
  }

  private enum Token {
    case words(Substring, isExact: Bool, isExcluded: Bool)
    case or
  }

  private static func nextToken(_ rest: inout Substring) -> Token? {
    rest = rest.drop { $0.isWhitespace }
    guard let first = rest.first else { return nil }
    var isExcluded = false
    if first == "-" || first == "−" {
      let dashes = rest.prefix { $0 == first }.count
      rest = rest.dropFirst(dashes)
      // A dash by itself says nothing, and neither do several.
      isExcluded = dashes == 1
      if rest.first.map(\.isWhitespace) ?? true { return .words("", isExact: false, isExcluded: false) }
    }
    if let quote = rest.first, let end = quotes[quote] {
      rest = rest.dropFirst()
      let inside = rest.prefix { $0 != end }
      rest = rest.dropFirst(inside.count).dropFirst()
      return .words(inside, isExact: true, isExcluded: isExcluded)
    }
    let word = rest.prefix { !$0.isWhitespace && quotes[$0] == nil }
    rest = rest.dropFirst(word.count)
    if word == "OR" || word == "|" { return .or }
    return .words(word, isExact: false, isExcluded: isExcluded)
  }

  private static let quotes: [Character: Character] = ["\"": "\"", "“": "”", "„": "“", "«": "»", "「": "」"]
}
