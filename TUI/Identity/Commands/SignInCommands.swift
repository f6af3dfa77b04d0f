// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Synchronization
import Terminal

extension CommandRunner {
  // The tokens stay in their file: they are not printed, not even for scripts.

  func login() async throws {
    // As nobody: the session that is there may have ended, and it says nothing of who comes.
    let nobody = try Desk(server: desk.server, places: desk.places, loop: desk.loop, session: nil)
    let session = invocation.isOn("device") ? try await loginByLink(nobody) : try await loginByCode(nobody)
    let replaced = desk.session
    let now = try await desk.signedIn(session)
    // The session that was there before is nobody's now.
    if let replaced { await IdentityRuntime.end(replaced, desk.wire) }
    let signedIn = session.secondFactor == .owed ? try await paySecondFactor(now) : session
    if out.isJSON { return out.bytes(try JSONEncoder().encode(signedIn.account)) }
    out.say("Signed in as \(signedIn.account.name).")
  }

  private func loginByCode(_ desk: Desk) async throws -> Session {
    let contact = try contactToSignInWith()
    let answer = try await desk.client.call(Identity.requestCode, CodeRequest(contact: contact))
    out.note("a code was sent to \(contact.masked)")
    for attempt in 1...CodeChallenge.triesMax {
      guard let code = input.ask("Code: ") else { throw CommandFailure.other("There was no code to read.") }
      let redemption = CodeRedemption(challenge: answer.value.challenge, code: code, device: DeviceName.own)
      do throws(ClientFailure) {
        let session = try await desk.client.call(Identity.redeemCode, redemption)
        return session.value.onLocalClock(session.clock)
      } catch {
        let mayTryAgain = input.isInteractive && attempt < CodeChallenge.triesMax
        guard error.problemCode == .codeRefused, mayTryAgain else { throw error }
        out.note("this code is wrong, used up or too old")
      }
    }
    throw CommandFailure.other("Too many wrong codes. souk login sends a new one.")
  }

  private func contactToSignInWith() throws(CommandFailure) -> Contact {
    let given = invocation.operands.first ?? (input.isInteractive ? input.ask("E-mail or phone: ") : nil)
    guard let given else { throw .usage("souk login CONTACT, such as souk login ines@example.org.") }
    guard let contact = Contact(typed: given) else {
      throw .usage("\(given) is neither an e-mail address nor a phone number such as +351212345678.")
    }
    return contact
  }

  private func loginByLink(_ desk: Desk) async throws -> Session {
    let answer = try await desk.client.call(Identity.requestDevice, DeviceRequest(device: DeviceName.own))
    var grant = answer.value
    grant.expiresAt = answer.clock.local(grant.expiresAt)
    // On the error output, so that a script that wants JSON gets nothing else.
    out.note("open \(grant.verificationURI) on any device; it must show \(grant.userCode)")
    if input.isInteractive, let code = QRCode(grant.verificationURIComplete, isSturdy: false) {
      out.noteBlock(code.text)
    }
    let refusal = Mutex<ClientFailure?>(nil)
    let runtime = IdentityRuntime(desk: desk) { news in
      switch news {
      case .link(.over(.failed(let failure))): refusal.withLock { $0 = failure }
      case .link(.over(let end)): out.note(end.words)
      case .link(.waiting(let pace)) where pace.isAway: out.note("the server is away; waiting for it")
      default: break
      }
    }
    if let session = await runtime.awaitLink(grant) { return session }
    if let failure = refusal.withLock({ $0 }) { throw failure }
    throw CommandFailure.other("Nobody was signed in.")
  }

  /// The session owes its second factor: the next line is its code.
  private func paySecondFactor(_ desk: Desk) async throws -> Session {
    let runner = CommandRunner(desk: desk, invocation: invocation, out: out, settings: settings, input: input)
    guard let code = input.ask("Authenticator or recovery code: ") else {
      throw CommandFailure.client(.refused(ProblemCode.secondFactorRequired.problem()))
    }
    try await runner.prove(Proof(code: code))
    return try runner.requireSession()
  }

  func logout() async throws {
    _ = try requireSession()
    if invocation.isOn("all") { _ = try await desk.client.call(Identity.revokeOtherSessions, Nothing()) }
    if let note = await IdentityRuntime(desk: desk, send: { _ in }).signOut() { out.note(note) }
    _ = try await desk.signedOut()
    out.say(invocation.isOn("all") ? "Signed out everywhere." : "Signed out.")
  }

  func whoami() async throws {
    _ = try requireSession()
    let answer = try await read(Identity.me, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    let account = answer.value
    out.line("\(account.name)  \(account.id)")
    out.line("roles: \(account.roles.map(\.rawValue).joined(separator: ", "))")
    if !account.adminScopes.isEmpty {
      out.line("may: \(account.adminScopes.map(\.rawValue).joined(separator: ", "))")
    }
    if !account.shops.isEmpty {
      out.line("shops: \(account.shops.map { "\($0.name) (\($0.slug))" }.joined(separator: ", "))")
    }
    if desk.session?.secondFactor == .owed { out.note("the second factor is owed: souk two-factor prove CODE") }
  }
}
