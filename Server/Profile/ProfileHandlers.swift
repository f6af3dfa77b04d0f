// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

// The map of profiles:
//   ProfileBook     name, language, currency, preferences
//   AddressBook     addresses and which is the default for what; AddressQueries is its SQL, PhoneReading reads phones
//   ConsentBook     what people have agreed to; PublishedTexts is what they were told
//   ReplaceContact  being known by another contact; TellContactChanged tells the old one

/// Binds the endpoints of profiles, address books, consents and contacts.
struct ProfileHandlers: Sendable {
  private let profiles: ProfileBook
  private let addresses: AddressBook
  private let consents: ConsentBook
  private let contacts: ReplaceContact

  init(database: Database, identity: IdentityParts) {
    profiles = ProfileBook(database: database)
    addresses = AddressBook(database: database, queries: AddressQueries(seal: identity.seal))
    consents = ConsentBook(database: database)
    contacts = ReplaceContact(
      database: database, accounts: identity.accounts, codes: identity.codes, profiles: profiles)
  }

  func bind(_ routes: inout Routes) {
    let (profiles, addresses, consents, contacts) = (profiles, addresses, consents, contacts)
    routes.bind(Profiles.show) { _, call in try await profiles.show(call) }
    routes.bindChange(Profiles.edit, profiles.edit)
    routes.bind(Addresses.list) { _, call in try await addresses.list(call) }
    routes.bind(Addresses.show, addresses.show)
    routes.bindChange(Addresses.add, addresses.add)
    routes.bindChange(Addresses.edit, addresses.edit)
    routes.bindChange(Addresses.remove, addresses.remove)
    routes.bind(Consents.texts) { query, _ in
      .value(Page(items: PublishedTexts.current(in: query.language ?? .english)))
    }
    routes.bind(Consents.list) { _, call in try await consents.list(call) }
    routes.bindChange(Consents.record, consents.record)
    routes.bind(Contacts.list) { _, call in .value(Page(items: try await contacts.list(of: call.account))) }
    routes.bind(Contacts.replace) { proof, call in .value(try await contacts(proof, call)) }
  }
}
