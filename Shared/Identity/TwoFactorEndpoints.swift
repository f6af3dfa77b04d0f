// SPDX-License-Identifier: GPL-3.0-or-later

extension Identity {
  public static let twoFactor = Endpoint<Nothing, TwoFactor>(
    "identity.two_factor", .get, "/me/two-factor", for: .session, "How your account stands with its second factor",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: .example))

  public static let enrolTwoFactor = Endpoint<Nothing, TwoFactorEnrolment>(
    "identity.enrol_two_factor", .post, "/me/two-factor/enrolment", for: .signedIn,
    "Get a secret for an authenticator; it is in force once confirmed",
    traits: Traits(limit: .signIn, body: .none), refusals: [.conflict], example: Example(Nothing(), gives: .example))

  public static let confirmTwoFactor = Endpoint<AuthenticatorCode, TwoFactorConfirmation>(
    "identity.confirm_two_factor", .post, "/me/two-factor/confirmation", for: .signedIn,
    "Turn two-factor on with a code of the authenticator; gives recovery codes",
    traits: Traits(limit: .signIn), refusals: [.codeRefused, .conflict],
    example: Example(AuthenticatorCode(code: "482913"), gives: .example))

  public static let proveSecondFactor = Endpoint<Proof, ProvenToken>(
    "identity.prove_second_factor", .post, "/me/two-factor/proofs", for: .session,
    "Prove the second factor, when signing in and before sensitive actions",
    traits: Traits(limit: .signIn), refusals: [.codeRefused, .twoFactorRequired],
    example: Example(Proof(code: "482913"), gives: .example))

  public static let renewRecoveryCodes = Endpoint<Nothing, RecoveryCodes>(
    "identity.renew_recovery_codes", .post, "/me/two-factor/recovery-codes", for: .signedIn,
    "Replace the recovery codes by new ones",
    traits: Traits(limit: .signIn, body: .none, sensitivity: .sensitive), refusals: [.conflict],
    example: Example(Nothing(), gives: .example))

  public static let endTwoFactor = Endpoint<Nothing, Nothing>(
    "identity.end_two_factor", .post, "/me/two-factor/end", for: .signedIn, "Turn two-factor off",
    traits: Traits(status: 204, limit: .signIn, body: .none, sensitivity: .sensitive), refusals: [.conflict],
    example: Example(Nothing(), gives: Nothing()))
}
