// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer
import JSON
import Market

/// The cookie that a visit travels in, sealed: its holder can neither read nor change it. And the tokens of the visit's
/// forms, without which a form sent from another site does nothing.
struct VisitCookie: Sendable {
  private let seal: FieldSeal
  /// Whether the market is reached by https: then the cookie goes over nothing else, and its prefix makes browsers
  /// refuse one that a neighbouring host has set (RFC 6265bis §4.1.3.2).
  private let isSecure: Bool

  init(seal: FieldSeal, origin: String) {
    self.seal = seal
    isSecure = origin.hasPrefix("https://")
  }

  var name: String { isSecure ? "__Host-souk-visit" : "souk-visit" }

  /// The visit of a request; nil for none, an old one, or one that is not ours.
  func read(_ headers: HTTPHeaders, now: Timestamp) -> Visit? {
    guard let value = Cookies.value(of: name, in: headers), let sealed = Base64URL.decode(value),
      let bytes = try? seal.openBytes(sealed, at: VisitCookie.place),
      let visit = try? JSONDecoder().decode(Visit.self, from: bytes), visit.expiresAt > now
    else { return nil }
    return visit
  }

  /// The value of Set-Cookie. The browser forgets it when it closes, the server after the visit's time.
  func written(_ visit: Visit) throws -> String {
    let sealed = seal.seal(try JSONEncoder().encode(visit), at: VisitCookie.place)
    let secure = isSecure ? "; Secure" : ""
    return "\(name)=\(Base64URL.encode(sealed)); Path=/; HttpOnly; SameSite=Lax\(secure)"
  }

  private static let place = SealedPlace("cookie", "visit")
}

extension Visit {
  /// The token of a form on this visit. The form of consent serves one device only.
  func token(for form: PagePath) -> String {
    let subject = form == .consent ? device?.userCode ?? "" : ""
    return Base64URL.encode(HMACKey(Array(id.utf8)).authenticate("form\n\(form.text)\n\(subject)"))
  }

  func accepts(_ token: String?, for form: PagePath) -> Bool {
    constantTimeEquals(Array((token ?? "").utf8), Array(self.token(for: form).utf8))
  }
}

/// The Cookie header (RFC 6265 §4.2.1).
enum Cookies {
  static func value(of name: String, in headers: HTTPHeaders) -> String? {
    for header in headers.values(for: "Cookie") {
      for pair in header.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, parts[0].trimmingBlanks == name { return String(parts[1].trimmingBlanks) }
      }
    }
    return nil
  }
}
