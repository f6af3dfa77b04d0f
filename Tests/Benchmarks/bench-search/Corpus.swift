// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import SearchIndex

/// Synthetic goods: words, categories, prices and places as skewed as real ones. Document `i` is the same in every run.
struct Corpus: Sendable {
  let count: Int
  let words: [String]
  private let bodyZipf: Zipf
  private let titleZipf: Zipf
  private let categoryZipf = Zipf(400, exponent: 0.9)
  private let countryZipf = Zipf(60, exponent: 1.0)
  private let tagZipf = Zipf(3000, exponent: 0.9)

  static let schema = IndexSchema(
    version: 1, fields: ["title", "tags", "body"], numbers: ["price", "rating", "created"])
  static let axes = ["category", "country", "tag", "colour", "size", "material"]
  static let sizes = ["xs", "s", "m", "l", "xl"]
  static let vocabulary = 80_000

  init(count: Int) {
    self.count = count
    bodyZipf = Zipf(Corpus.vocabulary, exponent: 1.0)
    // Titles have no small words: their commonest word stands in about one of ten.
    titleZipf = Zipf(Corpus.vocabulary / 2, exponent: 0.8)
    words = Corpus.makeWords()
  }

  struct Goods {
    var id: String
    var title: [String]
    var tags: [String]
    var body: [String]
    var categories: [String]
    var country: String
    var material: String
    var price: Int64
    var rating: Int64
    var created: Int64
    var latitude: Double
    var longitude: Double
    var variants: [(size: String, colour: String)]
  }

  /// Title words begin at this rank of the vocabulary: what is common in bodies is not what things are called.
  static let titleShift = 40

  func titleWord(_ rank: Int) -> String { words[(rank + Corpus.titleShift) % words.count] }

  func goods(_ at: Int) -> Goods {
    var random = Random(at)
    let category = categoryZipf.rank(&random)
    let title = (0..<(4 + random.below(5))).map { _ in titleWord(titleZipf.rank(&random)) }
    let tags = (0..<(3 + random.below(5))).map { _ in titleWord(tagZipf.rank(&random) * 7) }
    let body = (0..<(30 + random.below(21))).map { _ in words[bodyZipf.rank(&random)] }
    let variants = (0..<(1 + random.below(5))).map { _ in
      (Corpus.sizes[random.below(5)], "colour\(random.below(12))")
    }
    let country = countryZipf.rank(&random)
    return Goods(
      id: "p\(at)", title: title, tags: tags, body: body,
      categories: [
        "c\(category % 12)", "c\(category % 12)/\(category % 60)", "c\(category % 12)/\(category % 60)/\(category)",
      ],
      country: "C\(country)", material: "m\(random.below(25))",
      price: Int64(exp(3.4 + 0.9 * gauss(&random)) * 100),
      rating: Int64(50 - min(40, Int(-log(1 - random.share()) * 6))),
      created: Int64(1_700_000_000 + random.below(60_000_000)),
      latitude: 35 + 25 * random.share(), longitude: -10 + 40 * random.share(), variants: variants)
  }

  func document(_ at: Int) -> IndexDocument {
    let goods = goods(at)
    var keywords = goods.categories.map { Keyword("category", $0) }
    keywords += Set(goods.tags).map { Keyword("tag", $0) }
    keywords += [Keyword("country", goods.country), Keyword("material", goods.material)]
    keywords.append(Keyword("shop", "s\(at % max(1, count / 50))", isCounted: false))
    return IndexDocument(
      id: goods.id, weight: Int64(count - at), language: ["en", "en", "en", "de", "fr"][at % 5],
      texts: [
        "title": goods.title.joined(separator: " "), "tags": goods.tags.joined(separator: " "),
        "body": goods.body.joined(separator: " "),
      ],
      numbers: ["price": goods.price, "rating": goods.rating, "created": goods.created], keywords: keywords,
      variants: goods.variants.map { [Keyword("size", $0.size), Keyword("colour", $0.colour)] },
      keys: ["SKU-\(at)"], place: Place(latitude: goods.latitude, longitude: goods.longitude),
      payload: Array(repeating: 0x2E, count: 40))
  }

  private func gauss(_ random: inout Random) -> Double {
    (-2 * log(1 - random.share())).squareRoot() * cos(2 * .pi * random.share())
  }

  /// Words of two to five syllables, the short ones first, as languages have it.
  private static func makeWords() -> [String] {
    let first = [
      "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "br", "gl", "tr",
    ]
    let vowels = ["a", "e", "i", "o", "u"]
    let syllables = first.flatMap { head in vowels.map { head + $0 } }
    var random = Random(7)
    var seen: Set<String> = []
    var out: [String] = []
    while out.count < vocabulary {
      let length = out.count < 200 ? 1 + random.below(2) : 2 + random.below(out.count < 5000 ? 2 : 4)
      let word =
        (0..<length).map { _ in syllables[random.below(syllables.count)] }.joined()
        + ["", "n", "r", "s", "t", "ing", "ed"][random.below(7)]
      if seen.insert(word).inserted { out.append(word) }
    }
    return out
  }
}
