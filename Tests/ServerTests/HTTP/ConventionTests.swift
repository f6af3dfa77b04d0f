// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Testing

@testable import soukd

/// What the API promises of every answer.
@Suite(.timeLimit(.minutes(2))) struct ConventionTests {
  @Test func `every endpoint of the contract has its handler`() async throws {
    try await withMarket { market in
      for endpoint in Contract.endpoints {
        let segments = try Wire(endpoint).address.split(separator: "?")[0].split(separator: "/").map(String.init)
        guard case .found(let route, _) = market.api.routes.find(endpoint.method, segments) else {
          Issue.record("\(endpoint.name) has no handler")
          continue
        }
        #expect(route.endpoint.name == endpoint.name)
      }
    }
  }

  @Test func `no endpoint fails on its own example`() async throws {
    try await withMarket { market in
      try await market.buildIndex()
      for endpoint in Contract.endpoints {
        let wire = try Wire(endpoint)
        let heard = try await market.ask(
          HTTPMethod(rawValue: endpoint.method.rawValue), wire.address, as: market.buyer, ["If-Match": "*"],
          json: endpoint.traits.body == .json ? wire.body : nil)
        #expect(heard.status < 500, "\(endpoint.name)")
        if (200..<300).contains(heard.status) {
          #expect(heard.status == endpoint.traits.status, "\(endpoint.name)")
        } else {
          #expect(try heard.problem.status == heard.status, "\(endpoint.name)")
        }
      }
    }
  }

  @Test func `request ids are kept when they are plain, and made otherwise`() async throws {
    try await withMarket { market in
      #expect(try await market.ask(.get, "/products", ["X-Request-Id": "a-B_3.x"]).headers["X-Request-Id"] == "a-B_3.x")
      for odd in ["", "a b", "a\tb", "ä", String(repeating: "x", count: 65), "<script>"] {
        let heard = try await market.ask(.get, "/nowhere", ["X-Request-Id": odd])
        let id = try #require(heard.headers["X-Request-Id"])
        #expect(id != odd && id.count >= 16)
        #expect(try heard.problem.instance == id)
      }
    }
  }

  @Test func `a trace's header is taken, whole or broken`() async throws {
    try await withMarket { market in
      for trace in ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-zz", "", "ff-0-0-0"] {
        let heard = try await market.ask(.get, "/products", ["traceparent": trace])
        #expect(heard.status == 200)
      }
    }
  }

  @Test(
    arguments: [
      (nil, "en", "Not found"), ("de-CH,en;q=0.5", "de", "Nicht gefunden"), ("en;q=0.1,fr;q=0.2", "fr", nil),
      ("es", "es", nil), ("xx", "en", "Not found"),
    ] as [(String?, String, String?)]) func `problems speak the caller's language`(
      header: String?, language: String, title: String?
    ) async throws
  {
    try await withMarket { market in
      let heard = try await market.ask(.get, "/nowhere", header.map { ["Accept-Language": $0] } ?? [:])
      #expect(heard.status == 404)
      #expect(heard.headers["Content-Type"] == "application/problem+json")
      #expect(heard.headers["Content-Language"] == language)
      #expect(heard.headers.values(for: "Vary").contains("Accept-Language"))
      #expect(heard.headers["Cache-Control"] == "no-store")
      if let title { #expect(try heard.problem.title == title) }
      #expect(try heard.problem.type == "/docs/problems#not_found")
    }
  }

  @Test func `HEAD and OPTIONS work everywhere`() async throws {
    try await withMarket { market in
      for endpoint in Contract.endpoints {
        let path = try String(Wire(endpoint).address.split(separator: "?")[0])
        let options = try await market.ask(.options, path)
        #expect(options.status == 204, "\(endpoint.name)")
        let allowed = (options.headers["Allow"] ?? "").split(separator: ", ").map(String.init)
        #expect(allowed.contains(endpoint.method.rawValue) && allowed.contains("OPTIONS"))
        #expect(allowed.contains("HEAD") == allowed.contains("GET"))
        guard endpoint.method == .get else { continue }
        let get = try await market.ask(.get, path, as: market.seller)
        let head = try await market.ask(.head, path, as: market.seller)
        #expect(head.status == get.status, "\(endpoint.name)")
        #expect(head.headers["ETag"] == get.headers["ETag"], "\(endpoint.name)")
      }
      #expect(try await market.ask(.options, "/nowhere").status == 404)
      #expect(try await market.ask(.options, "!/elsewhere").status == 404)
    }
  }

  @Test(arguments: [
    ("DELETE", "/products", "GET, HEAD, POST, OPTIONS"), ("PUT", "/me", "GET, HEAD, OPTIONS"),
    ("BREW", "/products", "GET, HEAD, POST, OPTIONS"), ("get", "/me", "GET, HEAD, OPTIONS"),
    ("POST", "/products/prd_0123456789abcdef", "GET, HEAD, PATCH, OPTIONS"),
  ]) func `another method is told which there are`(method: String, path: String, allowed: String) async throws {
    try await withMarket { market in
      let heard = try await market.ask(HTTPMethod(rawValue: method), path)
      #expect(heard.status == 405)
      #expect(heard.headers["Allow"] == allowed)
      #expect(try heard.problem.code == "method_not_allowed")
    }
  }

  @Test(arguments: [
    "", "/", "/nowhere", "/products/", "/products/x", "/products/prd_0123456789abcdef",
    "/products/prd_0123456789abcdef/",
    "/products/%00", "/products/%zz", "/products/%ff", "/shops/Salt", "/shops/%2e%2e", "/shops/a%2fb", "/shops/x",
    "//products", "/photos/x/small", "/shops/nobody-here", "/Products",
  ]) func `what is not there is not found`(path: String) async throws {
    try await withMarket { market in
      let heard = try await market.ask(.get, path)
      #expect(heard.status == 404)
      #expect(try heard.problem.code == "not_found")
    }
  }

  @Test(arguments: [
    ("/products", "text/html", 406), ("/products", "application/json;q=0", 406), ("/products", "*/*", 200),
    ("/products", "application/*;q=0.1", 200), ("/products", "text/html,application/json", 200),
    ("/events", "text/html", 406),
  ]) func `an answer in no accepted type is not given`(path: String, accept: String, status: Int) async throws {
    try await withMarket { market in
      let heard = try await market.ask(.get, path, as: market.seller, ["Accept": accept])
      #expect(heard.status == status)
    }
  }

  @Test func `a body says what it is, and only calls that take one have one`() async throws {
    try await withMarket { market in
      let body = #"{"contact":"a@b.example"}"#
      for type in ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"] {
        let heard = try await market.ask(.post, "/sign-in/codes", ["Content-Type": type], json: body)
        #expect(heard.status == 415)
        #expect(try heard.problem.code == "unsupported_media_type")
      }
      for type in ["application/json", "Application/JSON; charset=utf-8"] {
        #expect(try await market.ask(.post, "/sign-in/codes", ["Content-Type": type], json: body).status == 202)
      }
      let product = try await market.addProduct("A-1")
      for (method, path) in [(HTTPMethod.get, ""), (.post, "/archive")] {
        let heard = try await market.ask(
          method, "/products/\(product.id)\(path)", as: market.seller, ["If-Match": "*"], json: "{}")
        #expect(heard.status == 422)
        #expect(try heard.faults == [" unexpected_body"])
      }
      #expect(try await market.ask(.post, "/sign-in/codes").status == 400)
    }
  }

  @Test func `without a token, with a bad one, with an old one: sign in first`() async throws {
    let clock = TurnedClock()
    try await withMarket(now: { clock.now }) { market in
      let old = market.token(market.seller)
      clock.turn(AccessTokens.lifetimeSeconds + 1)
      let good = market.token(market.seller)
      let headers = [
        nil, "", "Bearer", "Bearer ", "Bearer x", "Basic \(good)", good, "Bearer \(good)x", "Bearer \(good.dropLast())",
        "Bearer \(good) \(good)", "Bearer ..", "Bearer a.b.c", "Bearer \(old)",
      ]
      for header in headers {
        let heard = try await market.ask(.get, "/me", header.map { ["Authorization": $0] } ?? [:])
        #expect(heard.status == 401, "\(header ?? "-")")
        #expect(heard.headers["WWW-Authenticate"] == "Bearer")
        // A bad token is told even where none is needed: who sent it believes to be signed in.
        if let header {
          #expect(try await market.ask(.get, "/products", ["Authorization": header]).status == 401, "\(header)")
        }
      }
      #expect(try await market.ask(.get, "/me", ["Authorization": "bearer \(good)"]).status == 200)
      #expect(try await market.ask(.get, "/me", as: .random()).status == 401)
    }
  }
}
