// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Testing

@testable import souk

@Suite struct WireRequestTests {
  private static let product = "prd_0123456789abcdef"
  private static let photo = String(repeating: "0123456789abcdef", count: 4)

  /// Every endpoint of the contract with its own example: what goes on the wire.
  private static let targets: [String: (target: String, body: String?)] = [
    "identity.me": ("/me", nil),
    "identity.request_code": ("/sign-in/codes", #"{"contact":"ines@example.org"}"#),
    "identity.redeem_code": (
      "/sign-in/sessions", #"{"challenge":"chl_0123456789abcdef","code":"482913","device":"workshop laptop"}"#
    ),
    "identity.refresh": ("/sign-in/refresh", #"{"refresh_token":"c3VyZWx5LW5vdC1hLXJlYWwtb25lLCBqdXN0LXdvcmRz"}"#),
    "identity.providers": ("/sign-in/providers", nil),
    "identity.request_device": ("/sign-in/devices", #"{"device":"workshop laptop"}"#),
    "identity.redeem_device": (
      "/sign-in/devices/sessions", #"{"device_code":"c3VyZWx5LW5vdC1hLXJlYWwtb25lLCBqdXN0LXdvcmRz"}"#
    ),
    "identity.sign_out": ("/sign-out", nil),
    "identity.sessions": ("/me/sessions", nil),
    "identity.revoke_session": ("/me/sessions/revoke", #"{"session":"ses_0123456789abcdef"}"#),
    "identity.revoke_other_sessions": ("/me/sessions/revoke-others", nil),
    "identity.two_factor": ("/me/two-factor", nil),
    "identity.enrol_two_factor": ("/me/two-factor/enrolment", nil),
    "identity.confirm_two_factor": ("/me/two-factor/confirmation", #"{"code":"482913"}"#),
    "identity.prove_second_factor": ("/me/two-factor/proofs", #"{"code":"482913"}"#),
    "identity.renew_recovery_codes": ("/me/two-factor/recovery-codes", nil),
    "identity.end_two_factor": ("/me/two-factor/end", nil),
    "profile.show": ("/me/profile", nil),
    "profile.edit": ("/me/profile", #"{"language":"de","notifications":{"orders":{"sms":false}}}"#),
    "contacts.list": ("/me/contacts", nil),
    "contacts.replace": ("/me/contacts", #"{"challenge":"chl_0123456789abcdef","code":"482913"}"#),
    "addresses.list": ("/me/addresses", nil),
    "addresses.add": (
      "/me/addresses",
      #"{"label":"Workshop","recipient":"Inês Duarte","company":"Salt & Silver","lines":["Rua das Taipas 14","2.º Esq."],"#
        + #""city":"Porto","postal_code":"4050-600","country":"PT","phone":"+351912345678"}"#
    ),
    "addresses.show": ("/me/addresses/adr_0123456789abcdef", nil),
    "addresses.edit": (
      "/me/addresses/adr_0123456789abcdef", #"{"postal_code":"4050-601","is_default_for_shipping":true}"#
    ),
    "addresses.remove": ("/me/addresses/adr_0123456789abcdef", nil),
    "consents.texts": ("/consents/texts?language=en", nil),
    "consents.list": ("/me/consents", nil),
    "consents.record": (
      "/me/consents",
      #"{"kind":"marketing_email","is_given":true,"text_version":"2026-11","place":"souk account"}"#
    ),
    "keys.list": ("/me/keys", nil),
    "keys.create": (
      "/me/keys",
      #"{"name":"label printer","scopes":["catalogue:read","events:read"],"shop":"salt-and-silver","expires_in_days":90}"#
    ),
    "wishlists.list": ("/me/wishlists", nil), "wishlists.create": ("/me/wishlists", #"{"name":"For the kitchen"}"#),
    "wishlists.edit": ("/me/wishlists/wsl_0123456789abcdef", #"{"is_shared":true}"#),
    "wishlists.remove": ("/me/wishlists/wsl_0123456789abcdef", nil),
    "wishlists.shared": ("/wishlists/0123456789abcdef0123456789abcdef?limit=2", nil),
    "wishes.list": ("/me/wishes?wishlist=wsl_0123456789abcdef&limit=2", nil),
    "wishes.add": ("/me/wishes", #"{"product":"\#(product)","note":"For Rita, size M"}"#),
    "wishes.remove": ("/me/wishes/remove", #"{"product":"\#(product)"}"#), "views.list": ("/me/views?limit=2", nil),
    "views.report": ("/me/views", #"{"views":[{"product":"\#(product)","seen_at":"2026-11-18T11:06:40.000Z"}]}"#),
    "views.clear": ("/me/views/clear", nil),
    "catalogue.compare": ("/products/compare?ids=prd_0123456789abcdef%2Cprd_1123456789abcdef", nil),
    "keys.revoke": ("/me/keys/revoke", #"{"key":"key_0123456789abcdef"}"#),
    "keys.current": ("/key", nil),
    "admin.audit": (
      "/admin/audit?action=admin.scopes_granted&since=2026-11-18T11%3A06%3A40.000Z&limit=2", nil
    ),
    "admin.find_account": ("/admin/accounts/find", #"{"contact":"ines@example.org"}"#),
    "admin.scopes": ("/admin/accounts/usr_0123456789abcdef/scopes", nil),
    "admin.grant": ("/admin/accounts/usr_0123456789abcdef/scopes", #"{"scopes":["moderation","support"]}"#),
    "guests.begin": ("/guests", #"{"email":"ines@example.org","phone":"+351912345678"}"#),
    "guests.me": ("/guests/me", nil),
    "shops.list": ("/shops?limit=2", nil),
    "shops.show": ("/shops/salt-and-silver", nil),
    "shops.storefront": ("/shops/salt-and-silver/storefront", nil),
    "shops.open": (
      "/shops",
      #"{"slug":"salt-and-silver","name":"Salt & Silver","tagline":"Silver from the Atlantic coast","#
        + #""story":"A two-bench workshop above the harbour.","city":"Porto","country":"PT","currency":"EUR"}"#
    ),
    "shops.edit": ("/shops/salt-and-silver", #"{"tagline":"Silver from the Atlantic coast"}"#),
    "shops.standing": ("/shops/salt-and-silver/standing", nil),
    "shops.submit": ("/shops/salt-and-silver/submit", nil),
    "shops.withdraw": ("/shops/salt-and-silver/withdraw", nil),
    "catalogue.search": ("/products?q=silver%20bracelet&category=jewellery&sort=relevance&limit=2", nil),
    "catalogue.facets": ("/products/facets?q=silver&category=jewellery", nil),
    "catalogue.completions": ("/products/completions?q=silv&limit=5", nil),
    "catalogue.show": ("/products/\(product)", nil),
    "catalogue.create": (
      "/products",
      #"{"shop":"salt-and-silver","sku":"SS-014","title":"Wave bracelet","#
        + #""description":"A forged bracelet with the line of a **breaking wave**.","price_amount":4500,"stock":7,"#
        + #""category":"jewellery/bracelets","tags":["sea","forged"],"materials":["sterling silver"],"status":"active"}"#
    ),
    "catalogue.edit": ("/products/\(product)", #"{"price_amount":4500,"stock":7}"#),
    "catalogue.archive": ("/products/\(product)/archive", nil),
    "catalogue.restore": ("/products/\(product)/restore", nil),
    "catalogue.proposal": ("/products/\(product)/proposal", nil),
    "catalogue.withdraw_proposal": ("/products/\(product)/proposal", nil),
    "catalogue.of_shop": ("/shops/salt-and-silver/products?limit=2", nil),
    "catalogue.categories": ("/categories", nil),
    "photos.replace": ("/products/\(product)/photo", nil),
    "photos.show": ("/photos/\(photo)/medium", nil),
    "moderation.list": ("/moderation/items?kind=change&limit=10", nil),
    "moderation.counts": ("/moderation/counts", nil),
    "moderation.show": ("/moderation/items/mod_0123456789abcdef", nil),
    "moderation.claim": ("/moderation/items/mod_0123456789abcdef/claim", nil),
    "moderation.release": ("/moderation/items/mod_0123456789abcdef/release", nil),
    "moderation.approve": ("/moderation/items/mod_0123456789abcdef/approve", nil),
    "moderation.reject": (
      "/moderation/items/mod_0123456789abcdef/reject",
      #"{"reason":"Please choose the category where buyers would look for it."}"#
    ),
    "moderation.approve_all": (
      "/moderation/approvals", #"{"items":[{"item":"mod_0123456789abcdef","version":1}]}"#
    ),
    "moderation.shop": ("/moderation/shops/salt-and-silver", nil),
    "moderation.suspend": (
      "/moderation/shops/salt-and-silver/suspend",
      #"{"reason":"Three buyers received nothing. Write to us."}"#
    ),
    "moderation.reinstate": ("/moderation/shops/salt-and-silver/reinstate", nil),
    "moderation.set_trust": ("/moderation/shops/salt-and-silver/trust", #"{"trust":"trusted"}"#),
    "events.feed": ("/events?since=0-0-0&limit=10", nil),
  ]

  @Test(arguments: Contract.endpoints.map(\.name)) func `the contract alone makes the request`(name: String) throws {
    let endpoint = try #require(Contract.endpoints.first { $0.name == name })
    let wanted = try #require(WireRequestTests.targets[name], "every endpoint has a row here")
    let request = try WireRequest(endpoint.method, endpoint.path, endpoint.traits.body, endpoint.exampleInput)
    #expect(request.method == endpoint.method)
    #expect(request.target == "/api/v1" + wanted.target)
    #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == wanted.body)
  }

  @Test func `a call says its version, its key and its token`() throws {
    let patch = ProductPatch(product: Samples.bracelet.id, stock: .set(3))
    let request = try WireRequest(Catalogue.edit, patch).clientRequest(
      server: "http://h", token: "t", CallOptions(version: 3, idempotencyKey: "k"))
    #expect(request.url == "http://h/api/v1/products/\(Samples.bracelet.id)")
    #expect(request.headers["If-Match"] == "\"3\"")
    #expect(request.headers["Idempotency-Key"] == "k")
    #expect(request.headers["Authorization"] == "Bearer t")
    #expect(request.headers["Content-Type"] == "application/json")
  }

  @Test func `clearing a field is written as null, keeping one is not written`() throws {
    let patch = ShopPatch(slug: "a-shop", name: .clear, city: .set("Porto"))
    let body = try #require(try WireRequest(Shops.edit, patch).body)
    #expect(String(decoding: body, as: UTF8.self) == #"{"name":null,"city":"Porto"}"#)
  }

  @Test func `an answer with unknown fields is read all the same`() throws {
    let bytes = Array(#"{"path":"a","name":"A","product_count":1,"colour":"new"}"#.utf8)
    #expect(try MarketClient.read(Market.Category.self, from: bytes).productCount == 1)
  }
}
