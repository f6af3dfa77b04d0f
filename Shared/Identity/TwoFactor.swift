// SPDX-License-Identifier: GPL-3.0-or-later

/// How an account stands with its second factor.
public struct TwoFactor: Codable, Sendable, Equatable {
  public var isOn: Bool
  /// Sellers and administrators need it before anything sensitive.
  public var isMandatory: Bool
  public var recoveryCodesLeft: Int
  /// Until when this session's proof serves for sensitive actions.
  public var provenUntil: Timestamp?

  public init(isOn: Bool, isMandatory: Bool, recoveryCodesLeft: Int, provenUntil: Timestamp? = nil) {
    self.isOn = isOn
    self.isMandatory = isMandatory
    self.recoveryCodesLeft = recoveryCodesLeft
    self.provenUntil = provenUntil
  }

  static let example = TwoFactor(isOn: true, isMandatory: true, recoveryCodesLeft: 9, provenUntil: .example)
}

/// A secret to give to an authenticator (RFC 6238), not in force before it is confirmed with a code.
public struct TwoFactorEnrolment: Codable, Sendable, Equatable {
  /// In base 32, for typing.
  public var secret: String
  /// An `otpauth:` address, for a QR code.
  public var uri: String

  public init(secret: String, uri: String) {
    self.secret = secret
    self.uri = uri
  }

  static let example = TwoFactorEnrolment(
    secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    uri: "otpauth://totp/Souk:ines%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Souk")
}

/// Codes that each stand in for the authenticator once. They are shown this one time.
public struct RecoveryCodes: Codable, Sendable, Equatable {
  public static let count = 10
  public var codes: [String]
  public init(codes: [String]) { self.codes = codes }
  static let example = RecoveryCodes(codes: ["7k2mq-x9d4h", "p3vt8-c6n1w"])
}

/// A code of the authenticator.
public struct AuthenticatorCode: Codable, Sendable, Equatable, Ruled {
  public var code: String
  public init(code: String) { self.code = code }
  public static let rules: [Rule<AuthenticatorCode>] = [.text("code", \.code, 1...12, .code)]
}

/// Proof of a second factor: a code of the authenticator or a recovery code. Accounts that have none and need none
/// give back a one-time code that was sent to a contact of theirs.
public struct Proof: Codable, Sendable, Equatable, Ruled {
  public var code: String
  /// The challenge of a one-time code.
  public var challenge: CodeChallenge.ID?

  public init(code: String, challenge: CodeChallenge.ID? = nil) {
    self.code = code
    self.challenge = challenge
  }

  public static let rules: [Rule<Proof>] = [.text("code", \.code, 1...24, .code)]
}

/// A new access token for the same session, with the proof in it. The refresh token stays.
public struct ProvenToken: Codable, Sendable, Equatable {
  public var accessToken: String
  public var expiresAt: Timestamp
  public var provenUntil: Timestamp

  public init(accessToken: String, expiresAt: Timestamp, provenUntil: Timestamp) {
    self.accessToken = accessToken
    self.expiresAt = expiresAt
    self.provenUntil = provenUntil
  }

  static let example = ProvenToken(
    accessToken: Session.example.accessToken, expiresAt: .example, provenUntil: .example)
}

/// Two-factor is on: the recovery codes, and a token that has the proof in it.
public struct TwoFactorConfirmation: Codable, Sendable, Equatable {
  public var codes: [String]
  public var token: ProvenToken

  public init(codes: [String], token: ProvenToken) {
    self.codes = codes
    self.token = token
  }

  static let example = TwoFactorConfirmation(codes: RecoveryCodes.example.codes, token: .example)
}
