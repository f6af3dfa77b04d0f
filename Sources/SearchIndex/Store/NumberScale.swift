// SPDX-License-Identifier: GPL-3.0-or-later

/// Parts the values of a number into buckets of about equally many documents. A narrow range then is a few terms, and a list
/// in the order of the number needs the first buckets only.
///
/// The bounds come from a sample and stay for the life of a generation: they make things fast, not right.
struct NumberScale: Hashable, Sendable {
  /// The lowest value of each bucket but the first, ascending.
  let bounds: [Int64]

  /// Sixteen fine buckets make a coarse one.
  static let coarseWidth = 16
  /// Of the sample; a few more lie beyond its greatest value, for times that are still to come.
  static let bucketsMax = 512
  private static let futureBuckets = 16

  var bucketCount: Int { bounds.count + 1 }

  func bucket(of value: Int64) -> Int {
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether the bucket has room for one value only, so that its documents need no sorting.
  func isSingle(_ bucket: Int) -> Bool {
    bucket > 0 && bucket < bounds.count && bounds[bucket] == bounds[bucket - 1] &+ 1
  }

  /// A value that many have gets a bucket of its own.
  init(sample: [Int64]) {
    if sample.isEmpty {
      bounds = (0..<62).map { 1 << Int64($0) }
      return
    }
    let sorted = sample.sorted()
    let share = max(1, sorted.count / NumberScale.bucketsMax)
    var found: Set<Int64> = []
    var at = 0
    while at < sorted.count {
      let value = sorted[at]
      var end = at
      while end < sorted.count && sorted[end] == value { end += 1 }
      found.insert(value)
      if end - at >= share && value < Int64.max { found.insert(value + 1) }
      at = max(end, at + share)
    }
    let span = max(1, (sorted.last! &- sorted.first!).magnitude / UInt64(NumberScale.bucketsMax))
    var next = sorted.last!
    for step in 0..<NumberScale.futureBuckets {
      let (sum, isOver) = next.addingReportingOverflow(Int64(clamping: span << UInt64(step)))
      if isOver { break }
      next = sum
      found.insert(next)
    }
    bounds = found.sorted()
  }

  init(packed: [UInt8]) throws {
    var input = PackedInput(packed)
    bounds = try (0..<packed.count / 8).map { _ in Int64(bitPattern: try input.u64()) }
  }

  var packed: [UInt8] {
    var out = PackedOutput()
    for bound in bounds { out.u64(UInt64(bitPattern: bound)) }
    return out.bytes
  }

  /// The fewest buckets, coarse and fine, that make up a range of them.
  static func cover(_ range: ClosedRange<Int>) -> (coarse: [Int], fine: [Int]) {
    let first = (range.lowerBound + coarseWidth - 1) / coarseWidth
    let end = (range.upperBound + 1) / coarseWidth
    guard first < end else { return ([], Array(range)) }
    let before = range.lowerBound..<first * coarseWidth
    let behind = end * coarseWidth..<range.upperBound + 1
    return (Array(first..<end), Array(before) + Array(behind))
  }
}
