// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// Binds the endpoints of guests.
struct GuestHandlers: Sendable {
  let database: Database
  let book: GuestBook
  let passes: GuestPasses

  func bind(_ routes: inout Routes) {
    routes.bind(Guests.begin) { input, _ in
      let phone = try PhoneReading.read(input.phone, at: "/phone", home: nil)
      let guest = try await book.begin(input.email, phone, in: database)
      return .value(passes.issue(for: guest), location: "\(Contract.basePath)/guests/me")
    }
    routes.bind(Guests.me) { _, call in
      guard let guest = call.guest else { throw GuestPassRefused() }
      return .value(try await book.find(guest, in: database))
    }
  }
}
