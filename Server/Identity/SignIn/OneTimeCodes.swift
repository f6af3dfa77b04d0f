// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// One-time codes for contacts: made, sent, and given back once. Whether a contact is known makes no difference here:
/// a code is sent to whoever asks, and only its redemption looks for an account.
struct OneTimeCodes: Sendable {
  let digests: KeyedDigests
  let seal: FieldSeal
  let limits: SignInLimits
  let now: @Sendable () -> Timestamp

  /// Makes a code and the job that sends it, in one transaction.
  func request(_ contact: Contact, from network: String, _ language: Language, _ transaction: Transaction) async throws
    -> CodeChallenge
  {
    try await limits.take(.codes(contact), .codesOfNetwork(network), in: transaction)
    let id = CodeChallenge.ID.random()
    let code = OneTimeCode.make()
    let expiresAt = now().adding(seconds: CodeChallenge.lifetimeSeconds)
    try await transaction.execute(
      """
      insert into sign_in_codes (id, kind, blind, sealed_contact, hash, expires_at)
      values (\(id.text), \(contact.kind.rawValue), \(digests.blindIndex(of: contact)),
        \(seal.seal(contact.text, at: OneTimeCodes.place(id))), \(digests.hash(ofCode: code, for: id.text)),
        \(moment: expiresAt.microseconds))
      """)
    try await Jobs.add(SendCode(id, to: contact, code, language, expiresAt, seal), in: transaction)
    return CodeChallenge(challenge: id, channel: contact.kind, expiresAt: expiresAt)
  }

  /// Takes a code back: one statement counts the try, compares and uses it up. Nil when the code is wrong, used, tried
  /// too often or too old; which of these is not told. Must be committed also then, for the count to hold.
  func redeem(_ id: CodeChallenge.ID, _ code: String, _ transaction: Transaction) async throws -> Contact? {
    let hash = digests.hash(ofCode: OneTimeCode.normalised(code) ?? "", for: id.text)
    let taken = try await transaction.first(
      """
      update sign_in_codes
      set tries = tries + 1, used_at = case when hash = \(hash) then now() end
      where id = \(id.text) and used_at is null and tries < \(CodeChallenge.triesMax)
        and expires_at > \(moment: now().microseconds)
      returning used_at is not null, sealed_contact
      """
    ) { row in (isRight: try row.next(Bool.self), sealed: try row.next([UInt8].self)) }
    guard let taken, taken.isRight else { return nil }
    return Contact(try seal.open(taken.sealed, at: OneTimeCodes.place(id)))
  }

  private static func place(_ id: CodeChallenge.ID) -> SealedPlace {
    SealedPlace("sign_in_codes", "sealed_contact", id.text)
  }
}

struct CodeRefused: Refusal { var problem: ProblemCode { .codeRefused } }
