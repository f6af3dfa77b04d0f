// SPDX-License-Identifier: GPL-3.0-or-later

/// A code of six digits that is sent to somebody and typed back. Store it as a `KeyedHash`.
public enum OneTimeCode {
  public static let digits = 6

  public static func make() -> String { SecureRandom.digits(digits) }

  /// The six digits of what somebody has typed, in whatever script and however grouped; nil for anything else.
  public static func normalised(_ typed: String) -> String? {
    guard let plain = TypedText.plain(typed), plain.count == digits, plain.allSatisfy({ $0 < 0x3a }) else { return nil }
    return String(decoding: plain, as: UTF8.self)
  }
}
