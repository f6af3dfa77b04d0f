// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market

/// Makes and verifies the tokens of the demo market: an account and an end, signed by this market. Verifying
/// touches no database.
struct AccessTokens: Sendable {
  let key: HMACKey
  /// Seconds since 1970.
  let clock: @Sendable () -> Int64

  static let lifetimeSeconds: Int64 = 24 * 3600

  func issue(for account: Account.ID) -> String {
    let payload = "\(account.text) \(clock() + AccessTokens.lifetimeSeconds)"
    return "demo.\(Base64URL.encode(Array(payload.utf8))).\(Base64URL.encode(signature(payload)))"
  }

  func read(_ authorization: String?, now: Int64) -> TokenReading {
    guard let authorization else { return .absent }
    let words = authorization.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bearer" else { return .invalid }
    let parts = words[1].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "demo", let payloadBytes = Base64URL.decode(String(parts[1])),
      let signed = Base64URL.decode(String(parts[2])),
      let payload = String(validating: payloadBytes, as: UTF8.self),
      constantTimeEquals(signed, signature(payload))
    else { return .invalid }
    let fields = payload.split(separator: " ")
    guard fields.count == 2, let account = Account.ID(String(fields[0])), let end = Int64(fields[1]), now < end else {
      return .invalid
    }
    return .valid(Principal(account: account))
  }

  private func signature(_ payload: String) -> [UInt8] {
    key.authenticate("demo-token\n\(payload)")
  }
}

/// What an Authorization header says.
enum TokenReading: Sendable, Equatable {
  case absent
  case invalid
  case valid(Principal)

  var principal: Principal? { if case .valid(let principal) = self { principal } else { nil } }
}
