// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import SearchIndex

@Suite struct TextTests {
  private func folded(_ text: String) -> [String] {
    WordScanner.pieces(of: text).flatMap { piece -> [String] in
      switch piece {
      case .word(let word): [word.folded]
      case .compound(let words, let joined): words.map(\.folded) + ["=" + joined]
      case .run(let letters, let pairs): pairs.isEmpty ? letters : pairs
      }
    }
  }

  @Test(arguments: [
    ("", []), ("  \n", []), ("Silver Ring", ["silver", "ring"]), ("CAFÉ crème", ["cafe", "creme"]),
    ("cafe\u{301}", ["cafe"]), ("Straße Łódź", ["strasse", "lodz"]), ("Ærø", ["aero"]),
    ("t-shirt", ["t", "shirt", "=tshirt"]), ("arc-en-ciel", ["arc", "en", "ciel", "=arcenciel"]),
    ("l'arc", ["arc"]), ("maker’s mark", ["maker", "mark"]), ("don't", ["don"]), ("-a- b-", ["a", "b"]),
    ("10.5mm 1,5 3.", ["10.5mm", "1.5", "3"]), ("a.b", ["a", "b"]), ("½ ²", []),
    ("foo/bar_baz", ["foo", "bar", "baz"]), ("陶器の皿", ["陶器", "器の", "の皿"]), ("皿", ["皿"]),
    ("มีด", ["มี", "ีด"]), ("반지를", ["반지", "지를"]), ("ring指輪set", ["ring", "指輪", "set"]),
    ("Ελλάδα ΟΔΟΣ", ["ελλαδα", "οδοσ"]), ("Йод ёлка", ["йод", "елка"]), ("كِتَاب", ["كتاب"]), ("चूड़ी", ["चूड़ी"]),
    ("ＡＢＣ１２", ["abc12"]), ("soft\u{AD}hyphen", ["softhyphen"]), ("👍 ok", ["ok"]), ("İstanbul", ["istanbul"]),
  ])
  func `texts are cut into words without marks`(text: String, expected: [String]) {
    #expect(folded(text) == expected)
  }

  @Test func `words that are too long are cut, alike everywhere`() {
    let long = String(repeating: "é", count: 500)
    #expect(folded(long) == [String(repeating: "e", count: 32)])
    let pieces = WordScanner.pieces(of: String(repeating: "a", count: 500))
    #expect(
      pieces == [.word(Word(lower: String(repeating: "a", count: 64), folded: String(repeating: "a", count: 64)))])
  }

  @Test(arguments: [
    ("bowls", "en", "bowl"), ("bowl", "en", nil), ("canciones", "es", "cancion"), ("häuser", "de", "haus"),
    ("bagues", "fr", "bagu"), ("anything", "xx", nil), ("кольца", "ru", "кольц"),
  ])
  func `stems are those of the language, without marks`(word: String, language: String, stem: String?) {
    guard case .word(let piece) = WordScanner.pieces(of: word)[0] else { return #expect(Bool(false)) }
    #expect(Lexis().stem(of: piece, in: language) == stem)
  }

  @Test(arguments: [
    ("silver ring", "silver ring"), ("\"silver ring\"", "\"silver ring\""), ("“silver”", "\"silver\""),
    ("silver -ring", "silver -ring"), ("gold OR silver ring", "gold OR silver ring"), ("OR ring", "ring"),
    ("ring OR", "ring"), ("- ring", "ring"), ("--ring", "ring"), ("\"open", "\"open\""), ("\"\" ring", "ring"),
    ("a|b", "a b"), ("x | y", "x OR y"), ("-\"a b\" c", "c -\"a b\""), ("t-shirt", "t-shirt"), ("'; drop", "drop"),
    ("((((", ""), ("ring -", "ring"), ("OR OR OR", ""), ("*?~^:", ""),
  ])
  func `what is typed asks for words`(typed: String, meaning: String) {
    #expect(TypedText(typed).text == meaning)
    // What it means, typed again, means the same.
    #expect(TypedText(meaning).text == meaning)
  }

  @Test func `small words count where there is nothing else`() {
    #expect(TypedText("the ring of fire").withoutStopWords(["en"]).text == "ring fire")
    #expect(TypedText("the of").withoutStopWords(["en"]).text == "the of")
    #expect(TypedText("\"the\" ring").withoutStopWords(["en"]).text == "\"the\" ring")
    #expect(TypedText("the ring").withoutStopWords(["de"]).text == "the ring")
  }

  @Test(arguments: [
    ("AB-1234/5", "ab12345"), ("ab 12345", "ab12345"), ("É 1", "e1"), ("…", ""),
    (String(repeating: "x", count: 300), ""),
  ])
  func `keys are their letters and digits`(typed: String, bare: String) {
    #expect(KeyText.bare(typed) == bare)
  }
}
