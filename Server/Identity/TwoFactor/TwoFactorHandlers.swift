// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds the endpoints of the second factor.
struct TwoFactorHandlers: Sendable {
  let database: Database
  let book: TwoFactorBook
  let sessions: SessionBook
  let codes: OneTimeCodes

  func bind(_ routes: inout Routes) {
    routes.bind(Identity.twoFactor) { _, call in .value(try await book.state(of: call.caller, in: database)) }
    routes.bind(Identity.enrolTwoFactor) { _, call in
      let enrolment = try await database.transaction { transaction in
        let contacts = try await sessions.accounts.contacts(of: call.account, in: transaction)
        return try await book.enrol(call.account, named: contacts.first?.text ?? call.account.text, transaction)
      }
      return .value(enrolment)
    }
    routes.bind(Identity.confirmTwoFactor) { input, call in .value(try await confirm(input.code, call)) }
    routes.bind(Identity.proveSecondFactor) { input, call in .value(try await prove(input, call)) }
    routes.bind(Identity.renewRecoveryCodes) { _, call in
      let codes = try await database.transaction { transaction in
        guard try await book.isOn(call.account, in: transaction) else { throw TwoFactorIsOff() }
        let codes = try await book.renewCodes(call.account, transaction)
        try await AuditLog.append(.recoveryCodesRenewed, by: call.account, subject: call.account.text, in: transaction)
        return codes
      }
      return .value(Market::RecoveryCodes(codes: codes))
    }
    routes.bind(Identity.endTwoFactor) { _, call in
      let isEnded = try await database.transaction { try await book.end(call.account, $0) }
      guard isEnded else { throw TwoFactorIsOff() }
      return .nothing
    }
  }

  private func confirm(_ code: String, _ call: Call) async throws -> TwoFactorConfirmation {
    try await codes.limits.take(.proofs(call.account), in: database)
    let confirmation = try await database.transaction { transaction -> TwoFactorConfirmation? in
      guard let recovery = try await book.confirm(call.account, code, transaction) else { return nil }
      // Other sessions have shown the first factor only.
      let token = try await sessions.prove(call.session, of: call.account, at: book.now(), transaction)
      return TwoFactorConfirmation(codes: recovery, token: token)
    }
    guard let confirmation else { throw CodeRefused() }
    return confirmation
  }

  /// The refusals are thrown after the commit: a try that failed must count.
  private func prove(_ proof: Proof, _ call: Call) async throws -> ProvenToken {
    try await codes.limits.take(.proofs(call.account), in: database)
    let token = try await database.transaction { transaction -> ProvenToken? in
      if let challenge = proof.challenge {
        guard try await isOwn(challenge, proof.code, call.caller, transaction) else { return nil }
      } else {
        guard try await book.proves(call.account, proof.code, transaction) else { return nil }
      }
      return try await sessions.prove(call.session, of: call.account, at: book.now(), transaction)
    }
    guard let token else { throw CodeRefused() }
    return token
  }

  /// A code sent to one of the account's own contacts, for those who have no authenticator and need none.
  private func isOwn(
    _ challenge: CodeChallenge.ID, _ code: String, _ caller: Principal, _ transaction: Transaction
  ) async throws -> Bool {
    let state = try await book.state(of: caller, in: transaction)
    if state.isOn || state.isMandatory { throw AccessRefusal.twoFactorMissing }
    guard let contact = try await codes.redeem(challenge, code, transaction) else { return false }
    return try await sessions.accounts.known(by: contact, in: transaction) == caller.account
  }
}
