// SPDX-License-Identifier: GPL-3.0-or-later
import SearchIndex

/// What people look for, from words that most goods have to words that one has.
struct QueryClass: Sendable {
  var name: String
  var queries: [SearchQuery]
}

extension Corpus {
  func queryMix(perClass: Int) -> [QueryClass] {
    var random = Random(99)
    func make(_ name: String, _ body: (inout Random) -> SearchQuery) -> QueryClass {
      QueryClass(name: name, queries: (0..<perClass).map { _ in body(&random) })
    }
    func query(_ words: [String], _ filters: [SearchQuery.Filter] = [], _ order: SearchQuery.Order = .relevance)
      -> SearchQuery
    {
      SearchQuery(text: words.joined(separator: " "), languages: ["en"], filters: filters, order: order)
    }
    return [
      make("body word, in most documents") { query([words[$0.below(20)]]) },
      make("two such words") { query([words[$0.below(20)], words[$0.below(40)]]) },
      make("title word, common") { query([titleWord($0.below(30))]) },
      make("title word, middling") { query([titleWord(200 + $0.below(2000))]) },
      make("word, rare") { query([words[20_000 + $0.below(60_000)]]) },
      make("two words of one title") { random in
        let title = goods(random.below(count)).title
        return query([title[0], title[1]])
      },
      make("two common words of titles") { query([titleWord($0.below(60)), titleWord($0.below(200))]) },
      make("two words of one body") { random in
        let body = goods(random.below(count)).body
        return query([body[0], body[1]])
      },
      make("three words, title and body") { random in
        let goods = goods(random.below(count))
        return query([goods.title[0], goods.body[0], goods.body[1]])
      },
      make("word, category, price range") { random in
        let goods = goods(random.below(count))
        return query(
          [goods.title[0]],
          [.any("category", [goods.categories[0]]), .number("price", goods.price / 2...goods.price * 2)])
      },
      make("common word, narrow price, country") { random in
        let goods = goods(random.below(count))
        return query(
          [words[random.below(20)]],
          [.any("country", [goods.country]), .number("price", goods.price...goods.price + 100)])
      },
      make("category, size and colour") { random in
        let goods = goods(random.below(count))
        return query(
          [],
          [
            .any("category", [goods.categories[1]]),
            .variant(["size": [goods.variants[0].size], "colour": [goods.variants[0].colour]]),
          ])
      },
      make("word within 50 km") { random in
        let goods = goods(random.below(count))
        return query(
          [goods.title[0]], [.near(Place(latitude: goods.latitude, longitude: goods.longitude)!, metres: 50_000)])
      },
      make("common word within 20 km") { random in
        let goods = goods(random.below(count))
        return query(
          [words[random.below(20)]],
          [.near(Place(latitude: goods.latitude, longitude: goods.longitude)!, metres: 20_000)])
      },
      make("common word, cheapest first") { query([words[$0.below(20)]], [], .number("price", isDescending: false)) },
      make("title word, best rated first") {
        query([titleWord($0.below(200))], [], .number("rating", isDescending: true))
      },
      make("category, newest first") { random in
        query(
          [], [.any("category", [goods(random.below(count)).categories[random.below(3)]])],
          .number("created", isDescending: true))
      },
      make("misspelt title word") { random in
        var word = titleWord(random.below(2000))
        word.remove(at: word.index(word.startIndex, offsetBy: random.below(word.count)))
        return query([word + "x", titleWord(random.below(50))])
      },
      make("two rare words of different things") { random in
        query([words[5_000 + random.below(60_000)], words[5_000 + random.below(60_000)]])
      },
      make("exact key") { query(["sku \($0.below(count))"]) },
    ]
  }

  func prefixes(_ many: Int) -> [String] {
    var random = Random(5)
    return (0..<many).map { _ in
      let title = goods(random.below(count)).title
      let text = title.prefix(1 + random.below(2)).joined(separator: " ")
      return String(text.prefix(1 + random.below(text.count)))
    }
  }
}
