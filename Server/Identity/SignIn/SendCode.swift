// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPClient
import Market
import Postgres

/// Sends a one-time code to its contact. Both travel sealed: who reads the table of jobs learns neither.
struct SendCode: Job {
  static let kind = "identity.send_code"
  static let isUrgent = true
  var challenge: CodeChallenge.ID
  var sealed: String
  var language: String
  var expiresAt: Timestamp

  init(
    _ challenge: CodeChallenge.ID, to contact: Contact, _ code: String, _ language: Language, _ expiresAt: Timestamp,
    _ seal: FieldSeal
  ) {
    self.challenge = challenge
    sealed = Base64URL.encode(seal.seal("\(code) \(contact.text)", at: SendCode.place(challenge)))
    self.language = language.rawValue
    self.expiresAt = expiresAt
  }

  private static func place(_ challenge: CodeChallenge.ID) -> SealedPlace {
    SealedPlace("jobs", "payload", challenge.text)
  }

  /// A code that would come too late is not sent.
  func run(_ post: Post, _ seal: FieldSeal, now: Timestamp) async throws {
    if now >= expiresAt { return }
    guard let bytes = Base64URL.decode(sealed) else { throw BrokenSeal(refusal: .malformed) }
    let words = try seal.open(bytes, at: SendCode.place(challenge)).split(separator: " ", maxSplits: 1)
    guard words.count == 2, let contact = Contact(String(words[1])) else { throw BrokenSeal(refusal: .malformed) }
    let code = String(words[0])
    let language = Language(rawValue: language) ?? .english
    switch contact {
    case .email(let address):
      let message = CodeMessage(code: code, in: language)
      try await post.mail(to: address, subject: message.subject, text: message.text)
    case .phone(let number): try await post.text(to: number, CodeMessage.short(code: code, in: language))
    }
  }
}
