// SPDX-License-Identifier: GPL-3.0-or-later

/// Who may call an endpoint, as far as the token can tell. Whether the thing asked for is the caller's is decided by the
/// query that reads it; what is not answers 404.
public enum Access: Sendable, Hashable {
  case anyone
  /// Whoever carries a guest's pass.
  case guest
  /// Whoever has a session, even while its second factor is still owed: to prove it, to look around and to sign out.
  case session
  /// A person, with the second factor proven where there is one.
  case signedIn
  /// Whoever calls with an API key, whatever its scopes.
  case key
  /// A person; the query asks for membership of the shop with at least this role.
  case member(ShopRole)
  case admin(AdminScope)

  /// Whether a call always has an account.
  public var needsAccount: Bool { self != .anyone && self != .guest }
}

/// How much proof an action wants beyond a session.
public enum Sensitivity: Sendable, Hashable {
  case plain
  /// A second factor proven within the last five minutes.
  case sensitive

  public static let proofSeconds: Int64 = 300
}

/// Why a call is not allowed, in order of precedence.
public enum AccessRefusal: Refusal, Hashable, CaseIterable {
  case unauthenticated
  /// The session has shown the first factor only.
  case secondFactorOwed
  case forbidden
  /// It is called with an API key, and no key may.
  case notForKeys
  /// The API key lacks the scope that the call wants.
  case keyScopeMissing
  /// Sellers and administrators turn two-factor on before anything sensitive.
  case twoFactorMissing
  /// The proof is older than five minutes.
  case proofTooOld

  public var problem: ProblemCode {
    switch self {
    case .unauthenticated: .unauthenticated
    case .secondFactorOwed: .secondFactorRequired
    case .forbidden: .forbidden
    case .notForKeys: .notForKeys
    case .keyScopeMissing: .keyScopeMissing
    case .twoFactorMissing: .twoFactorRequired
    case .proofTooOld: .stepUpRequired
    }
  }
}

extension Access {
  /// Whom a call counts as. Where no account is needed, a session that owes its second factor is nobody's yet, and so is
  /// an API key without the scope.
  public func caller(_ principal: Principal?, keys scope: KeyScope? = nil) -> Principal? {
    guard !needsAccount, let principal else { return principal }
    if case .key(let grant) = principal.credential {
      return scope.map(grant.scopes.contains) == true ? principal : nil
    }
    return principal.owesSecondFactor ? nil : principal
  }

  /// Decides on a call from what its token and its guest's pass say; nil allows it. `scope` is what an API key needs, and
  /// no key may call without one.
  public func refusal(
    for principal: Principal?, guest: Guest.ID? = nil, _ sensitivity: Sensitivity, keys scope: KeyScope? = nil,
    now: Timestamp
  ) -> AccessRefusal? {
    if self == .guest { return guest == nil ? .unauthenticated : nil }
    guard needsAccount else { return nil }
    guard let principal else { return .unauthenticated }
    if case .key(let grant) = principal.credential { return refusal(for: grant, sensitivity, scope) }
    if self == .session { return nil }
    if principal.owesSecondFactor { return .secondFactorOwed }
    if self == .key { return .forbidden }
    if case .admin(let scope) = self, !principal.adminScopes.contains(scope) { return .forbidden }
    if sensitivity == .plain { return nil }
    if principal.mustHaveTwoFactor && !principal.hasTwoFactor { return .twoFactorMissing }
    return principal.hasFreshProof(at: now) ? nil : .proofTooOld
  }

  /// Whatever an endpoint declares: a key has no session, proves nothing and administers nothing.
  private func refusal(for grant: KeyGrant, _ sensitivity: Sensitivity, _ scope: KeyScope?) -> AccessRefusal? {
    switch self {
    case .key: return nil
    case .session, .admin: return .notForKeys
    case .anyone, .guest, .signedIn, .member:
      guard sensitivity == .plain, let scope else { return .notForKeys }
      return grant.scopes.contains(scope) ? nil : .keyScopeMissing
    }
  }
}
