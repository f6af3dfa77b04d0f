// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// A place on earth, in degrees.
public struct Place: Sendable, Hashable {
  public let latitude: Double
  public let longitude: Double

  /// Nil where there is no such place.
  public init?(latitude: Double, longitude: Double) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Millionths of a degree: eleven centimetres.
  var micro: (latitude: Int32, longitude: Int32) {
    (Int32((latitude * 1e6).rounded()), Int32((longitude * 1e6).rounded()))
  }
}

/// The earth in square cells of degrees, four sizes of them: a circle is a few cells, and only what lies in those is measured.
enum Cells {
  /// Degrees of latitude and longitude: about 440, 110, 28 and 7 km at the equator.
  static let sizes = [4.0, 1.0, 0.25, 0.0625]
  /// More cells than this cost more than they spare.
  private static let cellsMax = 32
  private static let metresPerDegree = 111_195.0

  static func terms(of place: Place) -> [String] {
    sizes.indices.map { level in
      Term.cell(
        level: level, row: row(place.latitude, level), column: column(place.longitude, level))
    }
  }

  /// The cells of a circle; nil where it is so large, or so near a pole, that cells are no help.
  static func terms(around place: Place, metres: Int) -> [String]? {
    let rise = Double(metres) / metresPerDegree * 1.001 + 1e-5
    let low = place.latitude - rise
    let high = place.latitude + rise
    guard low > -89, high < 89 else { return nil }
    // The parallel that a circle reaches furthest east lies nearer the pole than its middle.
    let turn = rise / cos(max(abs(low), abs(high)) * .pi / 180)
    guard turn < 90 else { return nil }
    for level in sizes.indices.reversed() {
      let rows = row(low, level)...row(high, level)
      let columns = rawColumn(place.longitude - turn, level)...rawColumn(place.longitude + turn, level)
      if rows.count * columns.count > cellsMax { continue }
      let around = Int(360 / sizes[level])
      let wrapped = Set(columns.map { ($0 % around + around) % around })
      return rows.flatMap { row in wrapped.sorted().map { Term.cell(level: level, row: row, column: $0) } }
    }
    return nil
  }

  private static func row(_ latitude: Double, _ level: Int) -> Int {
    Int(((latitude + 90) / sizes[level]).rounded(.down))
  }
  private static func rawColumn(_ longitude: Double, _ level: Int) -> Int {
    Int(((longitude + 180) / sizes[level]).rounded(.down))
  }
  private static func column(_ longitude: Double, _ level: Int) -> Int {
    rawColumn(longitude, level) % Int(360 / sizes[level])
  }
}
