// SPDX-License-Identifier: GPL-3.0-or-later

/// An address at a provider that may be spoken to: https, or plain http to this very machine, where tests and
/// development have their providers. It is kept as it was written, because issuers are compared so.
struct ProviderAddress: Sendable, Hashable, CustomStringConvertible {
  let text: String
  let isLoopback: Bool
  private let isEncrypted: Bool

  var description: String { text }

  init?(_ text: String) {
    guard text.utf8.count <= 2048, text.utf8.allSatisfy(ProviderAddress.isPlain) else { return nil }
    let isEncrypted = text.hasPrefix("https://")
    guard isEncrypted || text.hasPrefix("http://") else { return nil }
    let rest = text.dropFirst(isEncrypted ? 8 : 7)
    guard let host = ProviderAddress.host(of: rest.prefix { $0 != "/" && $0 != "?" }) else { return nil }
    let isLoopback = ProviderAddress.isLoopback(host)
    guard isEncrypted || isLoopback else { return nil }
    self.text = text
    self.isEncrypted = isEncrypted
    self.isLoopback = isLoopback
  }

  /// Whether an issuer here may name that address in its documents: none that is less protected, and no way from the
  /// world to this machine.
  func mayLead(to other: ProviderAddress) -> Bool {
    isEncrypted ? other.isEncrypted : other.isEncrypted || other.isLoopback
  }

  /// The address of the discovery document (OpenID Connect Discovery §4). An issuer has no query.
  var discovery: String? {
    text.contains("?")
      ? nil : (text.hasSuffix("/") ? String(text.dropLast()) : text) + "/.well-known/openid-configuration"
  }

  /// Without user, fragment, blanks and what is not ASCII.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7f && !"\"#<>@\\^`{|}".utf8.contains(byte)
  }

  private static func host(of authority: Substring) -> Substring? {
    var host = authority
    var port: Substring?
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      host = authority[...end]
      let more = authority[authority.index(after: end)...]
      guard more.isEmpty || more.hasPrefix(":") else { return nil }
      port = more.isEmpty ? nil : more.dropFirst()
      guard host.dropFirst().dropLast().utf8.allSatisfy({ Self.isHex($0) || $0 == UInt8(ascii: ":") }) else {
        return nil
      }
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      port = authority[authority.index(after: colon)...]
    }
    if let port, UInt16(port) == nil || !port.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return nil }
    let isName = host.hasPrefix("[") || host.utf8.allSatisfy { Self.isLetter($0) || "-._0123456789".utf8.contains($0) }
    return isName && !host.isEmpty ? host : nil
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte)
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
  }
}
