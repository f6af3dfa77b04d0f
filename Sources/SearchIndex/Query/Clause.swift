// SPDX-License-Identifier: GPL-3.0-or-later

/// A set of documents, said in terms.
indirect enum Clause: Hashable {
  case term(String)
  case all([Clause])
  case any([Clause])
  case without(Clause, Clause)
  case everything
  case nothing

  static func both(_ one: Clause, _ other: Clause) -> Clause {
    if one == .everything { return other }
    if other == .everything { return one }
    return .all([one, other])
  }

  static func allOf(_ clauses: [Clause]) -> Clause {
    let real = clauses.filter { $0 != .everything }
    return real.isEmpty ? .everything : real.count == 1 ? real[0] : .all(real)
  }

  static func anyOf(_ clauses: [Clause]) -> Clause {
    var seen: Set<Clause> = []
    let distinct = clauses.filter { seen.insert($0).inserted }
    return distinct.isEmpty ? .nothing : distinct.count == 1 ? distinct[0] : .any(distinct)
  }

  /// Postfix, as search.cpp reads it.
  var program: [UInt8] {
    var out = PackedOutput()
    write(&out)
    return out.bytes
  }

  private func write(_ out: inout PackedOutput) {
    switch self {
    case .term(let term):
      out.u8(1)
      out.u8(UInt8(term.utf8.count))
      out.raw(term)
    case .all(let clauses): write(clauses, 2, &out)
    case .any(let clauses): write(clauses, 3, &out)
    case .without(let one, let other):
      one.write(&out)
      other.write(&out)
      out.u8(4)
    case .everything: Clause.term(Term.document).write(&out)
    case .nothing: out.u8(5)
    }
  }

  private func write(_ clauses: [Clause], _ operation: UInt8, _ out: inout PackedOutput) {
    for clause in clauses { clause.write(&out) }
    out.u8(operation)
    out.u16(clauses.count)
  }

  /// How many of so many documents match: no more than `most`, and as many as `likely` if terms knew nothing of each other.
  func size(among documents: Int, frequency: (String) throws -> Int) rethrows -> (most: Int, likely: Double) {
    switch self {
    case .term(let term):
      let count = try frequency(term)
      return (count, Double(count))
    case .all(let clauses):
      let sizes = try clauses.map { try $0.size(among: documents, frequency: frequency) }
      let share = sizes.reduce(1.0) { $0 * $1.likely / Double(max(1, documents)) }
      return (sizes.map(\.most).min() ?? documents, share * Double(documents))
    case .any(let clauses):
      let sizes = try clauses.map { try $0.size(among: documents, frequency: frequency) }
      return (
        min(documents, sizes.reduce(0) { $0 + $1.most }), min(Double(documents), sizes.reduce(0) { $0 + $1.likely })
      )
    case .without(let one, _): return try one.size(among: documents, frequency: frequency)
    case .everything: return (documents, Double(documents))
    case .nothing: return (0, 0)
    }
  }
}
