// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Postgres
import Synchronization
import Testing

@testable import soukd

extension TestMarket {
  /// What the last job to send something would send.
  struct Sent: Sendable {
    var to = ""
    var subject = ""
    var text = ""
  }

  /// Runs the newest job that sends a code, with a post that keeps what it is given.
  func sentMail() async throws -> Sent {
    let payload = try #require(
      try await database.first(
        "delete from jobs where id = (select max(id) from jobs where kind = \(SendCode.kind)) returning payload"
      ) { row in try row.next(String.self) })
    let sent = Mutex(Sent())
    let post = Post(
      sendMail: { message in
        sent.withLock { $0 = Sent(to: message.to[0].address, subject: message.subject, text: message.text) }
      },
      sendText: { number, text in sent.withLock { $0 = Sent(to: number, subject: text, text: text) } },
      from: MailMessage.Mailbox("souk@example.org"))
    let job = try JSONDecoder().decode(SendCode.self, from: Array(payload.utf8))
    try await job.run(post, identity.seal, now: .example)
    return sent.withLock { $0 }
  }

  /// Asks for a code and takes it from the mail.
  func code(_ contact: String) async throws -> (challenge: CodeChallenge.ID, code: String) {
    let contact = try #require(Contact(contact))
    let challenge = try await call(Identity.requestCode, CodeRequest(contact: contact))
    return (challenge.challenge, String(try await sentMail().subject.prefix(6)))
  }

  func redeem(_ challenge: CodeChallenge.ID, _ code: String, device: String? = nil) async throws -> Session {
    try await call(Identity.redeemCode, CodeRedemption(challenge: challenge, code: code, device: device))
  }

  /// Signs in as a person would.
  func signIn(_ contact: String, device: String? = nil) async throws -> Session {
    let (challenge, code) = try await code(contact)
    return try await redeem(challenge, code, device: device)
  }

  /// Calls with a token rather than as somebody.
  func call<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, token: String
  ) async throws -> Output {
    try await call(endpoint, input, ["Authorization": "Bearer \(token)"])
  }

  func count(_ table: String) async throws -> Int {
    try await database.first("select count(*) from \(unescaped: table)") { row in try row.next(Int.self) } ?? 0
  }
}
