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
  /// Sellers and administrators turn two-factor on before anything sensitive.
  case twoFactorMissing
  /// The proof is older than five minutes.
  case proofTooOld

  public var problem: ProblemCode {
    switch self {
    case .unauthenticated: .unauthenticated
    case .secondFactorOwed: .secondFactorRequired
    case .forbidden: .forbidden
    case .twoFactorMissing: .twoFactorRequired
    case .proofTooOld: .stepUpRequired
    }
  }
}

extension Access {
  /// Whom a call counts as. Where no account is needed, a session that owes its second factor is nobody's yet.
  public func caller(_ principal: Principal?) -> Principal? {
    !needsAccount && principal?.owesSecondFactor == true ? nil : principal
  }

  /// Decides on a call from what its token and its guest's pass say; nil allows it.
  public func refusal(
    for principal: Principal?, guest: Guest.ID? = nil, _ sensitivity: Sensitivity, now: Timestamp
  ) -> AccessRefusal? {
    if self == .guest { return guest == nil ? .unauthenticated : nil }
    guard needsAccount else { return nil }
    guard let principal else { return .unauthenticated }
    if self == .session { return nil }
    if principal.owesSecondFactor { return .secondFactorOwed }
    if case .admin(let scope) = self, !principal.adminScopes.contains(scope) { return .forbidden }
    if sensitivity == .plain { return nil }
    if principal.mustHaveTwoFactor && !principal.hasTwoFactor { return .twoFactorMissing }
    return principal.hasFreshProof(at: now) ? nil : .proofTooOld
  }
}
