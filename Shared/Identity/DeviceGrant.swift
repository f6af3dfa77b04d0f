// SPDX-License-Identifier: GPL-3.0-or-later

/// A device that asks to be signed in (RFC 8628): the person opens the page, says the short code and agrees.
public struct DeviceGrant: Codable, Sendable, Equatable {
  public static let lifetimeSeconds: Int64 = 900
  public static let intervalSeconds = 5

  /// Known to the device only; it asks with it until the person has decided.
  public var deviceCode: String
  /// Short, for people: `BDWP-HQPK`.
  public var userCode: String
  public var verificationURI: String
  /// The page with the code in its address, for a QR code.
  public var verificationURIComplete: String
  public var expiresAt: Timestamp
  /// Seconds to wait between two questions.
  public var interval: Int

  public init(
    deviceCode: String, userCode: String, verificationURI: String, verificationURIComplete: String,
    expiresAt: Timestamp, interval: Int
  ) {
    self.deviceCode = deviceCode
    self.userCode = userCode
    self.verificationURI = verificationURI
    self.verificationURIComplete = verificationURIComplete
    self.expiresAt = expiresAt
    self.interval = interval
  }

  private enum CodingKeys: String, CodingKey {
    case deviceCode, userCode, verificationURI = "verificationUri", verificationURIComplete = "verificationUriComplete",
      expiresAt, interval
  }

  static let example = DeviceGrant(
    deviceCode: Session.example.refreshToken, userCode: "BDWP-HQPK", verificationURI: "https://souk.example/device",
    verificationURIComplete: "https://souk.example/device?code=BDWP-HQPK", expiresAt: .example, interval: 5)
}

/// What the page calls the device that asks.
public struct DeviceRequest: Codable, Sendable, Equatable, Ruled {
  public var device: String
  public init(device: String) { self.device = device }
  public static let rules: [Rule<DeviceRequest>] = [.text("device", \.device, 1...60)]
}

public struct DeviceRedemption: Codable, Sendable, Equatable, Ruled {
  public var deviceCode: String
  public init(deviceCode: String) { self.deviceCode = deviceCode }
  public static let rules: [Rule<DeviceRedemption>] = [.text("deviceCode", \.deviceCode, 1...128, .code)]
}

/// Why a device has no session yet, as RFC 8628 §3.5 names it.
public enum DeviceRefusal: Refusal, Hashable, CaseIterable {
  case pending, askedTooSoon, denied, expired

  public var problem: ProblemCode {
    switch self {
    case .pending: .authorizationPending
    case .askedTooSoon: .slowDown
    case .denied: .accessDenied
    case .expired: .expiredToken
    }
  }
}

extension Identity {
  public static let requestDevice = Endpoint<DeviceRequest, DeviceGrant>(
    "identity.request_device", .post, "/sign-in/devices", for: .anyone,
    "Begin signing in a device through a page in a browser",
    traits: Traits(limit: .signIn), example: Example(DeviceRequest(device: "workshop laptop"), gives: .example))

  public static let redeemDevice = Endpoint<DeviceRedemption, Session>(
    "identity.redeem_device", .post, "/sign-in/devices/sessions", for: .anyone,
    "Ask whether the person has agreed, and get the session when so",
    // A device asks twelve times a minute, and one address may have several. Its code cannot be guessed.
    traits: Traits(limit: .write), refusals: DeviceRefusal.allCases.map(\.problem),
    example: Example(DeviceRedemption(deviceCode: Session.example.refreshToken), gives: .example))
}
