// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market
import Terminal

extension CommandRunner {
  func listSessions() async throws {
    _ = try requireSession()
    let answer = try await read(Identity.sessions, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    let now = HTTPDate.now
    out.table(
      TextTable(
        [.init("SESSION"), .init("DEVICE", isFlexible: true), .init("LAST USED"), .init("SIGNED IN")],
        rows: answer.value.items.map { session in
          [
            session.id.text, session.device,
            session.isCurrent ? "this one" : Words.since(now - session.lastUsedAt.microseconds / 1_000_000),
            Words.since(now - session.createdAt.microseconds / 1_000_000),
          ]
        }))
  }

  func revokeSession() async throws {
    let session = try requireSession()
    let text = invocation.operands[0]
    guard let id = OpenSession.ID(text) else {
      throw CommandFailure.usage("\(text) is no session's id. souk sessions lists them.")
    }
    if id == session.session { return try await logout() }
    _ = try await desk.client.call(Identity.revokeSession, SessionChoice(session: id))
    out.say("Ended \(id).")
  }

  func revokeOtherSessions() async throws {
    _ = try requireSession()
    _ = try await desk.client.call(Identity.revokeOtherSessions, Nothing())
    out.say("Ended all other sessions.")
  }
}
