// SPDX-License-Identifier: GPL-3.0-or-later

/// Up to how many documents a list in the order of a number is sorted at once.
struct ListLimits: Sendable {
  var sortedMost = 20_000
  var sortedLikely = 3_000.0
}

/// The tiers of a list, from where a page begins.
struct ListPlan {
  var tiers: [Tier]

  /// Documents of any of these, in this order, each list in the order of docids: `lists` grow, so what an earlier one has is
  /// taken from a later one. `names` are what cursors call them.
  static func byRelevance(_ lists: [(name: Int, clause: Clause)], _ limits: Restrictions, after cursor: Cursor?)
    -> ListPlan
  {
    var tiers: [Tier] = []
    for (at, list) in lists.enumerated() {
      if let cursor, list.name < Int(cursor.tier) { continue }
      let limited = limits.limited(list.clause)
      let earlier = lists[..<at].map(\.clause)
      var tier = Tier(name: list.name, clause: earlier.isEmpty ? limited : .without(limited, .anyOf(earlier)))
      if let cursor, list.name == Int(cursor.tier) { tier.firstDocid = cursor.docid &+ 1 }
      tiers.append(tier)
    }
    return ListPlan(tiers: tiers)
  }

  /// Documents of the first buckets that are tried, for each that is likely to be wanted; then more.
  private static let firstDraw = 4.0
  private static let growth = 6.0
  private static let tiersMax = 48

  /// In the order of a number: all at once where they are few, else bucket by bucket.
  static func byNumber(
    _ number: Int, isDescending: Bool, _ clause: Clause, scale: NumberScale, size: (most: Int, likely: Double),
    limits: ListLimits, after cursor: Cursor?, frequency: (String) throws -> Int
  ) rethrows -> ListPlan {
    let order = isDescending ? Tier.Order.descending : .ascending
    var tiers: [Tier] = []
    if cursor.map({ Int($0.tier) }) != missing {
      let after = cursor.flatMap { cursor in cursor.number.map { ($0, cursor.docid) } }
      if size.most <= limits.sortedMost || size.likely <= limits.sortedLikely {
        tiers.append(
          Tier(name: present, clause: clause, order: order, number: number, bounds: .min ... .max, after: after))
      } else {
        tiers = try bucketTiers(number, order, clause, scale, size.likely, after, frequency)
      }
    }
    var last = Tier(name: missing, clause: .both(clause, .term(Term.lacks(number))))
    if let cursor, Int(cursor.tier) == missing { last.firstDocid = cursor.docid &+ 1 }
    return ListPlan(tiers: tiers + [last])
  }

  private static let present = 0
  private static let missing = 1

  /// Walks the buckets from the beginning of the list. How many documents a bucket has is known, so a page is sought in as
  /// few of them as are likely to fill it, and empty ones cost nothing.
  private static func bucketTiers(
    _ number: Int, _ order: Tier.Order, _ clause: Clause, _ scale: NumberScale, _ likely: Double,
    _ after: (Int64, UInt32)?, _ frequency: (String) throws -> Int
  ) rethrows -> [Tier] {
    let isDescending = order == .descending
    func bucket(_ at: Int) -> Int { isDescending ? scale.bucketCount - 1 - at : at }
    var at = after.map { bucket(scale.bucket(of: $0.0)) } ?? 0
    var tiers: [Tier] = []
    // A page has a few dozen; one document in `rarity` is one of the list.
    let rarity = max(1, Double(try frequency(Term.document)) / max(1, likely))
    var draw = firstDraw * 32 * rarity
    func add(_ first: Int, _ last: Int) {
      let buckets = min(bucket(first), bucket(last))...max(bucket(first), bucket(last))
      var tier = Tier(
        name: present, clause: .both(clause, Restrictions.clause(number, buckets)), order: order, number: number)
      // Only the bucket that the cursor is in has what lies before it.
      let isResumed = after != nil && first == bucket(scale.bucket(of: after!.0))
      if buckets.count == 1 && scale.isSingle(buckets.lowerBound) {
        // All of one value: docids are the order, and the first will do.
        tier.order = .docid
        if isResumed { tier.firstDocid = after!.1 &+ 1 }
      } else if isResumed {
        tier.after = after
      }
      tiers.append(tier)
    }
    var start = at
    var gathered = 0.0
    while at < scale.bucketCount && tiers.count < tiersMax {
      let count = Double(try frequency(Term.bucket(number, fine: bucket(at))))
      if scale.isSingle(bucket(at)) {
        if start < at && gathered > 0 { add(start, at - 1) }
        if count > 0 || (after != nil && tiers.isEmpty) { add(at, at) }
        (start, gathered) = (at + 1, 0)
      } else {
        gathered += count
        if gathered >= draw {
          add(start, at)
          draw *= growth
          (start, gathered) = (at + 1, 0)
        }
      }
      at += 1
    }
    // What is left of the buckets, all at once.
    if start < scale.bucketCount {
      let first = bucket(start)
      let bounds: ClosedRange<Int64> =
        isDescending
        ? .min...(first < scale.bounds.count ? scale.bounds[first] - 1 : .max)
        : (first == 0 ? .min : scale.bounds[first - 1]) ... .max
      var rest = Tier(name: present, clause: clause, order: order, number: number, bounds: bounds)
      if after != nil && start == bucket(scale.bucket(of: after!.0)) { rest.after = after }
      tiers.append(rest)
    }
    return tiers
  }
}
