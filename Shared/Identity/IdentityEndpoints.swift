// SPDX-License-Identifier: GPL-3.0-or-later

/// Signing in and knowing who one is.
public enum Identity {
  public static let me = Endpoint<Nothing, Account>(
    "identity.me", .get, "/me", for: .signedIn, "The signed-in account and its shops",
    traits: Traits(caching: .personal), example: Example(Nothing(), gives: .example))

  public static let demoSession = Endpoint<DemoSignIn, Session>(
    "identity.demo_session", .post, "/demo/sessions", for: .demonstration,
    "Sign in as one of the people of the demo market",
    traits: Traits(status: 201, limit: .signIn),
    example: Example(DemoSignIn(person: .seller), gives: Session(token: "demo.dXNyXzAx.c2lnbmVk", account: .example)))
}

/// The people of the demo market. Not within `DemoSignIn`: there the compiler takes it for an enum without raw values.
public enum DemoPerson: String, WireEnum { case seller, buyer, admin }

/// Which person of the demo market to be.
public struct DemoSignIn: Codable, Sendable, Equatable {
  public typealias Person = DemoPerson
  public var person: Person
  public init(person: Person) { self.person = person }
}

/// A token to call with, and whom it stands for.
public struct Session: Codable, Sendable, Equatable {
  public var token: String
  public var account: Account
  public init(token: String, account: Account) {
    self.token = token
    self.account = account
  }
}
