// SPDX-License-Identifier: GPL-3.0-or-later

/// A one-time code under way. It says the same whether the contact is known or not.
public struct CodeChallenge: Codable, Sendable, Equatable, Identified {
  public typealias ID = Identifier<CodeChallenge>
  public static let idPrefix = "chl"
  public static let digits = 6
  public static let lifetimeSeconds: Int64 = 600
  public static let triesMax = 5

  public var challenge: ID
  /// Where the code went.
  public var channel: ContactKind
  public var expiresAt: Timestamp

  public init(challenge: ID, channel: ContactKind, expiresAt: Timestamp) {
    self.challenge = challenge
    self.channel = channel
    self.expiresAt = expiresAt
  }

  static let example = CodeChallenge(challenge: .example, channel: .email, expiresAt: .example)
}

/// Asks for a code.
public struct CodeRequest: Codable, Sendable, Equatable {
  public var contact: Contact
  public init(contact: Contact) { self.contact = contact }
}

/// Gives a code back for a session. Whoever was not known by the contact gets an account.
public struct CodeRedemption: Codable, Sendable, Equatable, Ruled {
  public var challenge: CodeChallenge.ID
  public var code: String
  /// What the list of sessions calls this one, such as the machine's name.
  public var device: String?

  public init(challenge: CodeChallenge.ID, code: String, device: String? = nil) {
    self.challenge = challenge
    self.code = code
    self.device = device
  }

  public static let rules: [Rule<CodeRedemption>] = [
    .text("code", \.code, 1...12, .code), .text("device", \.device, 1...60),
  ]
}

/// Spends a refresh token. Each works once; one that comes twice ends its session.
public struct Refreshment: Codable, Sendable, Equatable, Ruled {
  public var refreshToken: String
  public init(refreshToken: String) { self.refreshToken = refreshToken }
  public static let rules: [Rule<Refreshment>] = [.text("refreshToken", \.refreshToken, 1...128, .code)]
}

/// What signing in gives: a token to call with, one to get the next with, and whom they stand for.
public struct Session: Codable, Sendable, Equatable {
  public var session: OpenSession.ID
  public var accessToken: String
  /// When the access token ends.
  public var expiresAt: Timestamp
  public var refreshToken: String
  public var account: Account
  public var secondFactor: SecondFactorState

  public init(
    session: OpenSession.ID, accessToken: String, expiresAt: Timestamp, refreshToken: String, account: Account,
    secondFactor: SecondFactorState
  ) {
    self.session = session
    self.accessToken = accessToken
    self.expiresAt = expiresAt
    self.refreshToken = refreshToken
    self.account = account
    self.secondFactor = secondFactor
  }

  static let example = Session(
    session: .example, accessToken: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ1c3IifQ.c2lnbmF0dXJl", expiresAt: .example,
    refreshToken: "c3VyZWx5LW5vdC1hLXJlYWwtb25lLCBqdXN0LXdvcmRz", account: .example, secondFactor: .off)
}

/// How a session stands with the second factor.
public enum SecondFactorState: String, WireEnum {
  /// The account has none.
  case off
  /// To be proven before this session can do more than look around.
  case owed
  case proven
}

/// A provider of identities that this market lets people sign in with.
public struct SignInProvider: Codable, Sendable, Equatable {
  public var id: String
  public var name: String
  /// The page that begins signing in.
  public var url: String

  public init(id: String, name: String, url: String) {
    self.id = id
    self.name = name
    self.url = url
  }

  static let example = SignInProvider(id: "google", name: "Google", url: "https://souk.example/sign-in/with/google")
}
