// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// A count that only rises.
public final class Counter: MetricSeries {
  private let count = Atomic<UInt64>(0)

  public func add(_ n: UInt64 = 1) { count.wrappingAdd(n, ordering: .relaxed) }

  public var value: UInt64 { count.load(ordering: .relaxed) }

  public func render(_ name: String, _ labels: String, to text: inout String) {
    text += MetricName.line(name, labels, String(value))
  }
}

/// A number that rises and falls.
public final class Gauge: MetricSeries {
  private let bits = Atomic<UInt64>(0)

  public func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

  public func add(_ change: Double) { bits.add(change) }

  public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  public func render(_ name: String, _ labels: String, to text: inout String) {
    text += MetricName.line(name, labels, MetricName.number(value))
  }
}

/// How often values fell below each bound, and their sum.
public final class Histogram: MetricSeries {
  /// Seconds, from half a millisecond to ten.
  public static let latencyBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  private let bounds: [Double]
  /// One count per bound and one for what is above all; not cumulative until rendered.
  private let buckets: [Counter]
  private let sum = Atomic<UInt64>(0)

  init(bounds: [Double]) {
    self.bounds = bounds
    buckets = (0...bounds.count).map { _ in Counter() }
  }

  /// Counts a value; one that is no number is left out, since it would spoil the sum for ever.
  public func observe(_ value: Double) {
    if value.isNaN { return }
    buckets[bounds.firstIndex { value <= $0 } ?? bounds.count].add()
    sum.add(value)
  }

  /// Counts a duration in seconds.
  public func observe(_ duration: Duration) {
    let parts = duration.components
    observe(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
  }

  public func render(_ name: String, _ labels: String, to text: inout String) {
    var total: UInt64 = 0
    let comma = labels.isEmpty ? "" : ","
    for (i, bucket) in buckets.enumerated() {
      total += bucket.value
      let bound = i < bounds.count ? MetricName.number(bounds[i]) : "+Inf"
      text += MetricName.line(name + "_bucket", "\(labels)\(comma)le=\"\(bound)\"", String(total))
    }
    text += MetricName.line(name + "_sum", labels, MetricName.number(Double(bitPattern: sum.load(ordering: .relaxed))))
    // The same total as +Inf, so that both agree while others count.
    text += MetricName.line(name + "_count", labels, String(total))
  }
}

extension Atomic where Value == UInt64 {
  /// Adds to a double kept as its bit pattern.
  fileprivate func add(_ change: Double) {
    var old = load(ordering: .relaxed)
    while true {
      let new = (Double(bitPattern: old) + change).bitPattern
      let (exchanged, original) = weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
      if exchanged { return }
      old = original
    }
  }
}
