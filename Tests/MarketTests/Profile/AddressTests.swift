// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@testable import Market

struct AddressTests {
  private func address(
    _ country: String, city: String? = "Somewhere", region: String? = nil, code: String? = nil
  ) throws -> PostalAddress {
    PostalAddress(
      recipient: "Inês Duarte", lines: ["1 Some Street"], city: city, region: region, postalCode: code,
      country: try PostalCodeTests.country(country))
  }

  @Test(
    arguments: [
      ("PT", "Porto", nil, "4050600", []), ("PT", "Porto", nil, nil, ["/postal_code required"]),
      ("PT", nil, nil, "99", ["/city required", "/postal_code wrong_format"]), ("US", "Reno", "Nevada", "89501", []),
      ("US", "Reno", nil, "89501", ["/region required"]),
      ("US", "Reno", "ZZ", "8950", ["/postal_code wrong_format", "/region unknown"]),
      ("CA", "Ottawa", "on", "k1a0b1", []), ("CA", "Ottawa", nil, nil, ["/postal_code required", "/region required"]),
      ("IN", "Mysuru", "Karnataka", "570001", []),
      ("IN", "Mysuru", nil, "57001", ["/postal_code wrong_format", "/region required"]),
      ("GB", "London", nil, "sw1a1aa", []), ("GB", "London", "Greater London", "SW1A 1AA", []),
      // No postal codes: none is asked for, and one that is given helps nobody.
      ("HK", "Central", nil, nil, []), ("HK", "Central", nil, "999077", ["/postal_code not_used"]),
      ("AE", "Dubai", "Dubai", nil, []), ("AE", "Dubai", nil, nil, ["/region required"]),
      ("SG", nil, nil, "018956", []), ("SG", nil, nil, nil, ["/postal_code required"]), ("MC", nil, nil, "98000", []),
      ("IE", "Dublin", nil, nil, []), ("IE", "Dublin", nil, "12345", ["/postal_code wrong_format"]),
      ("JP", "Chiyoda", "東京都", "1000001", []), ("NZ", "Wellington", nil, "6011", []), ("AQ", "Base", nil, nil, []),
    ] as [(String, String?, String?, String?, [String])])
  func `a country says what its addresses need`(
    country: String, city: String?, region: String?, code: String?, faults: [String]
  ) throws {
    let check = AddressCheck(try address(country, city: city, region: region, code: code))
    #expect(check.faults.map { "\($0.pointer) \($0.code)" }.sorted() == faults)
    // What is canonical stays as it is.
    if faults.isEmpty { #expect(AddressCheck(check.canonical) == AddressCheck(check.canonical)) }
    if faults.isEmpty { #expect(AddressCheck(check.canonical).canonical == check.canonical) }
  }

  @Test func `the canonical form has codes as the country writes them`() throws {
    let check = AddressCheck(try address("US", region: "new mexico", code: "871020001"))
    #expect(check.canonical.region == "NM" && check.canonical.postalCode == "87102-0001")
    #expect(AddressCheck(try address("GB", code: "m11ae")).canonical.postalCode == "M1 1AE")
  }

  @Test func `a complaint shows the right form`() throws {
    let faults = AddressCheck(try address("US", region: "Bavaria", code: "80331 München")).faults
    #expect(
      faults.map(\.detail) == [
        "US has no such state. Use a code or a name, such as AA for Armed Forces Americas.",
        "This is no postal code of US. Use one such as 94103.",
      ])
    let missing = AddressCheck(try address("AU")).faults.map(\.detail)
    #expect(
      missing == [
        "Name the state, such as ACT for Australian Capital Territory.", "Give a postal code such as 2000.",
      ])
    let unused = AddressCheck(try address("HK", code: "00000")).faults.map(\.detail)
    #expect(unused == ["There are no postal codes in HK. Leave this out."])
  }

  @Test func `every country takes its own example`() throws {
    for code in Country.codes {
      let country = try PostalCodeTests.country(code)
      let region = Regions.of(country)?.example.code
      let address = try address(code, region: region, code: PostalCodes.of(country).example)
      #expect(AddressCheck(address).faults.isEmpty, "\(code)")
    }
  }

  @Test func `a draft is told everything at once, each field by one rule`() throws {
    var draft = AddressDraft(label: "", try address("US", city: nil, code: ""))
    draft.recipient = String(repeating: "x", count: 81)
    draft.lines = []
    let faults = draft.faults.map { "\($0.pointer) \($0.code)" }
    #expect(
      faults == [
        "/label required", "/recipient too_long", "/lines wrong_count", "/postal_code required", "/city required",
        "/region required",
      ])
  }

  @Test func `a country that is wrong is not asked about the rest`() throws {
    let draft = AddressDraft(try address("PT", city: nil, code: "1"))
    #expect(draft.faults(besides: ["country"]).isEmpty)
    #expect(draft.faults(besides: ["city"]).map(\.pointer) == ["/postal_code"])
  }

  @Test func `a patch moves an address to another country`() throws {
    let old = try address("US", region: "NM", code: "87102")
    let patch = AddressPatch(
      address: .example, city: .set("Lisboa"), region: .clear, postalCode: .set("1000205"), country: .set(.example))
    let check = AddressCheck(patch.applied(to: old))
    #expect(check.faults.isEmpty && check.canonical.postalCode == "1000-205" && check.canonical.region == nil)
    #expect(check.canonical.recipient == old.recipient && check.canonical.lines == old.lines)
    let half = AddressCheck(AddressPatch(address: .example, country: .set(.example)).applied(to: old))
    #expect(half.faults.map(\.pointer) == ["/postal_code"])
  }

  @Test func `what may not be cleared says so`() {
    let patch = AddressPatch(
      address: .example, recipient: .clear, company: .clear, lines: .clear, country: .clear,
      isDefaultForShipping: .clear)
    #expect(patch.faults.map(\.pointer) == ["/recipient", "/lines", "/country", "/is_default_for_shipping"])
  }
}
