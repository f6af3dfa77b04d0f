// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// The addresses of the pages for browsers.
enum PagePath: Sendable, Hashable {
  /// Says the code of a device that asks to be signed in.
  case device
  /// Agrees to the device, or refuses it.
  case consent
  /// Tells what became of the device.
  case result
  /// Chooses how to sign in.
  case signIn
  /// Gives a one-time code back.
  case code
  case secondFactor
  /// Begins anew with another account.
  case another
  /// Leaves for a provider of identities, and comes back from there.
  case provider(String)
  case callback(String)
  /// The public keys of access tokens, for programs (RFC 7517).
  case keySet

  /// Nil for what is no page.
  init?(_ path: String) {
    switch path {
    case "/device": self = .device
    case "/device/consent": self = .consent
    case "/device/result": self = .result
    case "/sign-in": self = .signIn
    case "/sign-in/code": self = .code
    case "/sign-in/second-factor": self = .secondFactor
    case "/sign-in/another": self = .another
    case "/.well-known/jwks.json": self = .keySet
    default:
      let base = "/sign-in/with/"
      guard path.hasPrefix(base) else { return nil }
      let words = path.dropFirst(base.count).split(separator: "/", omittingEmptySubsequences: false)
      guard let id = words.first, PagePath.isProviderID(id) else { return nil }
      switch words.dropFirst() {
      case []: self = .provider(String(id))
      case ["callback"]: self = .callback(String(id))
      default: return nil
      }
    }
  }

  var text: String {
    switch self {
    case .device: "/device"
    case .consent: "/device/consent"
    case .result: "/device/result"
    case .signIn: "/sign-in"
    case .code: "/sign-in/code"
    case .secondFactor: "/sign-in/second-factor"
    case .another: "/sign-in/another"
    case .provider(let id): "/sign-in/with/\(id)"
    case .callback(let id): "/sign-in/with/\(id)/callback"
    case .keySet: "/.well-known/jwks.json"
    }
  }

  /// What metrics and logs call the page.
  var name: String {
    switch self {
    case .device: "pages.device"
    case .consent: "pages.consent"
    case .result: "pages.result"
    case .signIn: "pages.sign_in"
    case .code: "pages.code"
    case .secondFactor: "pages.second_factor"
    case .another: "pages.another"
    case .provider: "pages.provider"
    case .callback: "pages.callback"
    case .keySet: "pages.key_set"
    }
  }

  static let names = [
    PagePath.device, .consent, .result, .signIn, .code, .secondFactor, .another, .provider(""), .callback(""), .keySet,
  ].map(\.name)

  /// The methods beside HEAD and OPTIONS.
  var methods: [Method] {
    switch self {
    case .device, .consent, .signIn, .code, .secondFactor: [.get, .post]
    case .another: [.post]
    case .result, .provider, .callback, .keySet: [.get]
    }
  }

  /// The names of a form's fields, beside its token.
  var fields: Set<String> {
    switch self {
    case .device, .code, .secondFactor: ["code"]
    case .consent: ["decision"]
    case .signIn: ["contact"]
    case .another, .result, .provider, .callback, .keySet: []
    }
  }

  private static func isProviderID(_ id: Substring) -> Bool {
    (1...32).contains(id.utf8.count)
      && id.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
  }
}
