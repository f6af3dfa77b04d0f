// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// The way to a provider of identities and back.
struct ProviderPages: Sendable {
  let database: Database
  let links: [ProviderLink]
  let attempts: ProviderAttempts
  let accounts: ProviderAccounts
  let twoFactor: TwoFactorBook

  func leave(_ id: String, _ call: PageCall) async throws -> PageAnswer {
    let link = try link(id)
    switch call.visit.step {
    case .secondFactorOwed, .signedIn, .done: return .next(call.visit)
    case .arrived, .codeSent: break
    }
    let attempt = try await attempts.begin(link.provider, call.visit, from: call.network, in: database)
    let address = try await link.departure(attempt, in: call.language)
    return PageAnswer(content: .leave(address), visit: call.visit)
  }

  /// The attempt is used up before the provider is asked: whatever it answers, no code is tried twice.
  func comeBack(_ id: String, _ call: PageCall) async throws -> PageAnswer {
    let link = try link(id)
    let name = link.provider.name
    guard let state = call.query["state"],
      let attempt = try await attempts.take(state, link.provider, call.visit, in: database)
    else { throw PageProblem.attemptIsOver(name) }
    if let error = call.query["error"] {
      if error == "access_denied" { throw PageProblem.providerDenied(name) }
      let code = TokenAnswer.plainCode(error) ?? "an unreadable error"
      throw ProviderFailure(provider: name, reason: .refused(code))
    }
    guard let code = call.query["code"] else { throw PageProblem.attemptIsOver(name) }
    let token = try await link.person(code, attempt, sentBy: call.query["iss"])
    let step = try await database.transaction { transaction -> Visit.Step? in
      guard let account = try await accounts.account(token, transaction) else { return nil }
      return try await twoFactor.isOn(account, in: transaction)
        ? .secondFactorOwed(account) : .signedIn(account, provenAt: nil)
    }
    guard let step else { throw PageProblem.emailUnproven(name) }
    return .next(call.visit.entering(step, at: call.now))
  }

  private func link(_ id: String) throws -> ProviderLink {
    guard let link = links.first(where: { $0.provider.id == id }) else { throw PageProblem.noSuchPage }
    return link
  }
}
