// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Market

/// Measures pairs in turn, so that both halves meet the same machine; prints one line of JSON per pair.
enum Benchmark {
  typealias OurEncoder = JSON.JSONEncoder
  typealias OurDecoder = JSON.JSONDecoder

  struct Figure: Encodable {
    var name: String
    var oursUs: Double
    var foundationUs: Double
    var ratio: Double
  }

  static func run() throws {
    let page = Page.sample
    let ours = OurEncoder()
    let theirs = Foundation.JSONEncoder()
    let json = try ours.encode(page)
    let data = Data(json)
    let writer = JSONWriter(capacity: 16_384)
    page.write(to: writer)
    precondition(writer.bytes == json)
    let respelling = Foundation.JSONDecoder()
    respelling.keyDecodingStrategy = .convertFromSnakeCase
    let read = (try respelling.decode(Page.self, from: data), try OurDecoder().decode(Page.self, from: json))
    precondition(read.0 == page && read.1 == page)

    var plain = OurDecoder()
    plain.keys = .asWritten
    let camel = Array(try theirs.encode(page))
    let camelData = Data(camel)
    let their = Foundation.JSONDecoder()
    try measure("encode") {
      try ours.encode(page).count
    } _: {
      try theirs.encode(page).count
    }
    try measure("decode, snake case against Foundation's plain names") {
      try OurDecoder().decode(Page.self, from: json).total
    } _: {
      try their.decode(Page.self, from: camelData).total
    }
    try measure("decode, plain names in any order") {
      try plain.decode(Page.self, from: camel).total
    } _: {
      try their.decode(Page.self, from: camelData).total
    }
    try measure("write by hand") {
      let writer = JSONWriter(capacity: 16_384)
      page.write(to: writer)
      return writer.bytes.count
    } _: {
      try theirs.encode(page).count
    }
    let card = try OurDecoder().decode(ProductCard.self, from: Array(sampleCard.utf8))
    let cards = Market.Page(items: Array(repeating: card, count: 24), nextCursor: "cdwKm_JT8uE7kMtR4MTcwMDAxOTk5ODAw")
    let ready = try cards.items.map { try ours.encode($0) }
    let whole = try ours.encode(cards)
    precondition(PageBytes.make(ready, nextCursor: cards.nextCursor) == whole)
    try measure("page of ready cards") {
      PageBytes.make(ready, nextCursor: cards.nextCursor).count
    } _: {
      try theirs.encode(cards).count
    }
    try measure("decode a price") {
      try OurDecoder().decode(Price.self, from: small).amount
    } _: {
      try their.decode(Price.self, from: Data(small)).amount
    }
  }

  static let sampleCard = """
    {"id":"prd_9bh1ffhbghpraabr","title":"Hammered silver bangle with a moonstone",\
    "shop":{"slug":"salt-and-silver","name":"Salt & Silver"},"price":{"amount":15309,"currency":"EUR"},\
    "availability":"in_stock","category":"jewellery/bracelets","tags":["hammered","moonstone"],\
    "updated_at":"2026-11-15T03:46:39.000Z"}
    """

  static let small = Array(#"{"amount":45900,"currency":"NOK"}"#.utf8)

  /// Minimum times, and the median of the ratios of neighbours.
  static func measure(_ name: String, _ ours: () throws -> Int, _ theirs: () throws -> Int) throws {
    var best = (ours: Double.infinity, theirs: Double.infinity)
    var ratios: [Double] = []
    for _ in 0..<150 {
      let a = try time(ours)
      let b = try time(theirs)
      best = (min(best.ours, a), min(best.theirs, b))
      ratios.append(b / a)
    }
    func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    let figure = Figure(
      name: name, oursUs: rounded(best.ours), foundationUs: rounded(best.theirs),
      ratio: rounded(ratios.sorted()[ratios.count / 2]))
    print(String(decoding: try OurEncoder().encode(figure), as: UTF8.self))
  }

  private static func time(_ work: () throws -> Int) throws -> Double {
    let rounds = 20
    let clock = ContinuousClock()
    var sum = 0
    let taken = try clock.measure {
      for _ in 0..<rounds { sum &+= try work() }
    }
    precondition(sum != 0)
    return Double(taken.components.attoseconds) / 1e12 / Double(rounds)
  }
}
