// SPDX-License-Identifier: GPL-3.0-or-later
internal import COpenSSL

/// Codes that change every half minute, as authenticator apps make them (RFC 6238 with SHA-1, six digits, 30 seconds:
/// the one form that all of them know).
public struct TOTP: Sendable {
  public static let digits = OneTimeCode.digits
  public static let periodSeconds: Int64 = 30
  /// As long as the digest, as RFC 4226 section 4 advises.
  public static let secretBytes = 20

  /// What both sides know. Store it sealed.
  public let secret: [UInt8]

  /// With a new secret.
  public init() { secret = SecureRandom.bytes(TOTP.secretBytes) }

  /// Nil for fewer than the 16 bytes that RFC 4226 section 4 asks for.
  public init?(secret: [UInt8]) {
    guard secret.count >= 16 else { return nil }
    self.secret = secret
  }

  /// The secret as people type it into an app.
  public var secretText: String { Base32.encode(secret, as: .standard) }

  /// The number of the half minute that a moment (seconds since 1970) lies in.
  public static func step(at seconds: Int64) -> Int64 { seconds.quotientRoundedDown(by: periodSeconds) }

  public func code(at seconds: Int64) -> String { code(step: TOTP.step(at: seconds)) }

  /// The code of one step.
  public func code(step: Int64) -> String {
    let digits = String(value(of: UInt64(bitPattern: step)) % 1_000_000)
    return String(repeating: "0", count: TOTP.digits - digits.utf8.count) + digits
  }

  /// The step whose code somebody has typed, if it is the present one or a neighbour: clocks differ, and typing takes
  /// time (RFC 6238 section 5.2).
  ///
  /// A code is good once. Keep the step that is returned, and give it as `last` the next time: steps up to it match no
  /// more. To hold against two at the same time, the caller writes it on the condition that it is greater than what is
  /// stored. How long this takes tells nothing of the codes.
  public func matchedStep(_ typed: String, at seconds: Int64, after last: Int64? = nil) -> Int64? {
    guard let code = OneTimeCode.normalised(typed) else { return nil }
    let present = TOTP.step(at: seconds)
    let typedBytes = Array(code.utf8)
    var matched: Int64?
    for step in (present - 1)...(present + 1) {
      let isEqual = constantTimeEquals(Array(self.code(step: step).utf8), typedBytes)
      // The latest that matches: should two steps have one code by chance, it is spent for both.
      if isEqual && step >= 0 && step > (last ?? -1) { matched = step }
    }
    return matched
  }

  /// The address that apps read from a QR code, with the names they show. A colon would end the issuer and is left out.
  public func uri(issuer: String, account: String) -> String {
    let issuer = TOTP.escaped(issuer.filter { $0 != ":" })
    return "otpauth://totp/\(issuer):\(TOTP.escaped(account))?secret=\(secretText)&issuer=\(issuer)"
      + "&algorithm=SHA1&digits=\(TOTP.digits)&period=\(TOTP.periodSeconds)"
  }

  /// RFC 4226 section 5.3: HMAC of the counter, and of it the 31 bits that its last four point to.
  private func value(of counter: UInt64) -> UInt32 {
    let message = counter.bigEndianBytes
    var code = [UInt8](repeating: 0, count: 20)
    var count: UInt32 = 0
    let isMade = unsafe HMAC(EVP_sha1(), secret, Int32(secret.count), message, message.count, &code, &count) != nil
    precondition(isMade && count == 20, "libcrypto has SHA-1")
    let offset = Int(code[19] & 15)
    return code[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
  }

  /// All but the unreserved characters of RFC 3986 as percent and two digits: not every app reads a plus as a space.
  private static func escaped(_ text: String) -> String {
    text.utf8.reduce(into: "") { escaped, byte in
      let scalar = Unicode.Scalar(byte)
      let isUnreserved =
        scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains(scalar))
      escaped += isUnreserved ? String(scalar) : "%" + Hex.encode([byte]).uppercased()
    }
  }
}

extension Int64 {
  fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : (self + 1) / divisor - 1
  }
}
