// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// All metrics of a program, rendered in Prometheus' text format (version 0.0.4).
///
/// Names and labels are fixed where a metric is made; series are looked up once and kept by whoever counts,
/// so that counting itself is one atomic addition.
public final class Metrics: Sendable {
  private let families = Mutex<[any MetricFamily]>([])

  public init() {}

  public func counter(
    _ name: String, help: String, labels: [String] = [], seriesMax: Int = 1000
  ) -> MetricSet<Counter> {
    add(MetricSet(name, help, "counter", labels, seriesMax) { Counter() })
  }

  public func gauge(_ name: String, help: String, labels: [String] = [], seriesMax: Int = 1000) -> MetricSet<Gauge> {
    add(MetricSet(name, help, "gauge", labels, seriesMax) { Gauge() })
  }

  public func histogram(
    _ name: String, help: String, labels: [String] = [], seriesMax: Int = 1000,
    bounds: [Double] = Histogram.latencyBounds
  ) -> MetricSet<Histogram> {
    precondition(bounds == bounds.sorted() && Set(bounds).count == bounds.count, "bounds rise")
    precondition(!labels.contains("le"), "the label le belongs to the buckets")
    return add(MetricSet(name, help, "histogram", labels, seriesMax) { Histogram(bounds: bounds) })
  }

  /// A gauge whose value is asked for when metrics are rendered.
  public func gauge(_ name: String, help: String, read: @escaping @Sendable () -> Double) {
    _ = add(AskedGauge(name: name, help: help, read: read))
  }

  public func rendered() -> String {
    let families = families.withLock { $0 }
    var text = ""
    for family in families { family.render(to: &text) }
    return text
  }

  private func add<Family: MetricFamily>(_ family: Family) -> Family {
    precondition(MetricName.isValid(family.name), "a metric's name has letters, digits and underscores")
    families.withLock { families in
      precondition(!families.contains { $0.name == family.name }, "a metric is made once")
      families.append(family)
    }
    return family
  }
}

/// One name in the registry with all its series.
protocol MetricFamily: Sendable {
  var name: String { get }
  func render(to text: inout String)
}

/// A gauge that asks.
private struct AskedGauge: MetricFamily {
  let name: String
  let help: String
  let read: @Sendable () -> Double

  func render(to text: inout String) {
    MetricName.appendHead(name, help, "gauge", to: &text)
    text += "\(name) \(MetricName.number(read()))\n"
  }
}
