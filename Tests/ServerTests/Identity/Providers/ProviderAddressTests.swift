// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import soukd

struct ProviderAddressTests {
  @Test(arguments: [
    ("https://accounts.google.com", false), ("https://id.example/realms/makers", false),
    ("https://id.example:8443/a?b=c", false), ("https://[2001:db8::1]/", false), ("https://127.0.0.1", true),
    ("http://localhost", true), ("http://localhost:9400/x", true), ("http://127.0.0.1:80", true),
    ("http://127.9.9.9", true), ("http://[::1]:9400", true),
  ]) func `https, and http to this machine, may be spoken to`(text: String, isLoopback: Bool) throws {
    let address = try #require(ProviderAddress(text))
    #expect(address.text == text && address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", "id.example", "//id.example", "ftp://id.example", "file:///etc/passwd", "HTTPS://id.example", "https://",
    "https:///x", "https://:443", "https://user@id.example", "https://id.example@evil.example", "https://id.example#x",
    "https://id example", "https://id.example/\u{e9}", "https://id.example\\x", "https://id.example:http",
    "https://id.example:99999", "https://id.example:+1", "https://id.example:", "https://[::1", "https://[::1]x",
    "https://[g::1]", "https://a b", "https://id.example/\n", "http://id.example", "http://127.0.0.1.evil.example",
    "http://127.0.0.256", "http://128.0.0.1", "http://localhost.evil.example", "http://localhost@evil.example",
    "http://[::2]", "http://10.0.0.1", "https://id.example/" + String(repeating: "x", count: 2048),
  ]) func `nothing else may`(text: String) { #expect(ProviderAddress(text) == nil) }

  @Test(arguments: [
    ("https://id.example", "https://other.example/keys", true), ("https://id.example", "http://127.0.0.1/keys", false),
    ("http://127.0.0.1:1", "http://127.0.0.1:2/keys", true), ("http://localhost", "https://id.example/keys", true),
  ]) func `an issuer leads nowhere that is less protected`(issuer: String, other: String, isAllowed: Bool) throws {
    let (issuer, other) = (try #require(ProviderAddress(issuer)), try #require(ProviderAddress(other)))
    #expect(issuer.mayLead(to: other) == isAllowed)
  }

  @Test(arguments: [
    ("https://id.example", "https://id.example/.well-known/openid-configuration" as String?),
    ("https://id.example/", "https://id.example/.well-known/openid-configuration"),
    ("https://id.example/a/b", "https://id.example/a/b/.well-known/openid-configuration"),
    ("https://id.example?a", nil),
  ]) func `where the document is`(issuer: String, document: String?) throws {
    #expect(try #require(ProviderAddress(issuer)).discovery == document)
  }
}
