// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

struct RegionTests {
  @Test(
    arguments: [
      ("US", "CA", "CA"), ("US", "ca", "CA"), ("US", "US-CA", "CA"), ("US", "us ca", "CA"), ("US", "California", "CA"),
      ("US", "new york", "NY"), ("US", "Virgin Islands", "VI"), ("US", "Bavaria", nil), ("US", "", nil),
      ("CA", "Québec", "QC"), ("CA", "quebec", "QC"), ("CA", "Nouvelle-Ecosse", "NS"), ("CA", "CA-ON", "ON"),
      ("AU", "nsw", "NSW"), ("AU", "Victoria", "VIC"), ("IN", "Karnataka", "KA"), ("IN", "IN-MH", "MH"),
      ("IN", "Orissa", "OD"), ("IN", "TG", "TS"), ("IN", "Uttarakhand", "UK"), ("BR", "São Paulo", "SP"),
      ("BR", "sao paulo", "SP"), ("BR", "Sa\u{303}o Paulo", "SP"), ("MX", "CDMX", nil),
      ("MX", "Ciudad de Mexico", "CMX"),
      ("MX", "Nuevo Leon", "NLE"), ("CN", "上海市", "SH"), ("CN", "Beijing", "BJ"), ("JP", "東京都", "13"),
      ("JP", "tokyo", "13"),
      ("JP", "JP-13", "13"), ("AE", "دبي", "DU"), ("AE", "Dubai", "DU"), ("AE", "Ras al-Khaimah", "RK"),
    ] as [(String, String, String?)])
  func `a region is found by code and by name`(code: String, typed: String, found: String?) throws {
    let country = try PostalCodeTests.country(code)
    #expect(try #require(Regions.of(country)).find(typed, in: country)?.code == found)
  }

  @Test(arguments: Regions.table.keys.sorted()) func `every region is found by all that it is called`(code: String)
    throws
  {
    let country = try PostalCodeTests.country(code)
    let regions = try #require(Regions.of(country))
    #expect(Set(regions.all.map(\.code)).count == regions.all.count)
    #expect(regions.all.map(\.code) == regions.all.map(\.code).sorted())
    for region in regions.all {
      #expect(regions[region.code] == region)
      for name in [region.code, region.name, "\(code)-\(region.code)"] {
        #expect(regions.find(name, in: country) == region, "\(name)")
      }
      for other in region.others { #expect(regions.find(other, in: country) != nil) }
    }
  }

  @Test func `the countries have as many regions as they have`() {
    let counts = Regions.table.mapValues(\.all.count)
    #expect(counts == ["AE": 7, "AU": 8, "BR": 27, "CA": 13, "CN": 31, "IN": 36, "JP": 47, "MX": 32, "US": 59])
  }
}
