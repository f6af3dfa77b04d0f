// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds the endpoints of signing in by code.
struct SignInHandlers: Sendable {
  let database: Database
  let codes: OneTimeCodes
  let book: SessionBook

  func bind(_ routes: inout Routes) {
    routes.bind(Identity.requestCode) { input, call in
      let challenge = try await database.transaction { transaction in
        try await codes.request(input.contact, from: call.network, call.language, transaction)
      }
      return .value(challenge)
    }
    routes.bind(Identity.redeemCode) { input, call in
      // Counted before, so that a flood of guesses in parallel is counted too; given back by time alone.
      try await codes.limits.take(.triesOfNetwork(call.network), in: database)
      let session = try await database.transaction { transaction -> Session? in
        guard let contact = try await codes.redeem(input.challenge, input.code, transaction) else { return nil }
        let account = try await book.accounts.knownOrMade(by: contact, in: transaction)
        return try await book.open(for: account, on: input.device, transaction)
      }
      guard let session else { throw CodeRefused() }
      return .value(session)
    }
  }
}
