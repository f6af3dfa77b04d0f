// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Testing

@testable import soukd

struct DiscoveryTests {
  private static let base = [
    ("issuer", #""https://id.example""#), ("authorization_endpoint", #""https://id.example/authorize""#),
    ("token_endpoint", #""https://api.id.example/token""#), ("jwks_uri", #""https://id.example/keys""#),
  ]

  /// The document with a member put in the place of another, or left out.
  private func read(_ name: String = "", _ value: String? = nil) throws -> Discovery {
    var members = Self.base.filter { $0.0 != name }
    if let value { members.append((name, value)) }
    let issuer = try #require(ProviderAddress("https://id.example"))
    let text = "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    return try Discovery(Array(text.utf8), issuer: issuer)
  }

  @Test func `what is needed is found, whatever stands beside it`() throws {
    let discovery = try read("more", #"{"scopes":["openid"],"x":null}"#)
    #expect(discovery.token.text == "https://api.id.example/token" && discovery.keys.text == "https://id.example/keys")
    #expect(discovery.proof == .basic && !discovery.namesItself)
    #expect(try read("authorization_response_iss_parameter_supported", "true").namesItself)
  }

  @Test func `the secret is shown as the provider takes it`() throws {
    let name = "token_endpoint_auth_methods_supported"
    #expect(try read(name, #"["client_secret_post","client_secret_basic"]"#).proof == .basic)
    #expect(try read(name, #"["private_key_jwt","client_secret_post"]"#).proof == .post)
    #expect(throws: Discovery.Unusable.self) { try read(name, #"["private_key_jwt"]"#) }
    #expect(throws: Discovery.Unusable.self) { try read(name, #""client_secret_basic""#) }
  }

  @Test(arguments: [
    ("issuer", #""https://id.example/""# as String?), ("issuer", #""https://ID.example""#), ("issuer", nil),
    ("issuer", "7"), ("authorization_endpoint", nil), ("authorization_endpoint", #""http://id.example/authorize""#),
    ("authorization_endpoint", #""javascript:alert(1)""#), ("token_endpoint", #""http://127.0.0.1/token""#),
    ("token_endpoint", #"["https://id.example"]"#), ("jwks_uri", #""https://user@id.example/keys""#),
    ("jwks_uri", #""/keys""#),
  ]) func `a document that is not the issuer's, or leads astray, is of no use`(name: String, value: String?) {
    #expect(throws: Discovery.Unusable.self) { try read(name, value) }
  }

  @Test(arguments: [
    "", "null", "[]", "{}", "{\"issuer\":\"https://id.example\"", "<html>", "{\"issuer\":1,\"issuer\":2}",
  ])
  func `what is no document`(text: String) throws {
    let issuer = try #require(ProviderAddress("https://id.example"))
    #expect(throws: Discovery.Unusable.self) { try Discovery(Array(text.utf8), issuer: issuer) }
  }

  @Test(
    arguments: [
      ([("Cache-Control", "max-age=3600")], 3600), ([("Cache-Control", "max-age=1")], 300), ([], 300),
      ([("Cache-Control", "no-store")], 300), ([("Cache-Control", "public, max-age=99999999")], 86_400),
      ([("Cache-Control", "max-age=3600"), ("Age", "600")], 3000), ([("Cache-Control", "max-age=x")], 300),
      ([("Date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Expires", "Sun, 06 Nov 1994 10:49:37 GMT")], 7200),
    ] as [([(String, String)], Int64)])
  func `documents are kept as they say, within bounds`(headers: [(String, String)], seconds: Int64) {
    let answer = ClientResponse(status: 200, headers: HeaderFields(headers))
    #expect(ProviderClient.freshSeconds(answer, sentAt: 784_111_777, now: 784_111_777) == seconds)
  }

  @Test(arguments: [
    ("invalid_grant", "invalid_grant" as String?), ("", nil), ("Invalid", nil), ("a b", nil), ("x\ny", nil),
    (String(repeating: "a", count: 41), nil),
  ]) func `only words of a provider's refusal are repeated`(code: String, repeated: String?) throws {
    #expect(TokenAnswer.plainCode(code) == repeated)
    let body = try JSONEncoder().encode(JSONValue.object([("error", .string(code))]))
    #expect(TokenAnswer.errorCode(body) == repeated && TokenAnswer.idToken(body) == nil)
  }
}
