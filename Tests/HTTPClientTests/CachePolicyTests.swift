// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Testing

/// The rules of RFC 9111, without a network.
struct `The cache's rules` {
  static let now: Int64 = 1_795_249_000
  static let url = "http://origin/doc"

  /// An answer that the origin made `madeAgo` seconds ago and that arrived `cameAgo` seconds ago.
  static func stored(
    _ headers: HeaderFields, madeAgo: Int64 = 0, cameAgo: Int64? = nil, request: ClientRequest? = nil, status: Int = 200
  ) -> StoredResponse? {
    var headers = headers
    if headers["Date"] == nil { headers["Date"] = HTTPDate.format(now - madeAgo) }
    let request = request ?? ClientRequest("GET", url)
    let came = now - (cameAgo ?? madeAgo)
    return CachePolicy.entry(
      for: request, ClientResponse(status: status, headers: headers, body: [1]), key: CachePolicy.key(for: request),
      requestTime: came, responseTime: came)
  }

  static func decide(
    _ stored: StoredResponse?, _ headers: HeaderFields = [:], method: String = "GET"
  ) -> CacheDecision {
    CachePolicy.decide(
      ClientRequest(method, url, headers: headers), stored: stored.map { [$0] } ?? [], now: now
    ).decision
  }

  enum Verdict { case fresh, swr, revalidate, fetch, unavailable }

  static func verdict(_ decision: CacheDecision) -> Verdict {
    switch decision {
    case .fresh: .fresh
    case .useWhileRevalidating: .swr
    case .revalidate: .revalidate
    case .fetch: .fetch
    case .unavailable: .unavailable
    }
  }

  static let table: [(response: HeaderFields, age: Int64, request: HeaderFields, verdict: Verdict)] = [
    // §4.2.1: which rule gives the lifetime
    (["Cache-Control": "max-age=60"], 59, [:], .fresh),
    (["Cache-Control": "max-age=60"], 60, [:], .revalidate),
    (["cache-control": "MAX-AGE=60"], 59, [:], .fresh),
    (["Cache-Control": "max-age=\"60\""], 59, [:], .fresh),
    (["Cache-Control": "max-age=60", "Expires": HTTPDate.format(now + 9999)], 61, [:], .revalidate),
    (["Cache-Control": "s-maxage=60"], 1, [:], .revalidate),
    (["Cache-Control": "max-age=60, max-age=10"], 20, [:], .revalidate),
    (["Cache-Control": "max-age=x"], 1, [:], .revalidate),
    (["Cache-Control": "max-age=-1"], 0, [:], .revalidate),
    (["Cache-Control": "max-age=99999999999999999999"], 100_000, [:], .fresh),
    (["Expires": HTTPDate.format(now + 10)], 5, [:], .fresh),
    (["Expires": HTTPDate.format(now - 1)], 5, [:], .revalidate),
    (["Expires": "0"], 0, [:], .revalidate),
    // §4.2.2: a tenth of the time since the last change, at most a day
    (["Last-Modified": HTTPDate.format(now - 1100)], 99, [:], .fresh),
    (["Last-Modified": HTTPDate.format(now - 1100)], 101, [:], .revalidate),
    (["Last-Modified": HTTPDate.format(now - 99_999_999)], 86_399, [:], .fresh),
    (["Last-Modified": HTTPDate.format(now - 99_999_999)], 86_400, [:], .revalidate),
    ([:], 0, [:], .revalidate),
    // §4.2.3: Age counts
    (["Cache-Control": "max-age=60", "Age": "50"], 9, [:], .fresh),
    (["Cache-Control": "max-age=60", "Age": "50"], 11, [:], .revalidate),
    // §5.2.2: what the origin demands
    (["Cache-Control": "max-age=60, no-cache"], 1, [:], .revalidate),
    (["Cache-Control": "max-age=60, no-cache=\"set-cookie, x\""], 1, [:], .revalidate),
    (["Cache-Control": "max-age=60, x=\"no-store, no-cache\""], 1, [:], .fresh),
    (["Cache-Control": "private, max-age=60"], 1, [:], .fresh),
    (["Cache-Control": "max-age=60, must-revalidate"], 1, [:], .fresh),
    (["Cache-Control": "no-store, max-age=60"], 1, [:], .fetch),
    // RFC 5861 §3
    (["Cache-Control": "max-age=60, stale-while-revalidate=30"], 89, [:], .swr),
    (["Cache-Control": "max-age=60, stale-while-revalidate=30"], 90, [:], .revalidate),
    (["Cache-Control": "max-age=60, stale-while-revalidate=30, must-revalidate"], 89, [:], .revalidate),
    // §5.2.1: what the request wishes
    (["Cache-Control": "max-age=60"], 1, ["Cache-Control": "no-cache"], .revalidate),
    (["Cache-Control": "max-age=60"], 1, ["Pragma": "no-cache"], .revalidate),
    (["Cache-Control": "max-age=60"], 1, ["Pragma": "no-cache", "Cache-Control": "max-age=9"], .fresh),
    (["Cache-Control": "max-age=60"], 1, ["Cache-Control": "no-store"], .fetch),
    (["Cache-Control": "max-age=60"], 20, ["Cache-Control": "max-age=20"], .fresh),
    (["Cache-Control": "max-age=60"], 21, ["Cache-Control": "max-age=20"], .revalidate),
    (["Cache-Control": "max-age=60"], 30, ["Cache-Control": "min-fresh=30"], .fresh),
    (["Cache-Control": "max-age=60"], 31, ["Cache-Control": "min-fresh=30"], .revalidate),
    (["Cache-Control": "max-age=60"], 65, ["Cache-Control": "max-stale"], .fresh),
    (["Cache-Control": "max-age=60"], 65, ["Cache-Control": "max-stale=5"], .fresh),
    (["Cache-Control": "max-age=60"], 66, ["Cache-Control": "max-stale=5"], .revalidate),
    (["Cache-Control": "max-age=60, must-revalidate"], 65, ["Cache-Control": "max-stale"], .revalidate),
    (["Cache-Control": "max-age=60"], 59, ["Cache-Control": "only-if-cached"], .fresh),
    (["Cache-Control": "max-age=60"], 60, ["Cache-Control": "only-if-cached"], .unavailable),
    // requests that are none of the cache's business
    (["Cache-Control": "max-age=60"], 1, ["Range": "bytes=0-1"], .fetch),
    (["Cache-Control": "max-age=60"], 1, ["If-None-Match": "\"x\""], .fetch),
  ]

  @Test(arguments: table.indices)
  func `decide`(_ index: Int) {
    let row = Self.table[index]
    let verdict = Self.verdict(Self.decide(Self.stored(row.response, madeAgo: row.age), row.request))
    #expect(verdict == row.verdict, "\(row)")
  }

  @Test func `count the time on the way and wrong clocks into the age`() throws {
    // The origin's clock is 100 s behind; another cache held it for 20 s; the transfer took 5 s.
    var entry = try #require(Self.stored(["Age": "20"], madeAgo: 100, cameAgo: 10))
    #expect(entry.age(now: Self.now) == 100)
    entry = try #require(Self.stored(["Age": "20"], madeAgo: 10, cameAgo: 10))
    entry.requestTime -= 5
    #expect(entry.age(now: Self.now) == 35)
    // A clock ahead of ours does not make it younger than nothing.
    entry = try #require(Self.stored([:], madeAgo: -500, cameAgo: 7))
    #expect(entry.age(now: Self.now) == 7)
  }

  @Test func `ask with both validators`() {
    let headers: HeaderFields = ["ETag": "W/\"1\"", "Last-Modified": HTTPDate.format(0), "Cache-Control": "max-age=0"]
    guard case .revalidate(_, let conditions, let onError, let offline) = Self.decide(Self.stored(headers)) else {
      Issue.record("must revalidate")
      return
    }
    #expect(conditions == ["If-None-Match": "W/\"1\"", "If-Modified-Since": HTTPDate.format(0)])
    #expect(!onError)
    #expect(offline)
  }

  @Test(arguments: [
    ("max-age=1, stale-if-error=10", 11, true, true), ("max-age=1, stale-if-error=10", 12, false, true),
    ("max-age=1, stale-if-error=10, must-revalidate", 5, false, false), ("no-cache", 1, false, false),
  ])
  func `allow what is stale when the origin fails or cannot be reached`(
    _ control: String, _ age: Int64, _ onError: Bool, _ offline: Bool
  ) {
    let decision = Self.decide(Self.stored(["Cache-Control": control], madeAgo: age))
    #expect(
      decision == .revalidate(age: age, conditions: [:], mayUseOnError: onError, mayUseOffline: offline))
  }

  @Test(
    arguments: [
      (200, [:], true), (404, [:], true), (201, [:], false), (302, [:], false), (500, [:], false), (206, [:], false),
      (302, ["Cache-Control": "max-age=5"], true), (206, ["Cache-Control": "max-age=5"], false),
      (200, ["Cache-Control": "no-store"], false), (200, ["Vary": "*"], false), (200, ["Vary": "a, *"], false),
    ] as [(Int, HeaderFields, Bool)])
  func `say what may be kept`(_ status: Int, _ headers: HeaderFields, _ isKept: Bool) {
    #expect((Self.stored(headers, status: status) != nil) == isKept)
  }

  @Test func `keep nothing of requests that are not plain GETs`() {
    for method in ["HEAD", "POST", "PUT", "DELETE"] {
      #expect(Self.stored(["Cache-Control": "max-age=60"], request: ClientRequest(method, Self.url)) == nil)
    }
    let noStore = ClientRequest("GET", Self.url, headers: ["Cache-Control": "no-store"])
    #expect(Self.stored(["Cache-Control": "max-age=60"], request: noStore) == nil)
  }

  @Test func `keep no fields of the connection`() throws {
    let headers: HeaderFields = ["Connection": "close, X-Hop", "X-Hop": "1", "Keep-Alive": "5", "X-Stay": "2"]
    let entry = try #require(Self.stored(headers))
    #expect(entry.headers["X-Hop"] == nil && entry.headers["Keep-Alive"] == nil && entry.headers["Connection"] == nil)
    #expect(entry.headers["X-Stay"] == "2")
  }

  @Test func `never serve across Vary, for random requests`() throws {
    let names = ["Accept-Language", "Accept", "X-Who"]
    func random() -> HeaderFields {
      var fields = HeaderFields()
      for name in names where Bool.random() {
        fields.add(Bool.random() ? name : name.lowercased(), ["a", "b", "a, b", "a,b"].randomElement() ?? "a")
      }
      return fields
    }
    func normal(_ fields: HeaderFields, _ name: String) -> String? {
      fields.joined(name).map { $0.filter { $0 != " " } }
    }
    var served = 0
    for _ in 0..<3000 {
      let varied = names.filter { _ in Bool.random() }
      let first = random()
      let second = random()
      let entry = try #require(
        Self.stored(
          ["Cache-Control": "max-age=60", "Vary": varied.joined(separator: " , ")],
          request: ClientRequest("GET", Self.url, headers: first)))
      let isServed = Self.verdict(Self.decide(entry, second)) == .fresh
      let isSame = varied.allSatisfy { normal(first, $0) == normal(second, $0) }
      #expect(isServed == isSame)
      served += isServed ? 1 : 0
    }
    #expect(served > 100)
  }

  @Test func `choose the newest of several that match`() throws {
    let old = try #require(Self.stored(["Cache-Control": "max-age=600", "X": "old"], madeAgo: 100))
    let new = try #require(Self.stored(["Cache-Control": "max-age=600", "X": "new"], madeAgo: 50))
    let found = CachePolicy.decide(ClientRequest("GET", Self.url), stored: [new, old], now: Self.now).stored
    #expect(found?.headers["X"] == "new")
  }

  @Test func `outdate what a change names, but nobody else's`() {
    let request = ClientRequest("POST", "http://origin/list?x=1")
    let answer = ClientResponse(
      status: 201, headers: ["Location": "/list/7#part", "Content-Location": "http://other/list"])
    #expect(CachePolicy.invalidated(by: request, answer) == ["http://origin/list?x=1", "http://origin/list/7"])
    #expect(CachePolicy.invalidated(by: request, ClientResponse(status: 500)) == [])
    #expect(CachePolicy.invalidated(by: ClientRequest("GET", "http://origin/"), ClientResponse(status: 200)) == [])
  }

  @Test func `name answers without the fragment, and apart for each partition`() {
    let request = ClientRequest("GET", "HTTP://Origin/doc#part")
    #expect(CachePolicy.key(for: request) == CachePolicy.key(for: ClientRequest("GET", "http://Origin/doc")))
    #expect(CachePolicy.key(for: request, partition: "a") != CachePolicy.key(for: request, partition: "b"))
  }

  @Test func `survive any Cache-Control field`() {
    let alphabet = Array("max-age=no-store,\"\\ \t;=0123456789stale")
    for _ in 0..<4000 {
      let text = String((0..<Int.random(in: 0...40)).map { _ in alphabet.randomElement() ?? " " })
      let control = CacheControl(["Cache-Control": text])
      #expect(control.maxAge ?? 0 >= 0 && control.maxAge ?? 0 <= 1 << 31)
      // An own directive in front is heard whatever follows.
      #expect(CacheControl(["Cache-Control": "no-store," + text]).noStore)
    }
  }

  @Test(
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
      ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000), ("0", nil), ("", nil), ("Sun, 06 Nov 1994 08:49:37 CET", nil),
      ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 24:49:37 GMT", nil),
    ] as [(String, Int64?)])
  func `read dates`(_ text: String, _ expected: Int64?) {
    #expect(HTTPDate.parse(text) == expected)
  }

  @Test func `write dates that they read back`() {
    for _ in 0..<4000 {
      let seconds = Int64.random(in: 0...253_402_300_799)
      #expect(HTTPDate.parse(HTTPDate.format(seconds)) == seconds)
    }
  }
}
