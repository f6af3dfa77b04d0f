// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer
import JSON
import Market
import TestSupport
import Testing

@testable import soukd

/// The public keys, for those who read our tokens without asking us.
@Suite(.timeLimit(.minutes(2))) struct KeySetTests {
  @Test func `PyJWT reads an access token with the published keys`() async throws {
    try await withSite { site in
      let session = try await site.market.signIn("ines@example.org")
      var forged = Array(session.accessToken.utf8)
      forged[forged.count - 20] ^= 1
      let tokens = [session.accessToken, String(decoding: forged, as: UTF8.self)]
      let answer = try await onThread {
        let program = "\(TestFiles.fixtures)/token_reader.py"
        return try runProgram(
          try PythonTools.interpreter(), [program, "\(site.url)/.well-known/jwks.json", site.url] + tokens)
      }
      let read = try JSONDecoder().decode(JSONValue.self, from: Array(answer.utf8))
      #expect(read[0]?["sub"] == .string(session.account.id.text) && read[0]?["sid"] == .string(session.session.text))
      #expect(read[1]?["error"] != nil)
    }
  }

  @Test func `the keys may be kept for as long as a new one waits`() async throws {
    try await withMarket { market in
      let heard = try await market.ask(.get, "!/.well-known/jwks.json")
      #expect(heard.status == 200 && heard.headers["Content-Type"] == "application/jwk-set+json")
      #expect(heard.headers["Cache-Control"] == "public, max-age=300")
      #expect(heard.headers["Set-Cookie"] == nil && heard.headers["Access-Control-Allow-Origin"] == "*")
      let keys = try #require(JSONWebKeySet(json: heard.body))
      #expect(keys.keys.count == 1 && !String(decoding: heard.body, as: UTF8.self).contains("\"d\""))
      let tag = try #require(heard.headers["ETag"])
      #expect(try await market.ask(.get, "!/.well-known/jwks.json", ["If-None-Match": tag]).status == 304)
      // A key that does not sign yet is there already.
      _ = try await SigningKeys.rotate(market.database, market.identity.seal)
      try await market.identity.keys.reload(market.database)
      let rotated = try await market.ask(.get, "!/.well-known/jwks.json", ["If-None-Match": tag])
      #expect(try #require(JSONWebKeySet(json: rotated.body)).keys.count == 2)
    }
  }
}
