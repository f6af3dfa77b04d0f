// SPDX-License-Identifier: GPL-3.0-or-later

/// A `numeric` in its binary form: groups of four decimal digits (numeric_send in numeric.c).
struct Numeric {
  private var groups: [Int] = []
  /// The power of 10,000 of the first group.
  private let weight: Int
  private let sign: UInt16
  /// How many digits stand after the point.
  private let scale: Int

  private static let negative: UInt16 = 0x4000
  private static let notANumber: UInt16 = 0xC000

  init?(_ bytes: Span<UInt8>) {
    if bytes.count < 8 { return nil }
    let count = Int(networkOrder(bytes, at: 0, as: UInt16.self))
    if bytes.count != 8 + 2 * count { return nil }
    weight = Int(networkOrder(bytes, at: 2, as: Int16.self))
    sign = networkOrder(bytes, at: 4, as: UInt16.self)
    scale = Int(networkOrder(bytes, at: 6, as: UInt16.self))
    for index in 0..<count { groups.append(Int(networkOrder(bytes, at: 8 + 2 * index, as: UInt16.self))) }
  }

  /// The whole number it is; nil when it has a fraction or does not fit.
  var integer: Int64? {
    guard sign == 0 || sign == Numeric.negative else { return nil }
    var total: Int64 = 0
    for power in stride(from: weight, through: 0, by: -1) {
      let (scaled, overflow) = total.multipliedReportingOverflow(by: 10_000)
      let group = Int64(group(at: power))
      let (sum, overflowAgain) = scaled.addingReportingOverflow(sign == 0 ? group : -group)
      if overflow || overflowAgain { return nil }
      total = sum
    }
    for (index, group) in groups.enumerated() where weight - index < 0 && group != 0 { return nil }
    return total
  }

  /// As PostgreSQL writes it.
  var text: String {
    switch sign {
    case 0, Numeric.negative: break
    case Numeric.notANumber: return "NaN"
    default: return sign == 0xF000 ? "-Infinity" : "Infinity"
    }
    var text = sign == Numeric.negative ? "-" : ""
    text += weight < 0 ? "0" : String(group(at: weight))
    for power in stride(from: weight - 1, through: 0, by: -1) { text += padded(group(at: power)) }
    if scale == 0 { return text }
    var fraction = ""
    var power = -1
    while fraction.utf8.count < scale {
      fraction += padded(group(at: power))
      power -= 1
    }
    return text + "." + fraction.prefix(scale)
  }

  private func group(at power: Int) -> Int {
    let index = weight - power
    return groups.indices.contains(index) ? groups[index] : 0
  }

  private func padded(_ group: Int) -> String {
    let digits = String(group)
    return String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }
}
