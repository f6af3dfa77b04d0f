// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market
import Terminal

extension AppRuntime {
  /// Carries out what signing in, proving and the account want done.
  func perform(_ effect: IdentityEffect, _ desk: Desk, _ runner: EffectRunner<Message>) {
    switch effect {
    case .sendCode(let contact, let purpose):
      identify(runner, purpose.key, desk) { await $0.sendCode(contact, for: purpose) }
    case .redeem(let challenge, let code): signIn("sign-in", desk, runner) { await $0.redeem(challenge, code) }
    case .requestLink: identify(runner, "sign-in", desk) { await $0.requestLink() }
    case .awaitLink(let grant): signIn("link", desk, runner) { await $0.awaitLink(grant) }
    case .stopWaiting: runner.cancel("link")
    case .tick(let key):
      run(runner, key) { send in
        do { try await desk.loop.sleep(for: .seconds(1)) } catch { return }
        send(.due(key))
      }
    case .signOut: signOut(desk, runner)
    case .leave: leave(desk, runner)
    case .learnFacts: identify(runner, "proof", desk) { await $0.learnFacts() }
    case .prove(let proof): identify(runner, "proof", desk) { await $0.prove(proof) }
    case .settle(let isProven):
      runner.cancel("proof")
      desk.gate.settle(isProven)
    case .account(let call): identify(runner, call.key, desk) { await $0.perform(call) }
    }
  }

  private func identify(
    _ runner: EffectRunner<Message>, _ key: String, _ desk: Desk,
    _ work: @escaping @Sendable (IdentityRuntime) async -> Void
  ) {
    run(runner, key) { send in await work(IdentityRuntime(desk: desk) { send(.identity($0)) }) }
  }

  /// Gets a session, keeps it and goes on as its account.
  private func signIn(
    _ key: String, _ desk: Desk, _ runner: EffectRunner<Message>,
    _ work: @escaping @Sendable (IdentityRuntime) async -> Session?
  ) {
    run(runner, key) { send in
      guard let session = await work(IdentityRuntime(desk: desk) { send(.identity($0)) }) else { return }
      do {
        let signedIn = try await desk.signedIn(session)
        self.move(to: signedIn)
        send(.signedIn(session))
        send(.queue(try signedIn.outbox.all()))
      } catch { send(.identity(.notSignedIn(.unreadable("the session cannot be kept on this computer: \(error)")))) }
    }
  }

  private func signOut(_ desk: Desk, _ runner: EffectRunner<Message>) {
    runner.cancel("follow")
    runner.cancel("send")
    desk.gate.settle(false)
    run(runner, "sign-out") { send in
      let note = await IdentityRuntime(desk: desk) { _ in }.signOut()
      do {
        self.move(to: try await desk.signedOut())
        send(.signedOut(note: note))
      } catch { send(.failed("Signing out failed: \(error)")) }
    }
  }

  private func leave(_ desk: Desk, _ runner: EffectRunner<Message>) {
    runner.cancel("follow")
    runner.cancel("send")
    desk.cache.empty()
    do {
      try desk.shelf.forgetLooks()
      move(to: try Desk(server: desk.server, places: desk.places, loop: desk.loop, session: nil))
    } catch { run(runner, "leave") { send in send(.failed("souk cannot keep its files: \(error)")) } }
  }
}

extension AccountCall {
  /// One of a kind at a time.
  fileprivate var key: String {
    switch self {
    case .revoke(let id): "revoke-\(id)"
    case .revokeOthers: "revoke-others"
    case .enrol, .confirm: "enrol"
    case .renewRecoveryCodes: "renew-codes"
    case .endTwoFactor: "end-two-factor"
    case .editProfile: "profile"
    case .replaceContact: "contact"
    case .addAddress: "address"
    case .editAddress(let patch, _): "address-\(patch.address)"
    case .removeAddress(let id, _): "address-\(id)"
    case .makeKey: "key"
    case .revokeKey(let id): "key-\(id)"
    case .record(let statement): "consent-\(statement.kind.rawValue)"
    }
  }
}

extension CodePurpose {
  fileprivate var key: String {
    switch self {
    case .signIn: "sign-in"
    case .proof: "proof"
    case .contact: "contact"
    }
  }
}
