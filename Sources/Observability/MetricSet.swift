// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// What one series counts.
public protocol MetricSeries: AnyObject, Sendable {
  /// Appends the lines of this series; `labels` is without braces.
  func render(_ name: String, _ labels: String, to text: inout String)
}

/// One metric with a series per combination of label values, of which there is a limit.
public final class MetricSet<Series: MetricSeries>: MetricFamily {
  let name: String
  private let help: String
  private let kind: String
  private let labels: [String]
  private let seriesMax: Int
  private let make: @Sendable () -> Series
  private let series = Mutex<[[String]: Series]>([:])

  init(
    _ name: String, _ help: String, _ kind: String, _ labels: [String], _ seriesMax: Int,
    _ make: @escaping @Sendable () -> Series
  ) {
    precondition(labels.allSatisfy { MetricName.isValid($0) && !$0.contains(":") }, "labels are names")
    self.name = name
    self.help = help
    self.kind = kind
    self.labels = labels
    self.seriesMax = seriesMax
    self.make = make
    if labels.isEmpty { _ = self[] }
  }

  /// The series of these label values. Beyond the limit all new combinations share one, whose values are `other`.
  public subscript(values: String...) -> Series {
    precondition(values.count == labels.count, "one value for each label")
    return series.withLock { series in
      if let known = series[values] { return known }
      let key = series.count < seriesMax ? values : values.map { _ in "other" }
      if let known = series[key] { return known }
      let new = make()
      series[key] = new
      return new
    }
  }

  func render(to text: inout String) {
    let all = series.withLock { $0 }
    guard !all.isEmpty else { return }
    MetricName.appendHead(name, help, kind, to: &text)
    for (values, series) in all.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let pairs = zip(labels, values).map { "\($0)=\"\(MetricName.escapedValue($1))\"" }
      series.render(name, pairs.joined(separator: ","), to: &text)
    }
  }
}

/// The text format's rules for names, numbers and escapes.
enum MetricName {
  static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39 ~= first) else { return false }
    return name.utf8.allSatisfy {
      0x30...0x3a ~= $0 || 0x41...0x5a ~= $0 || 0x61...0x7a ~= $0 || $0 == UInt8(ascii: "_")
    }
  }

  static func appendHead(_ name: String, _ help: String, _ kind: String, to text: inout String) {
    text += "# HELP \(name) \(escaped(help, quote: false))\n# TYPE \(name) \(kind)\n"
  }

  static func escapedValue(_ value: String) -> String { escaped(value, quote: true) }

  private static func escaped(_ text: String, quote: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\"" where quote: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : value.description
  }

  static func line(_ name: String, _ labels: String, _ value: String) -> String {
    labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
  }
}
