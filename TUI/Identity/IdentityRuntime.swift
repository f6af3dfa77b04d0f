// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market
import Terminal

/// What signing in, proving and the own account do outside, one function each. Every one ends by itself.
struct IdentityRuntime: Sendable {
  let desk: Desk
  let send: @Sendable (IdentityNews) -> Void

  private var client: MarketClient { desk.client }

  // MARK: Signing in

  func sendCode(_ contact: Contact, for purpose: CodePurpose) async {
    do throws(ClientFailure) {
      // What asks for a proof must not be asked for one itself.
      let answer = try await client.call(
        Identity.requestCode, CodeRequest(contact: contact), CallOptions(asksForProof: false))
      var challenge = answer.value
      challenge.expiresAt = answer.clock.local(challenge.expiresAt)
      send(.codeSent(purpose, .success(challenge)))
    } catch { send(.codeSent(purpose, .failure(error))) }
  }

  /// Nil when it was refused, which is told.
  func redeem(_ challenge: CodeChallenge.ID, _ code: String) async -> Session? {
    do throws(ClientFailure) {
      let input = CodeRedemption(challenge: challenge, code: code, device: DeviceName.own)
      let answer = try await client.call(Identity.redeemCode, input)
      return answer.value.onLocalClock(answer.clock)
    } catch {
      send(.notSignedIn(error))
      return nil
    }
  }

  func requestLink() async {
    do throws(ClientFailure) {
      let answer = try await client.call(Identity.requestDevice, DeviceRequest(device: DeviceName.own))
      var grant = answer.value
      grant.expiresAt = answer.clock.local(grant.expiresAt)
      send(.linkBegun(.success(grant)))
    } catch { send(.linkBegun(.failure(error))) }
  }

  /// Asks until there is a session, or there will be none.
  func awaitLink(_ grant: DeviceGrant) async -> Session? {
    var pace = LinkPace(intervalSeconds: Int64(grant.interval))
    while true {
      do { try await desk.loop.sleep(for: .seconds(pace.pauseSeconds)) } catch { return nil }
      do throws(ClientFailure) {
        let answer = try await client.call(Identity.redeemDevice, DeviceRedemption(deviceCode: grant.deviceCode))
        return answer.value.onLocalClock(answer.clock)
      } catch {
        if error == .cancelled { return nil }
        let isTooOld = HTTPDate.now >= grant.expiresAt.microseconds / 1_000_000
        let wait = isTooOld ? .over(.expired) : LinkWait(after: error, pace)
        send(.link(wait))
        guard case .waiting(let next) = wait else { return nil }
        pace = next
      }
    }
  }

  // MARK: Proving

  func learnFacts() async {
    do throws(ClientFailure) { send(.facts(.success(try await client.proofFacts()))) } catch {
      send(.facts(.failure(error)))
    }
  }

  func prove(_ proof: Proof) async {
    do throws(ClientFailure) {
      let answer = try await client.call(Identity.proveSecondFactor, proof, CallOptions(asksForProof: false))
      try await note(answer.value, answer.clock)
      if let session = desk.session { send(.proven(.success(session))) }
    } catch { send(.proven(.failure(error))) }
  }

  private func note(_ token: ProvenToken, _ clock: ServerClock) async throws(ClientFailure) {
    var token = token
    token.expiresAt = clock.local(token.expiresAt)
    do { try await desk.keeper.note(token) } catch { throw ClientFailure(error) }
  }

  // MARK: The account

  func perform(_ call: AccountCall) async {
    do throws(ClientFailure) { send(.account(call, .success(try await answer(call)))) } catch {
      send(.account(call, .failure(error)))
    }
  }

  private func answer(_ call: AccountCall) async throws(ClientFailure) -> AccountAnswer {
    switch call {
    case .revoke(let id):
      _ = try await client.call(Identity.revokeSession, SessionChoice(session: id))
    case .revokeOthers:
      _ = try await client.call(Identity.revokeOtherSessions, Nothing())
    case .enrol: return .enrolment(try await client.call(Identity.enrolTwoFactor, Nothing()).value)
    case .confirm(let code):
      let answer = try await client.call(Identity.confirmTwoFactor, AuthenticatorCode(code: code))
      try await note(answer.value.token, answer.clock)
      return .recoveryCodes(answer.value.codes)
    case .renewRecoveryCodes:
      return .recoveryCodes(try await client.call(Identity.renewRecoveryCodes, Nothing()).value.codes)
    case .endTwoFactor:
      _ = try await client.call(Identity.endTwoFactor, Nothing())
      // The token still speaks of two-factor.
      try await desk.keeper.renewEarly()
    case .editProfile(let patch, let version):
      let profile = try await client.call(Profiles.edit, patch, CallOptions(version: version)).value
      // The session says the name too.
      if patch.name.changes { try await desk.keeper.renewEarly() }
      return .profile(profile)
    case .replaceContact(let proof): return .contact(try await client.call(Contacts.replace, proof).value)
    case .addAddress(let draft): return .address(try await client.call(Addresses.add, draft).value)
    case .editAddress(let patch, let version):
      return .address(try await client.call(Addresses.edit, patch, CallOptions(version: version)).value)
    case .removeAddress(let id, let version):
      _ = try await client.call(Addresses.remove, AddressPath(address: id), CallOptions(version: version))
    case .makeKey(let draft): return .key(try await client.call(Keys.create, draft).value)
    case .revokeKey(let id): _ = try await client.call(Keys.revoke, APIKeyChoice(key: id))
    case .record(let statement): return .consent(try await client.call(Consents.record, statement).value)
    }
    return .done
  }

  /// Ends the session at the server. Says when it could not be told.
  func signOut() async -> String? {
    guard desk.session != nil else { return nil }
    do throws(ClientFailure) {
      // Nobody waits long to leave.
      let options = CallOptions(asksForProof: false, patience: .seconds(5))
      _ = try await client.call(Identity.signOut, Nothing(), options)
      return nil
    } catch {
      if error.problemCode == .sessionEnded || error.problemCode == .unauthenticated { return nil }
      return "The server could not be told; end this session from another one when you can."
    }
  }

  /// Ends a session in whose place another has come, as far as the server can be told. With its own tokens and nothing
  /// of the file, where the other one is by now.
  static func end(_ replaced: Session, _ wire: Wire) async {
    let token =
      replaced.holds(at: HTTPDate.now, margin: 0)
      ? replaced.accessToken : try? await wire.renew(replaced.refreshToken).accessToken
    guard let token else { return }
    _ = try? await wire.answer(Identity.signOut, Nothing(), token: token, CallOptions(patience: .seconds(5)))
  }
}
