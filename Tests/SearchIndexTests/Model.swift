// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

@testable import SearchIndex

/// What an index ought to answer, said the slow way: every document is looked at. Knows plain small words only.
struct Model {
  var documents: [IndexDocument]

  /// The ids that match, in the order of the query. Weights are to differ.
  func ids(_ query: SearchQuery) -> [String] {
    let ranked = documents.compactMap { document in
      rank(document, query.text).flatMap { matches(document, query.filters) ? (document, $0) : nil }
    }
    return ranked.sorted { precedes($0, $1, query.order) }.map(\.0.id)
  }

  func counts(_ query: SearchQuery, axis: String) -> [String: Int] {
    var filters = query.filters.without(axis: axis)
    // Only variants that the other filters accept are counted.
    var groups: [String: [String]] = [:]
    filters = filters.map { filter in
      if case .variant(let axes) = filter { groups.merge(axes) { $1 } }
      return filter
    }
    var counts: [String: Int] = [:]
    for document in documents where rank(document, query.text) != nil && matches(document, filters) {
      var values = Set(document.keywords.filter { $0.axis == axis && $0.isCounted }.map(\.value))
      for variant in document.variants where Model.accepts(variant, groups) {
        values.formUnion(variant.filter { $0.axis == axis }.map(\.value))
      }
      for value in values { counts[value, default: 0] += 1 }
    }
    return counts
  }

  /// The level of fields that the document needs to match; nil where it does not.
  private func rank(_ document: IndexDocument, _ text: String) -> Int? {
    let tokens = text.split(separator: " ").map(String.init)
    let all = words(document, fields: 3)
    for token in tokens where token.hasPrefix("-") && all.contains(String(token.dropFirst())) { return nil }
    var wanted: [Set<String>] = []
    var isOr = false
    for token in tokens where !token.hasPrefix("-") {
      if token == "OR" {
        isOr = true
      } else if isOr {
        wanted[wanted.count - 1].insert(token)
        isOr = false
      } else {
        wanted.append([token])
      }
    }
    if wanted.isEmpty { return 0 }
    return (1...3).first { fields in
      let words = words(document, fields: fields)
      return wanted.allSatisfy { !$0.isDisjoint(with: words) }
    }
  }

  private func words(_ document: IndexDocument, fields: Int) -> Set<String> {
    Set(
      Fixture.schema.fields.prefix(fields).flatMap { (document.texts[$0] ?? "").split(separator: " ").map(String.init) }
    )
  }

  private func matches(_ document: IndexDocument, _ filters: [SearchQuery.Filter]) -> Bool {
    let everywhere = document.keywords + document.variants.flatMap { $0 }
    func has(_ axis: String, _ values: [String]) -> Bool {
      everywhere.contains { $0.axis == axis && values.contains($0.value) }
    }
    return filters.allSatisfy { filter in
      switch filter {
      case .any(let axis, let values): has(axis, values)
      case .none(let axis, let values): !has(axis, values)
      case .variant(let axes): document.variants.contains { Model.accepts($0, axes) }
      case .number(let name, let range): document.numbers[name].map(range.contains) ?? false
      case .near(let place, let metres): document.place.map { Model.distance(place, $0) <= Double(metres) } ?? false
      }
    }
  }

  private static func accepts(_ variant: [Keyword], _ axes: [String: [String]]) -> Bool {
    axes.allSatisfy { axis, values in variant.contains { $0.axis == axis && values.contains($0.value) } }
  }

  /// By the angle between two vectors, not by the haversine.
  private static func distance(_ one: Place, _ other: Place) -> Double {
    func vector(_ place: Place) -> [Double] {
      let latitude = Double(place.micro.latitude) * .pi / 180e6
      let longitude = Double(place.micro.longitude) * .pi / 180e6
      return [cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)]
    }
    let (a, b) = (vector(one), vector(other))
    let chord = zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    return 2 * 6_371_008.8 * asin(min(1, chord / 2))
  }

  private func precedes(
    _ one: (IndexDocument, Int), _ other: (IndexDocument, Int), _ order: SearchQuery.Order
  ) -> Bool {
    switch order {
    case .relevance: return (one.1, -one.0.weight) < (other.1, -other.0.weight)
    case .weight: return one.0.weight > other.0.weight
    case .number(let name, let isDescending):
      switch (one.0.numbers[name], other.0.numbers[name]) {
      case (let a?, let b?) where a != b: return isDescending ? a > b : a < b
      case (_?, nil): return true
      case (nil, _?): return false
      default: return one.0.weight > other.0.weight
      }
    }
  }
}
