// SPDX-License-Identifier: GPL-3.0-or-later

extension Session {
  func count(_ asked: FacetQuery) throws -> FacetCounts {
    let typed = TypedText(asked.query.after?.text ?? asked.query.text)
    let counts = try count(asked, typed)
    if counts.total.value > 0 || !asked.query.mayChangeWords { return counts }
    guard let replacement = try replacement(asked.query, typed) else { return counts }
    return try count(asked, TypedText(replacement.text))
  }

  private func count(_ asked: FacetQuery, _ typed: TypedText) throws -> FacetCounts {
    // Axes that are filtered by nothing are counted with the total, the others each with the other filters.
    var groups: [[SearchQuery.Filter]: [String]] = [asked.query.filters: []]
    for axis in asked.axes { groups[asked.query.filters.without(axis: axis), default: []].append(axis) }
    var total = Count(0, isExact: true)
    var found: [String: FacetCounts.Axis] = [:]
    for (filters, axes) in groups {
      let counted = try count(asked, typed, filters, axes)
      if filters == asked.query.filters { total = counted.total }
      for axis in counted.axes { found[axis.axis] = axis }
    }
    let axes = asked.axes.map { found[$0] ?? .init(axis: $0, values: [], distinct: 0, isExact: true) }
    return FacetCounts(total: total, axes: axes)
  }

  private func count(
    _ asked: FacetQuery, _ typed: TypedText, _ filters: [SearchQuery.Filter], _ axes: [String]
  ) throws -> FacetCounts {
    let understood = try understand(asked.query, typed, filters: filters)
    var request = Request(limits: understood.limits)
    request.counted = understood.matching
    request.countMax = FacetQuery.exactMax + 1
    var names: [UInt32: String] = [:]
    for axis in axes {
      guard let number = try self.axis(axis), names.updateValue(axis, forKey: number) == nil else { continue }
      request.axes.append((number, asked.valuesMax))
    }
    let answer = try ask(request)
    let total = estimate(answer)
    let counted = try answer.axes.map { axis in
      FacetCounts.Axis(
        axis: names[axis.axis]!,
        values: try axis.values.map {
          .init(
            value: try name(of: Trait(axis: axis.axis, value: $0.value)),
            count: total.isExact
              ? $0.count : Int((Double($0.count) * Double(total.value) / Double(answer.matches)).rounded()))
        }, distinct: axis.distinct, isExact: total.isExact)
    }
    return FacetCounts(total: total, axes: counted)
  }

  /// Documents lie evenly among the docids, so what was seen up to one tells how much there is in all.
  private func estimate(_ answer: Answer) -> Count {
    if answer.isComplete { return Count(answer.matches, isExact: true) }
    let seen = Double(answer.lastDocid) - Double(firstDocid) + 1
    let all = Double(size.lastDocid) - Double(firstDocid) + 1
    let guess = seen > 0 ? Double(answer.matches) * max(1, all / seen) : Double(answer.matches)
    return Count(min(Int(guess.rounded()), Int(size.documents)), isExact: false)
  }
}

extension [SearchQuery.Filter] {
  /// What is left when a choice on the axis is taken back.
  func without(axis: String) -> [SearchQuery.Filter] {
    compactMap { filter in
      switch filter {
      case .any(axis, _): return nil
      case .variant(let axes):
        let rest = axes.filter { $0.key != axis }
        return rest.isEmpty ? nil : .variant(rest)
      default: return filter
      }
    }
  }
}
