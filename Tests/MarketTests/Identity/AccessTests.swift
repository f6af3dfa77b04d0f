// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Market

/// Who may call what, by the token alone.
struct AccessTests {
  static let now = Timestamp.example

  static func person(
    seller: Bool = false, scopes: Set<AdminScope> = [], twoFactor: Bool = false, provenSecondsAgo: Int64? = nil
  ) -> Principal {
    Principal(
      account: .example, session: .example, isSeller: seller, adminScopes: scopes, hasTwoFactor: twoFactor,
      provenAt: provenSecondsAgo.map { now.adding(seconds: -$0) })
  }

  static func program(_ scopes: Set<KeyScope>) -> Principal {
    Principal(account: .example, key: KeyGrant(id: .example, scopes: scopes))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var principal: Principal?
    var access: Access
    var sensitivity: Sensitivity
    var refusal: AccessRefusal?
    var keys: KeyScope?

    init(
      _ name: String, _ principal: Principal?, _ access: Access, _ sensitivity: Sensitivity, _ refusal: AccessRefusal?,
      keys: KeyScope? = nil
    ) {
      testDescription = name
      self.principal = principal
      self.access = access
      self.sensitivity = sensitivity
      self.refusal = refusal
      self.keys = keys
    }
  }

  static let cases: [Case] = [
    Case("nobody, open to all", nil, .anyone, .plain, nil),
    Case("nobody, session", nil, .session, .plain, .unauthenticated),
    Case("nobody, signed in", nil, .signedIn, .plain, .unauthenticated),
    Case("nobody, member", nil, .member(.staff), .plain, .unauthenticated),
    Case("nobody, admin", nil, .admin(.config), .sensitive, .unauthenticated),
    Case("buyer", person(), .signedIn, .plain, nil),
    Case("buyer, admin's", person(), .admin(.config), .plain, .forbidden),
    Case("buyer, sensitive", person(), .signedIn, .sensitive, .proofTooOld),
    Case("buyer with a code just now", person(provenSecondsAgo: 10), .signedIn, .sensitive, nil),
    Case("buyer with a code too old", person(provenSecondsAgo: 301), .signedIn, .sensitive, .proofTooOld),
    Case("buyer with a code at the border", person(provenSecondsAgo: 300), .signedIn, .sensitive, nil),
    Case("two-factor owed, session", person(twoFactor: true), .session, .plain, nil),
    Case("two-factor owed, signed in", person(twoFactor: true), .signedIn, .plain, .secondFactorOwed),
    Case("two-factor owed, sensitive", person(twoFactor: true), .signedIn, .sensitive, .secondFactorOwed),
    Case("two-factor owed, open to all", person(twoFactor: true), .anyone, .plain, nil),
    Case("proven long ago", person(twoFactor: true, provenSecondsAgo: 86_400), .signedIn, .plain, nil),
    Case(
      "proven long ago, sensitive", person(twoFactor: true, provenSecondsAgo: 86_400), .signedIn, .sensitive,
      .proofTooOld),
    Case("seller without two-factor", person(seller: true), .member(.owner), .plain, nil),
    Case("seller without, sensitive", person(seller: true), .signedIn, .sensitive, .twoFactorMissing),
    Case(
      "seller without, with a mailed code", person(seller: true, provenSecondsAgo: 1), .signedIn, .sensitive,
      .twoFactorMissing),
    Case("seller with", person(seller: true, twoFactor: true, provenSecondsAgo: 1), .signedIn, .sensitive, nil),
    Case(
      "admin of another scope", person(scopes: [.support], twoFactor: true, provenSecondsAgo: 1), .admin(.config),
      .plain, .forbidden),
    Case("admin without two-factor, reading", person(scopes: [.config]), .admin(.config), .plain, nil),
    Case("admin without, sensitive", person(scopes: [.config]), .admin(.config), .sensitive, .twoFactorMissing),
    Case(
      "admin with", person(scopes: [.config], twoFactor: true, provenSecondsAgo: 1), .admin(.config), .sensitive, nil),
    Case(
      "forbidden before proof", person(twoFactor: true, provenSecondsAgo: 900), .admin(.config), .sensitive, .forbidden),
    Case("a person, what is for keys", person(provenSecondsAgo: 1), .key, .plain, .forbidden),
    Case("two-factor owed, what is for keys", person(twoFactor: true), .key, .plain, .secondFactorOwed),
    Case("nobody, what is for keys", nil, .key, .plain, .unauthenticated),
    Case("key, what is for keys", program([]), .key, .plain, nil),
    Case("key with the scope", program([.eventsRead]), .signedIn, .plain, nil, keys: .eventsRead),
    Case("key with the scope, member", program([.catalogueWrite]), .member(.staff), .plain, nil, keys: .catalogueWrite),
    Case(
      "key with another scope", program([.catalogueRead, .shopWrite]), .member(.staff), .plain, .keyScopeMissing,
      keys: .catalogueWrite),
    Case("key, closed to keys", program(Set(KeyScope.allCases)), .signedIn, .plain, .notForKeys),
    Case("key, session", program(Set(KeyScope.allCases)), .session, .plain, .notForKeys, keys: .eventsRead),
    Case("key, sensitive", program([.eventsRead]), .signedIn, .sensitive, .notForKeys, keys: .eventsRead),
    Case("key, admin's", program([.eventsRead]), .admin(.support), .plain, .notForKeys, keys: .eventsRead),
    Case("key, open to all", program([]), .anyone, .plain, nil),
  ]

  @Test(arguments: cases) func `the token decides`(row: Case) {
    #expect(row.access.refusal(for: row.principal, row.sensitivity, keys: row.keys, now: Self.now) == row.refusal)
  }

  @Test func `where anyone may call, who owes the second factor is nobody`() {
    let owing = Self.person(twoFactor: true)
    #expect(Access.anyone.caller(owing) == nil && Access.session.caller(owing) == owing)
    let proven = Self.person(twoFactor: true, provenSecondsAgo: 9999)
    #expect(Access.anyone.caller(proven) == proven && Access.anyone.caller(nil) == nil)
  }

  @Test func `where anyone may call, a key without the scope is nobody`() {
    let key = Self.program([.catalogueRead])
    #expect(Access.anyone.caller(key, keys: .catalogueRead) == key)
    #expect(Access.anyone.caller(key, keys: .catalogueWrite) == nil && Access.anyone.caller(key) == nil)
    #expect(Access.signedIn.caller(key) == key)
  }

  /// Whatever the access, a scope opens what it names and nothing else.
  @Test func `scopes do not stand in for one another`() {
    for access in [Access.signedIn, .member(.staff), .member(.owner)] {
      for held in KeyScope.allCases {
        for wanted in KeyScope.allCases {
          let refusal = access.refusal(for: Self.program([held]), .plain, keys: wanted, now: Self.now)
          #expect((refusal == nil) == (held == wanted))
        }
      }
    }
  }

  @Test func `more proof never takes anything away`() {
    let accesses: [Access] = [.anyone, .session, .signedIn, .member(.staff), .member(.owner), .admin(.finance)]
    for access in accesses {
      for sensitivity in [Sensitivity.plain, .sensitive] {
        for seller in [false, true] {
          for twoFactor in [false, true] {
            let less = Self.person(seller: seller, scopes: [.finance], twoFactor: twoFactor)
            let more = Self.person(seller: seller, scopes: [.finance], twoFactor: twoFactor, provenSecondsAgo: 0)
            if access.refusal(for: less, sensitivity, now: Self.now) == nil {
              #expect(access.refusal(for: more, sensitivity, now: Self.now) == nil, "\(access) \(sensitivity)")
            }
          }
        }
      }
    }
  }
}
