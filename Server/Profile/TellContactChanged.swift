// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// Tells somebody, where they could be reached before, that their account is known by another contact now. Both travel
/// sealed: who reads the table of jobs learns neither.
struct TellContactChanged: Job {
  static let kind = "profile.tell_contact_changed"
  /// A thief is on the way meanwhile.
  static let isUrgent = true
  /// Names the place in which the rest is sealed.
  var notice: String
  var sealed: String
  var language: String

  init(to old: Contact, _ new: Contact, _ language: Language, _ seal: FieldSeal) {
    notice = RandomID.make()
    sealed = Base64URL.encode(seal.seal("\(old.text) \(new.text)", at: TellContactChanged.place(notice)))
    self.language = language.rawValue
  }

  private static func place(_ notice: String) -> SealedPlace { SealedPlace("jobs", "payload", notice) }

  func run(_ post: Post, _ seal: FieldSeal) async throws {
    guard let bytes = Base64URL.decode(sealed) else { throw BrokenSeal(refusal: .malformed) }
    let contacts = try seal.open(bytes, at: TellContactChanged.place(notice)).split(separator: " ")
      .compactMap { Contact(String($0)) }
    guard contacts.count == 2 else { throw BrokenSeal(refusal: .malformed) }
    let message = ContactMessage(new: contacts[1], in: Language(rawValue: language) ?? .english)
    switch contacts[0] {
    case .email(let address): try await post.mail(to: address, subject: message.subject, text: message.text)
    case .phone(let number): try await post.text(to: number, message.short)
    }
  }
}
