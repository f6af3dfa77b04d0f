// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON

/// What a provider says of a person who has signed in there (OpenID Connect Core §2). Its signature has been verified;
/// whether it is meant for us, now and for this attempt, is for `refusal` to say.
struct IDToken: Sendable, Equatable {
  var issuer: String
  /// Who it is, for ever, at this issuer.
  var subject: String
  var audiences: [String]
  var authorizedParty: String?
  /// Seconds since 1970.
  var expiresAt: Int64
  var issuedAt: Int64
  var nonce: String?
  /// Only one that the provider says it has proven.
  var provenEmail: String?
  var name: String?

  /// Why a token is not believed, in the order of looking (§3.1.3.7).
  enum Refusal: String, Error, Sendable, CaseIterable {
    case malformed = "its claims cannot be read"
    case otherIssuer = "it is by another issuer"
    case otherAudience = "it is not for us alone"
    case otherParty = "it was asked for by another party"
    case expired = "it has expired"
    case fromTheFuture = "it was issued later than now"
    case old = "it was issued before this attempt"
    case otherNonce = "its nonce is not this attempt's"
  }

  /// What the token must fit.
  struct Expected: Sendable, Equatable {
    var issuer: String
    var clientID: String
    var nonce: String
  }

  /// How far two clocks may be apart.
  static let skewSeconds: Int64 = 60
  /// No attempt takes longer than ten minutes.
  static let ageSecondsMax: Int64 = 600

  init(claims: [UInt8]) throws(Refusal) {
    var decoder = JSONDecoder()
    decoder.limits = JSONLimits(depth: 16, sizeBytes: 16 << 10)
    guard let value = try? decoder.decode(JSONValue.self, from: claims), case .string(let issuer) = value["iss"],
      case .string(let subject) = value["sub"], IDToken.isSubject(subject),
      let audiences = IDToken.audiences(value["aud"]), let expiresAt = IDToken.seconds(value["exp"]),
      let issuedAt = IDToken.seconds(value["iat"])
    else { throw .malformed }
    self.issuer = issuer
    self.subject = subject
    self.audiences = audiences
    self.expiresAt = expiresAt
    self.issuedAt = issuedAt
    authorizedParty = try IDToken.text("azp", value)
    nonce = try IDToken.text("nonce", value)
    name = try? IDToken.text("name", value)
    // Nothing but true will do: some send the word, and some send what a person typed.
    if value["email_verified"] == .bool(true), case .string(let email) = value["email"] { provenEmail = email }
  }

  func refusal(_ expected: Expected, now: Int64) -> Refusal? {
    if !issuer.isExactly(expected.issuer) { return .otherIssuer }
    // We trust no audience beside ourselves.
    if audiences.isEmpty || audiences.contains(where: { !$0.isExactly(expected.clientID) }) { return .otherAudience }
    if let authorizedParty, !authorizedParty.isExactly(expected.clientID) { return .otherParty }
    if now >= expiresAt + IDToken.skewSeconds { return .expired }
    if issuedAt > now + IDToken.skewSeconds { return .fromTheFuture }
    if issuedAt < now - IDToken.ageSecondsMax - IDToken.skewSeconds { return .old }
    guard let nonce, constantTimeEquals(Array(nonce.utf8), Array(expected.nonce.utf8)) else { return .otherNonce }
    return nil
  }

  /// §2: up to 255 ASCII characters.
  private static func isSubject(_ text: String) -> Bool {
    (1...255).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
  }

  private static func audiences(_ value: JSONValue?) -> [String]? {
    switch value {
    case .string(let one): return [one]
    case .array(let several):
      let texts = several.compactMap { value -> String? in if case .string(let text) = value { text } else { nil } }
      return texts.count == several.count ? texts : nil
    default: return nil
    }
  }

  /// A number of seconds far from overflow; fractions are allowed (RFC 7519 §2) and do not matter.
  private static func seconds(_ value: JSONValue?) -> Int64? {
    let range: ClosedRange<Int64> = 0...(1 << 40)
    switch value {
    case .int(let seconds): return range.contains(seconds) ? seconds : nil
    case .double(let seconds): return seconds >= 0 && seconds <= Double(range.upperBound) ? Int64(seconds) : nil
    default: return nil
    }
  }

  private static func text(_ name: String, _ value: JSONValue) throws(Refusal) -> String? {
    switch value[name] {
    case nil, .null: return nil
    case .string(let text): return text
    default: throw .malformed
    }
  }
}

extension String {
  /// Byte for byte. To `==` letters that look alike may be equal.
  func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
