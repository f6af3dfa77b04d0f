// SPDX-License-Identifier: GPL-3.0-or-later

/// What filters come down to: a set of documents in terms, and tests of each document for what terms cannot say.
struct Restrictions {
  var clause = Clause.everything
  /// What must not match.
  var excluded: [Clause] = []
  var ranges: [(number: Int, range: ClosedRange<Int64>)] = []
  var nearness: (place: Place, metres: Int)?
  var variantGroups: [[Trait]] = []

  /// Ranges that hold for a smaller share of the buckets are looked up by these, not only tested.
  private static let narrowShare = 4

  /// Throws `.refused` for a number that the schema does not have.
  init(
    _ filters: [SearchQuery.Filter], schema: IndexSchema, scales: [NumberScale], trait: (Keyword) throws -> Trait?
  ) throws {
    var clauses: [Clause] = []
    for filter in filters {
      switch filter {
      case .any(let axis, let values): clauses.append(.anyOf(values.map { .term(Term.keyword(axis, $0)) }))
      case .none(let axis, let values):
        excluded += values.map { .term(Term.keyword(axis, $0)) }
      case .variant(let axes):
        for (axis, values) in axes.sorted(by: { $0.key < $1.key }) {
          clauses.append(.anyOf(values.map { .term(Term.keyword(axis, $0)) }))
          // A value that nobody has makes the clause empty already.
          variantGroups.append(try values.compactMap { try trait(Keyword(axis, $0)) })
        }
      case .number(let name, let range):
        guard let number = schema.number(named: name) else {
          throw IndexFailure(.refused, "the schema has no number called \(name)")
        }
        ranges.append((number, range))
        if let narrow = Restrictions.buckets(number, range, scales[number]) { clauses.append(narrow) }
      case .near(let place, let metres):
        guard nearness == nil, (0...40_000_000).contains(metres) else {
          throw IndexFailure(.refused, "one distance at most, and on earth")
        }
        nearness = (place, metres)
        if let cells = Cells.terms(around: place, metres: metres) { clauses.append(.anyOf(cells.map(Clause.term))) }
      }
    }
    clause = .allOf(clauses)
  }

  private static func buckets(_ number: Int, _ range: ClosedRange<Int64>, _ scale: NumberScale) -> Clause? {
    let buckets = scale.bucket(of: range.lowerBound)...scale.bucket(of: range.upperBound)
    if buckets.count > scale.bucketCount / narrowShare { return nil }
    return Restrictions.clause(number, buckets)
  }

  /// The documents of a set that the terms allow.
  func limited(_ other: Clause) -> Clause {
    let all = Clause.allOf([other, clause])
    return excluded.isEmpty ? all : .without(all, .anyOf(excluded))
  }

  /// The documents of some buckets.
  static func clause(_ number: Int, _ buckets: ClosedRange<Int>) -> Clause {
    let cover = NumberScale.cover(buckets)
    return .anyOf(
      cover.coarse.map { .term(Term.bucket(number, coarse: $0)) }
        + cover.fine.map { .term(Term.bucket(number, fine: $0)) })
  }

  /// See search.cpp for the layout.
  func write(_ out: inout PackedOutput) {
    out.u16(ranges.count)
    for range in ranges {
      out.u32(range.number)
      out.i64(range.range.lowerBound)
      out.i64(range.range.upperBound)
    }
    out.u8(nearness == nil ? 0 : 1)
    if let (place, metres) = nearness {
      out.i32(place.micro.latitude)
      out.i32(place.micro.longitude)
      out.u32(metres)
    }
    out.u16(variantGroups.count)
    for group in variantGroups {
      out.u16(group.count)
      for trait in group {
        out.varint(trait.axis)
        out.varint(trait.value)
      }
    }
  }
}
