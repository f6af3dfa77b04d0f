// SPDX-License-Identifier: GPL-3.0-or-later
import Market

// The map of identity in the terminal:
//   SignIn/    the screen that signs in: by a code, or by a link on another device
//   Proof/     the layer over every screen that asks for a second factor, or has it set up
//   Keys/      API keys: the pane, the form, the commands
//   Account/   the screen of who is signed in, a pane for each of its parts
//   IdentityEffect, IdentityNews     what these want done, and what comes of it
//   IdentityRuntime                  does it
//   …Commands                        the same from the command line

/// What signing in, proving and the account want done outside.
enum IdentityEffect: Sendable, Equatable {
  /// Has a one-time code sent.
  case sendCode(Contact, for: CodePurpose)
  case redeem(CodeChallenge.ID, code: String)
  /// Begins signing in through a page on another device.
  case requestLink
  /// Asks again and again until the person has decided there.
  case awaitLink(DeviceGrant)
  case stopWaiting
  /// A second later this comes back as `Message.due`, with the time.
  case tick(String)
  case signOut
  /// The session is over by itself: goes on as nobody.
  case leave
  /// Finds out how a proof can be given.
  case learnFacts
  case prove(Proof)
  /// The calls that wait for a proof go on, or fail.
  case settle(isProven: Bool)
  case account(AccountCall)
}

/// What a one-time code is for.
enum CodePurpose: Sendable, Equatable { case signIn, proof, contact }

/// What comes of it.
enum IdentityNews: Sendable, Equatable {
  case codeSent(CodePurpose, Result<CodeChallenge, ClientFailure>)
  case notSignedIn(ClientFailure)
  case linkBegun(Result<DeviceGrant, ClientFailure>)
  case link(LinkWait)
  case session(SessionNews)
  case proofWanted(ProofDemand)
  case facts(Result<ProofFacts, ClientFailure>)
  /// The proof was taken, or not.
  case proven(Result<Session, ClientFailure>)
  case account(AccountCall, Result<AccountAnswer, ClientFailure>)
}

/// Something that is done to the own account.
enum AccountCall: Sendable, Equatable {
  case revoke(OpenSession.ID)
  case revokeOthers
  case enrol
  case confirm(code: String)
  case renewRecoveryCodes
  case endTwoFactor
  case editProfile(ProfilePatch, version: Int)
  case replaceContact(ContactProof)
  case addAddress(AddressDraft)
  case editAddress(AddressPatch, version: Int)
  case removeAddress(Address.ID, version: Int)
  case record(ConsentStatement)
  case makeKey(APIKeyDraft)
  case revokeKey(APIKey.ID)
}

/// What it gives back.
enum AccountAnswer: Sendable, Equatable {
  case done
  case enrolment(TwoFactorEnrolment)
  case recoveryCodes([String])
  case profile(Profile)
  case contact(OwnContact)
  case address(Address)
  case consent(Consent)
  case key(NewAPIKey)
}
