// SPDX-License-Identifier: GPL-3.0-or-later

/// Any endpoint, without its types: what routing, documentation and the tests of the contract need.
public struct AnyEndpoint: Sendable {
  public var name: String
  public var method: Method
  public var path: PathTemplate
  public var access: Access
  public var summary: String
  public var traits: Traits
  public var refusals: [ProblemCode]
  /// Finds the schemas of input and output.
  public var probe: @Sendable (inout SchemaProbe) -> (input: Schema, output: Schema)
  public var exampleInput: any Codable & Sendable
  public var exampleOutput: any Codable & Sendable

  public init<Input, Output>(_ endpoint: Endpoint<Input, Output>) {
    name = endpoint.name
    method = endpoint.method
    path = endpoint.path
    access = endpoint.access
    summary = endpoint.summary
    traits = endpoint.traits
    refusals = endpoint.refusals
    probe = { probe in (probe.schema(of: Input.self), probe.schema(of: Output.self)) }
    exampleInput = endpoint.example.input
    exampleOutput = endpoint.example.output
  }
}

/// Every endpoint of the API.
public enum Contract {
  public static let basePath = "/api/v1"

  public static let endpoints: [AnyEndpoint] = [
    AnyEndpoint(Identity.requestCode), AnyEndpoint(Identity.redeemCode), AnyEndpoint(Identity.refresh),
    AnyEndpoint(Identity.providers), AnyEndpoint(Identity.requestDevice), AnyEndpoint(Identity.redeemDevice),
    AnyEndpoint(Identity.signOut), AnyEndpoint(Identity.me), AnyEndpoint(Identity.sessions),
    AnyEndpoint(Identity.revokeSession), AnyEndpoint(Identity.revokeOtherSessions), AnyEndpoint(Identity.twoFactor),
    AnyEndpoint(Identity.enrolTwoFactor), AnyEndpoint(Identity.confirmTwoFactor),
    AnyEndpoint(Identity.proveSecondFactor), AnyEndpoint(Identity.renewRecoveryCodes),
    AnyEndpoint(Identity.endTwoFactor),
    AnyEndpoint(Profiles.show), AnyEndpoint(Profiles.edit), AnyEndpoint(Addresses.list), AnyEndpoint(Addresses.add),
    AnyEndpoint(Addresses.show), AnyEndpoint(Addresses.edit), AnyEndpoint(Addresses.remove),
    AnyEndpoint(Consents.texts), AnyEndpoint(Consents.list), AnyEndpoint(Consents.record), AnyEndpoint(Contacts.list),
    AnyEndpoint(Contacts.replace),
    AnyEndpoint(Wishlists.list), AnyEndpoint(Wishlists.create), AnyEndpoint(Wishlists.edit),
    AnyEndpoint(Wishlists.remove), AnyEndpoint(Wishlists.shared), AnyEndpoint(Wishes.list), AnyEndpoint(Wishes.add),
    AnyEndpoint(Wishes.remove), AnyEndpoint(Views.list), AnyEndpoint(Views.report), AnyEndpoint(Views.clear),
    AnyEndpoint(Keys.list), AnyEndpoint(Keys.create), AnyEndpoint(Keys.revoke), AnyEndpoint(Keys.current),
    AnyEndpoint(Guests.begin), AnyEndpoint(Guests.me),
    AnyEndpoint(Shops.list), AnyEndpoint(Shops.show), AnyEndpoint(Shops.storefront), AnyEndpoint(Shops.open),
    AnyEndpoint(Shops.edit),
    AnyEndpoint(Shops.standing), AnyEndpoint(Shops.submit), AnyEndpoint(Shops.withdraw),
    AnyEndpoint(Catalogue.search), AnyEndpoint(Catalogue.facets), AnyEndpoint(Catalogue.completions),
    AnyEndpoint(Catalogue.show), AnyEndpoint(Catalogue.compare), AnyEndpoint(Catalogue.create),
    AnyEndpoint(Catalogue.edit), AnyEndpoint(Catalogue.archive), AnyEndpoint(Catalogue.restore),
    AnyEndpoint(Catalogue.ofShop), AnyEndpoint(Catalogue.proposal), AnyEndpoint(Catalogue.withdrawProposal),
    AnyEndpoint(Catalogue.categories),
    AnyEndpoint(Photos.replace), AnyEndpoint(Photos.show),
    AnyEndpoint(Moderation.list), AnyEndpoint(Moderation.counts), AnyEndpoint(Moderation.show),
    AnyEndpoint(Moderation.claim), AnyEndpoint(Moderation.release), AnyEndpoint(Moderation.approve),
    AnyEndpoint(Moderation.reject), AnyEndpoint(Moderation.approveAll), AnyEndpoint(Moderation.shop),
    AnyEndpoint(Moderation.suspend), AnyEndpoint(Moderation.reinstate), AnyEndpoint(Moderation.setTrust),
    AnyEndpoint(Events.feed),
    AnyEndpoint(Admin.audit), AnyEndpoint(Admin.findAccount), AnyEndpoint(Admin.scopes), AnyEndpoint(Admin.grant),
  ]
}
