// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import JSON
import Market
import Postgres
import Testing

@testable import soukd

@Suite(.timeLimit(.minutes(3))) struct AddressBookTests {
  private func draft(_ label: String? = nil, shipping: Bool? = nil, billing: Bool? = nil) -> AddressDraft {
    let postal = PostalAddress(
      recipient: "Inês Duarte", lines: ["Rua das Taipas 14"], city: "Porto", postalCode: "4050600", country: .example,
      phone: "912 345 678")
    return AddressDraft(label: label, postal, isDefaultForShipping: shipping, isDefaultForBilling: billing)
  }

  private func add(_ market: TestMarket, _ draft: AddressDraft) async throws -> Address {
    try await market.call(Addresses.add, draft, as: market.buyer)
  }

  private func book(_ market: TestMarket) async throws -> [Address] {
    try await market.call(Addresses.list, Nothing(), as: market.buyer).items
  }

  /// Exactly one default for each purpose, whatever happened.
  private func expectDefaults(_ market: TestMarket) async throws {
    let addresses = try await book(market)
    for purpose in AddressPurpose.allCases {
      #expect(addresses.count { $0.isDefault(for: purpose) } == (addresses.isEmpty ? 0 : 1), "\(purpose)")
    }
  }

  @Test func `an address is kept in canonical form; the first is the default for everything`() async throws {
    try await withMarket { market in
      let body = try #require(try Wire(Addresses.add, draft("Workshop")).body)
      let heard = try await market.ask(.post, "/me/addresses", as: market.buyer, json: body)
      let address = try heard.decoded(Address.self)
      #expect(heard.status == 201 && heard.headers["Location"] == "/api/v1/me/addresses/\(address.id)")
      #expect(heard.headers["ETag"] == "\"1\"" && address.version == 1 && address.label == "Workshop")
      #expect(address.postalCode == "4050-600" && address.phone == "+351912345678" && address.country == .example)
      #expect(address.isDefaultForShipping && address.isDefaultForBilling)
      #expect(try await market.call(Addresses.show, AddressPath(address: address.id), as: market.buyer) == address)
      let second = try await add(market, draft())
      #expect(!second.isDefaultForShipping && !second.isDefaultForBilling && second.label == nil)
      #expect(try await book(market).map(\.id) == [second.id, address.id])
    }
  }

  @Test func `everything that is wrong is told at once, with the right form`() async throws {
    try await withMarket { market in
      let json = #"{"recipient":"","lines":["1"],"country":"US","postal_code":"1","phone":"12"}"#
      let heard = try await market.ask(.post, "/me/addresses", as: market.buyer, json: json)
      #expect(heard.status == 422)
      #expect(
        try heard.faults == [
          "/city required", "/postal_code wrong_format", "/recipient required", "/region required",
        ])
      let phone = try await market.ask(
        .post, "/me/addresses", as: market.buyer,
        json: #"{"recipient":"R","lines":["1"],"city":"C","country":"PT","postal_code":"4050600","phone":"12"}"#)
      #expect(try phone.status == 422 && phone.faults == ["/phone too_short"])
      #expect(try phone.problem.errors?.first?.detail == "This number is too short. Use one such as 912 345 678.")
      // What is said of a country that is none is said of nothing else.
      let country = try await market.ask(
        .post, "/me/addresses", as: market.buyer, json: #"{"recipient":"R","lines":["1"],"country":"Portugal"}"#)
      #expect(try country.faults == ["/country invalid_value"])
      #expect(try await book(market).isEmpty)
    }
  }

  @Test func `an edit is checked as the whole that comes of it`() async throws {
    try await withMarket { market in
      let address = try await add(market, draft())
      let path = "/me/addresses/\(address.id)"
      let half = try await market.ask(
        .patch, path, as: market.buyer, ["If-Match": "\"1\""], json: #"{"country":"US","phone":"12"}"#)
      #expect(try half.faults == ["/phone too_short", "/postal_code wrong_format", "/region required"])
      let json = """
        {"country":"US","city":"Albuquerque","region":"new mexico","postal_code":"87102","phone":"(201) 555-0123",
        "company":"Salt","label":null}
        """
      let heard = try await market.ask(.patch, path, as: market.buyer, ["If-Match": "\"1\""], json: json)
      let edited = try heard.decoded(Address.self)
      #expect(heard.status == 200 && heard.headers["ETag"] == "\"2\"" && edited.region == "NM")
      #expect(edited.phone == "+12015550123" && edited.company == "Salt" && edited.recipient == "Inês Duarte")
      #expect(try await market.ask(.patch, path, as: market.buyer, json: json).status == 428)
      #expect(try await market.ask(.patch, path, as: market.buyer, ["If-Match": "\"1\""], json: json).status == 412)
      #expect(try await market.ask(.delete, path, as: market.buyer).status == 428)
      #expect(try await market.ask(.delete, path, as: market.buyer, ["If-Match": "\"1\""]).status == 412)
      #expect(try await market.ask(.delete, path, as: market.buyer, ["If-Match": "\"2\""]).status == 204)
      #expect(try await market.ask(.get, path, as: market.buyer).status == 404)
    }
  }

  @Test func `what is not yours is not there`() async throws {
    try await withMarket { market in
      let address = try await add(market, draft())
      let path = "/me/addresses/\(address.id)"
      let any = ["If-Match": "*"]
      for person in [market.seller, market.rival] {
        #expect(try await market.ask(.get, path, as: person).status == 404)
        #expect(try await market.ask(.patch, path, as: person, any, json: #"{"label":"mine"}"#).status == 404)
        #expect(try await market.ask(.delete, path, as: person, any).status == 404)
        #expect(try await market.call(Addresses.list, Nothing(), as: person).items.isEmpty)
      }
      #expect(try await market.ask(.get, path).status == 401)
      #expect(try await book(market) == [address])
    }
  }

  @Test func `a default moves, and its former holder has another version`() async throws {
    try await withMarket { market in
      let first = try await add(market, draft("first"))
      let second = try await add(market, draft("second", shipping: true))
      #expect(second.isDefaultForShipping && !second.isDefaultForBilling)
      let former = try await market.call(Addresses.show, AddressPath(address: first.id), as: market.buyer)
      #expect(!former.isDefaultForShipping && former.isDefaultForBilling && former.version == 2)
      _ = try await market.call(
        Addresses.edit, AddressPatch(address: second.id, isDefaultForBilling: .set(true)), as: market.buyer,
        match: "\"1\"")
      try await expectDefaults(market)
      // It is given to another, not taken away.
      let taken = try await market.ask(
        .patch, "/me/addresses/\(second.id)", as: market.buyer, ["If-Match": "*"],
        json: #"{"is_default_for_shipping":false,"is_default_for_billing":false}"#)
      #expect(
        try taken.status == 422
          && taken.faults == [
            "/is_default_for_billing default_needed", "/is_default_for_shipping default_needed",
          ])
      let same = try await market.call(
        Addresses.edit, AddressPatch(address: first.id, isDefaultForShipping: .set(false)), as: market.buyer, match: "*"
      )
      #expect(!same.isDefaultForShipping)
      try await expectDefaults(market)
    }
  }

  @Test func `when a default is removed the newest other takes over`() async throws {
    try await withMarket { market in
      let first = try await add(market, draft("first"))
      _ = try await add(market, draft("second"))
      let third = try await add(market, draft("third"))
      _ = try await market.call(Addresses.remove, AddressPath(address: first.id), as: market.buyer, match: "\"1\"")
      let heir = try await market.call(Addresses.show, AddressPath(address: third.id), as: market.buyer)
      #expect(heir.isDefaultForShipping && heir.isDefaultForBilling && heir.version > third.version)
      try await expectDefaults(market)
    }
  }

  @Test func `addresses added at the same time to an empty book have one default`() async throws {
    try await withMarket { market in
      let draft = draft(shipping: true)
      try await withThrowingTaskGroup(of: Address.self) { group in
        for number in 0..<8 {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            try await market.call(Addresses.add, draft, as: market.buyer)
          }
        }
        try await group.waitForAll()
      }
      #expect(try await book(market).count == 8)
      try await expectDefaults(market)
    }
  }

  @Test func `many that want to be the default at once take turns`() async throws {
    try await withMarket { market in
      var addresses: [Address] = []
      for _ in 0..<8 { addresses.append(try await add(market, draft())) }
      let ids = addresses.map(\.id)
      try await withThrowingTaskGroup(of: Address.self) { group in
        for (number, id) in ids.enumerated() {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            let patch = AddressPatch(
              address: id, isDefaultForShipping: number % 2 == 0 ? .set(true) : .keep,
              isDefaultForBilling: number % 3 == 0 ? .set(true) : .keep)
            return try await market.call(Addresses.edit, patch, as: market.buyer, match: "*")
          }
        }
        try await group.waitForAll()
      }
      try await expectDefaults(market)
    }
  }

  @Test func `removing all but one at once leaves one with every default`() async throws {
    try await withMarket { market in
      var addresses: [Address] = []
      for _ in 0..<6 { addresses.append(try await add(market, draft())) }
      let ids = addresses.map(\.id)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, id) in ids.dropLast().enumerated() {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            _ = try await market.call(Addresses.remove, AddressPath(address: id), as: market.buyer, match: "*")
          }
        }
        try await group.waitForAll()
      }
      #expect(try await book(market).map(\.id) == [ids[5]])
      try await expectDefaults(market)
    }
  }

  @Test func `a book holds fifty, also when many are added at once`() async throws {
    try await withMarket { market in
      for _ in 0..<45 { _ = try await add(market, draft()) }
      let body = try #require(try Wire(Addresses.add, draft()).body)
      let heard = try await withThrowingTaskGroup(of: Heard.self) { group in
        for number in 0..<12 {
          group.addTask(executorPreference: market.loops.loops[number % 2]) {
            try await market.ask(.post, "/me/addresses", as: market.buyer, json: body)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(heard.count { $0.status == 201 } == 5)
      let refused = heard.filter { $0.status == 409 }
      #expect(try refused.count == 7 && refused.allSatisfy { try $0.problem.code == "address_book_full" })
      #expect(try await book(market).count == Address.countMax)
      // Another book has room.
      #expect(try await market.ask(.post, "/me/addresses", as: market.seller, json: body).status == 201)
    }
  }

  @Test func `an Idempotency-Key adds once, and what it remembers is sealed`() async throws {
    try await withMarket { market in
      let body = try #require(try Wire(Addresses.add, draft("Workshop")).body)
      let key = ["Idempotency-Key": "k1"]
      let first = try await market.ask(.post, "/me/addresses", as: market.buyer, key, json: body)
      let again = try await market.ask(.post, "/me/addresses", as: market.buyer, key, json: body)
      #expect(again.body == first.body && again.headers["Idempotency-Replayed"] == "true")
      #expect(again.headers["Location"] == first.headers["Location"])
      #expect(try await book(market).count == 1)
      for table in ["addresses", "answered_requests", "jobs", "events", "audit_log"] {
        let text = try await market.database.values(
          "select coalesce(string_agg(encode(convert_to(t::text, 'UTF8'), 'escape'), ' '), '') from \(unescaped: table) t",
          as: String.self
        ).joined()
        // Bytes are shown in hexadecimal digits: look for both spellings.
        for word in ["Taipas", "Workshop", "912345678", "4050"] {
          let hex = word.utf8.map { String($0, radix: 16) }.joined()
          #expect(!text.contains(word) && !text.contains(hex), "\(table) \(word)")
        }
      }
    }
  }

  @Test func `a row that was moved to somebody else does not open there`() async throws {
    try await withMarket { market in
      let address = try await add(market, draft())
      try await market.database.execute(
        "update addresses set account = \(market.rival.text) where id = \(address.id.text)")
      let heard = try await market.ask(.get, "/me/addresses/\(address.id)", as: market.rival)
      #expect(heard.status == 500 && !String(decoding: heard.body, as: UTF8.self).contains("Taipas"))
    }
  }

  @Test func `a country that was changed in the clear is noticed`() async throws {
    try await withMarket { market in
      let address = try await add(market, draft())
      try await market.database.execute("update addresses set country = 'DE' where id = \(address.id.text)")
      #expect(try await market.ask(.get, "/me/addresses/\(address.id)", as: market.buyer).status == 500)
    }
  }
}
