// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension CommandRunner {
  /// How many products a list would have, and how many of them have which value.
  func countProducts(_ query: ProductQuery) async throws {
    let counted = ProductFacetQuery(
      q: query.q, category: query.category, shop: query.shop, minPrice: query.minPrice, maxPrice: query.maxPrice,
      tag: query.tag, material: query.material, availability: query.availability, country: query.country)
    let answer = try await read(Catalogue.facets, counted)
    if out.isJSON { return out.bytes(answer.bytes) }
    if let words = answer.value.corrected { out.note("Nothing has those words; these are for “\(words)”.") }
    out.table(
      TextTable(
        [.init("BY"), .init("VALUE", isFlexible: true), .init("PRODUCTS", .trailing)],
        rows: [["all", "", CommandRunner.count(answer.value.total.count, isExact: answer.value.total.isExact)]]
          + answer.value.facets.flatMap { facet in
            facet.values.map { value in
              [
                facet.axis.rawValue.split(separator: "_").joined(separator: " "), value.value,
                CommandRunner.count(value.count, isExact: facet.isExact),
              ]
            }
          }))
  }

  /// An estimate is told as one.
  private static func count(_ count: Int, isExact: Bool) -> String {
    (isExact ? "" : "about ") + Words.grouped(String(count))
  }

  /// A flag's word, which the command line writes with a hyphen and the API with a low line.
  func wireWord<Word: WireEnum>(_ flag: String) -> Word? {
    invocation.values[flag].flatMap { Word(rawValue: $0.split(separator: "-").joined(separator: "_")) }
  }

  func country() throws(CommandFailure) -> Country? {
    guard let code = invocation.values["country"] else { return nil }
    guard let country = Country(code.uppercased()) else {
      throw .usage("--country wants a code such as PT, not \(code).")
    }
    return country
  }
}
