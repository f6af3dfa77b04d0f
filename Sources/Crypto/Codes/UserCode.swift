// SPDX-License-Identifier: GPL-3.0-or-later

/// The code that a device shows and its user types on another one (RFC 8628): "XXXX-XXXX", eight of the twenty consonants
/// of section 6.1, which spell no words. 34 bits: enough for minutes with counted tries.
public enum UserCode {
  private static let alphabet = "BCDFGHJKLMNPQRSTVWXZ"
  private static let length = 8

  public static func make() -> String { grouped(SecureRandom.text(length, of: alphabet)) }

  /// The code as it was shown, of what somebody has typed in any case and grouping; nil for what can be no code.
  public static func normalised(_ typed: String) -> String? {
    guard let plain = TypedText.plain(typed), plain.count == length else { return nil }
    let code = String(decoding: plain, as: UTF8.self).uppercased()
    return code.allSatisfy { alphabet.contains($0) } ? grouped(code) : nil
  }

  private static func grouped(_ code: String) -> String { "\(code.prefix(4))-\(code.dropFirst(4))" }
}
