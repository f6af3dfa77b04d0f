// SPDX-License-Identifier: GPL-3.0-or-later
import Market

extension CommandRunner {
  func login() async throws {
    guard let name = invocation.values["demo"], let person = DemoSignIn.Person(rawValue: name) else {
      throw CommandFailure.usage("Say who you are: souk login --demo seller (or buyer, or admin).")
    }
    let answer = try await desk.client.call(Identity.demoSession, DemoSignIn(person: person))
    _ = try desk.signedIn(answer.value)
    // The token stays in its file: it is not printed, not even for scripts.
    out.say("Signed in as \(answer.value.account.name) (\(person.rawValue)).")
  }

  func logout() throws {
    guard desk.session != nil else { throw CommandFailure.notSignedIn }
    _ = try desk.signedOut()
    out.say("Signed out.")
  }

  func whoami() async throws {
    _ = try requireSession()
    let answer = try await read(Identity.me, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    let account = answer.value
    out.line("\(account.name)  \(account.id)")
    out.line("roles: \(account.roles.map(\.rawValue).joined(separator: ", "))")
    if !account.shops.isEmpty {
      out.line("shops: \(account.shops.map { "\($0.name) (\($0.slug))" }.joined(separator: ", "))")
    }
  }
}
