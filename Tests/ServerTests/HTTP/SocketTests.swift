// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import HTTPServer
import JSON
import Market
import Testing

@testable import soukd

/// What only shows on the wire.
@Suite(.timeLimit(.minutes(2))) struct SocketTests {
  @Test func `the same answers come over a socket, compressed for those who take it`() async throws {
    try await withMarket { market in
      for number in 0..<12 { _ = try await market.addProduct("A-\(number)", title: "Ring number \(number)") }
      try await market.served { served in
        let inside = try await market.ask(.get, "/products")
        let plain = try await served.ask("GET", "/products", ["Accept-Encoding": "identity"])
        #expect(plain.status == 200 && plain.body == inside.body)
        #expect(plain.headers["ETag"] == inside.headers["ETag"])
        #expect(plain.headers.joined("Vary")?.contains("Accept-Encoding") == true)
        let packed = try await served.ask("GET", "/products", ["Accept-Encoding": "gzip"])
        #expect(packed.body == inside.body)
        let tag = try #require(packed.headers["ETag"])
        #expect(tag.hasSuffix("-gzip\"") && tag != inside.headers["ETag"])
        let again = try await served.ask("GET", "/products", ["Accept-Encoding": "gzip", "If-None-Match": tag])
        #expect(again.status == 304 && again.body.isEmpty)
        let head = try await served.ask("HEAD", "/products", ["Accept-Encoding": "identity"])
        #expect(head.status == 200 && head.body.isEmpty && head.headers["Content-Length"] == String(plain.body.count))
      }
    }
  }

  @Test func `an edit by a compressed answer's tag is an edit`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      try await market.served { served in
        let heard = try await served.ask(
          "PATCH", "/products/\(product.id)", as: market.seller, ["If-Match": "\"1-gzip\""], json: #"{"stock":1}"#)
        #expect(heard.status == 200)
      }
    }
  }

  @Test func `a body beyond the limit is refused with a problem that can be quoted`() async throws {
    try await withMarket { market in
      try await market.served { served in
        let body = "{\"title\":\"" + String(repeating: "x", count: API.jsonBytesMax) + "\"}"
        let heard = try await served.ask("POST", "/products", as: market.seller, ["Accept-Language": "de"], json: body)
        #expect(heard.status == 413)
        let problem = try JSONDecoder().decode(Problem.self, from: heard.body)
        #expect(problem.code == "content_too_large" && problem.title == "Zu groß")
        #expect(problem.instance == heard.headers["X-Request-Id"])
        let fits = "{\"title\":\"" + String(repeating: "x", count: API.jsonBytesMax - 12) + "\"}"
        #expect(try await served.ask("POST", "/products", as: market.seller, json: fits).status == 422)
      }
    }
  }

  @Test func `pages for people are there too`() async throws {
    try await withMarket { market in
      try await market.served { served in
        let home = try await served.ask("GET", "!/")
        #expect(home.status == 308 && home.headers["Location"] == "/docs")
        for path in ["!/docs", "!/docs/problems"] {
          let page = try await served.ask("GET", path)
          #expect(page.status == 200 && page.headers["Content-Type"] == "text/html; charset=utf-8")
          #expect(page.headers["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
          #expect(!page.text.contains("src=") && !page.text.contains("http://"))
        }
        for code in ProblemCode.allCases {
          #expect(try await served.ask("GET", "!/docs/problems").text.contains("id=\"\(code.rawValue)\""))
        }
        #expect(try await served.ask("POST", "!/docs").status == 405)
        #expect(try await served.ask("GET", "!/elsewhere").status == 404)
      }
    }
  }
}

/// Limits and origins.
@Suite(.timeLimit(.minutes(2))) struct LimitTests {
  @Test func `every answer says what is left, and too many are told when to come back`() async throws {
    try await withMarket({ configuration in
      configuration.rateLimits = RateLimits(perMinute: [.read: 5, .search: 3, .write: 2, .signIn: 1])
    }) { market in
      for left in [2, 1, 0] {
        let heard = try await market.ask(.get, "/products")
        #expect(heard.status == 200)
        #expect(heard.headers["RateLimit-Policy"] == "\"search\";q=3;w=60")
        #expect(heard.headers["RateLimit"]?.hasPrefix("\"search\";r=\(left);t=") == true)
        #expect(!heard.headers.contains("Retry-After"))
      }
      let refused = try await market.ask(.get, "/products")
      #expect(try refused.status == 429 && refused.problem.code == "too_many_requests")
      let wait = try #require(refused.headers["Retry-After"].flatMap { Int($0) })
      #expect((1...20).contains(wait))
      // Other classes and other callers are not touched.
      #expect(try await market.ask(.get, "/shops").status == 200)
      #expect(try await market.ask(.get, "/products", as: market.seller).status == 200)
      for path in ["/nowhere", "/me"] {
        let heard = try await market.ask(path == "/me" ? .put : .get, path)
        #expect(heard.headers["RateLimit-Policy"] == "\"read\";q=5;w=60", "\(path)")
      }
    }
  }

  @Test func `behind proxies the caller is who the outermost trusted one saw`() async throws {
    try await withMarket({ configuration in
      configuration.rateLimits = RateLimits(perMinute: [.search: 1])
      configuration.trustedProxies = 1
    }) { market async throws in
      func status(_ forwarded: String) async throws -> Int {
        try await market.ask(.get, "/products", ["X-Forwarded-For": forwarded]).status
      }
      #expect(try await status("10.0.0.1") == 200)
      #expect(try await status("10.0.0.2") == 200)
      #expect(try await status("10.0.0.1") == 429)
      // What a caller writes there before the proxy adds its own line is not believed.
      #expect(try await status("99.9.9.9, 10.0.0.1") == 429)
    }
  }

  @Test func `other origins may do what the configuration says`() async throws {
    try await withMarket({ $0.allowedOrigins = ["https://shop.example"] }) { market in
      let headers = ["Origin": "https://shop.example", "Access-Control-Request-Method": "PATCH"]
      let preflight = try await market.ask(.options, "/products/prd_0123456789abcdef", headers)
      #expect(preflight.status == 204)
      #expect(preflight.headers["Access-Control-Allow-Origin"] == "https://shop.example")
      #expect(preflight.headers["Access-Control-Allow-Methods"]?.contains("PATCH") == true)
      let allowed = preflight.headers["Access-Control-Allow-Headers"] ?? ""
      for name in ["Authorization", "If-Match", "Idempotency-Key", "Prefer", "Last-Event-ID"] {
        #expect(allowed.contains(name))
      }
      for path in ["/products", "/nowhere"] {
        let heard = try await market.ask(.get, path, headers)
        #expect(heard.headers["Access-Control-Allow-Origin"] == "https://shop.example")
        #expect(heard.headers["Access-Control-Expose-Headers"]?.contains("ETag") == true)
        #expect(heard.headers.values(for: "Vary").contains("Origin"))
      }
      let stranger = try await market.ask(.get, "/products", ["Origin": "https://evil.example"])
      #expect(!stranger.headers.contains("Access-Control-Allow-Origin"))
      #expect(stranger.headers.values(for: "Vary").contains("Origin"))
    }
    try await withMarket { market in
      let heard = try await market.ask(.get, "/products", ["Origin": "https://shop.example"])
      #expect(!heard.headers.contains("Access-Control-Allow-Origin"))
    }
  }
}
