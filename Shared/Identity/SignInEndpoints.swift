// SPDX-License-Identifier: GPL-3.0-or-later

/// Signing in and knowing who one is.
public enum Identity {
  public static let me = Endpoint<Nothing, Account>(
    "identity.me", .get, "/me", for: .session, "The signed-in account and its shops",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: .example))

  public static let requestCode = Endpoint<CodeRequest, CodeChallenge>(
    "identity.request_code", .post, "/sign-in/codes", for: .anyone,
    "Send a one-time code to an e-mail address or a phone number",
    traits: Traits(status: 202, limit: .signIn), refusals: [.tooManyRequests],
    example: Example(CodeRequest(contact: .example), gives: .example))

  public static let redeemCode = Endpoint<CodeRedemption, Session>(
    "identity.redeem_code", .post, "/sign-in/sessions", for: .anyone,
    "Sign in with a one-time code; an account is made for whoever has none",
    traits: Traits(limit: .signIn), refusals: [.codeRefused],
    example: Example(CodeRedemption(challenge: .example, code: "482913", device: "workshop laptop"), gives: .example))

  public static let refresh = Endpoint<Refreshment, Session>(
    "identity.refresh", .post, "/sign-in/refresh", for: .anyone,
    "Exchange a refresh token for the next pair of tokens",
    traits: Traits(limit: .signIn), refusals: [.sessionEnded],
    example: Example(Refreshment(refreshToken: Session.example.refreshToken), gives: .example))

  public static let providers = Endpoint<Nothing, Page<SignInProvider>>(
    "identity.providers", .get, "/sign-in/providers", for: .anyone, "The providers that people can sign in with",
    traits: Traits(caching: .shared(seconds: 300)), example: Example(Nothing(), gives: Page(items: [.example])))

  public static let signOut = Endpoint<Nothing, Nothing>(
    "identity.sign_out", .post, "/sign-out", for: .session, "End this session",
    traits: Traits(status: 204, idempotency: .accepted, limit: .write, body: .none),
    example: Example(Nothing(), gives: Nothing()))
}
