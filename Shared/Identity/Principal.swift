// SPDX-License-Identifier: GPL-3.0-or-later

/// The caller of a request, as the access token says.
public struct Principal: Sendable, Hashable {
  public var account: Account.ID
  public var session: OpenSession.ID
  /// Works in a shop.
  public var isSeller: Bool
  public var adminScopes: Set<AdminScope>
  /// Two-factor is on for the account.
  public var hasTwoFactor: Bool
  /// When this session last proved a second factor.
  public var provenAt: Timestamp?

  public init(
    account: Account.ID, session: OpenSession.ID, isSeller: Bool = false, adminScopes: Set<AdminScope> = [],
    hasTwoFactor: Bool = false, provenAt: Timestamp? = nil
  ) {
    self.account = account
    self.session = session
    self.isSeller = isSeller
    self.adminScopes = adminScopes
    self.hasTwoFactor = hasTwoFactor
    self.provenAt = provenAt
  }

  public var owesSecondFactor: Bool { hasTwoFactor && provenAt == nil }
  public var mustHaveTwoFactor: Bool { isSeller || !adminScopes.isEmpty }

  public func hasFreshProof(at now: Timestamp) -> Bool {
    guard let provenAt else { return false }
    return now.seconds(since: provenAt) <= Sensitivity.proofSeconds
  }
}
