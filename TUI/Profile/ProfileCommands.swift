// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Terminal

extension CommandRunner {
  func showProfile() async throws {
    _ = try requireSession()
    let answer = try await read(Profiles.show, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    show(answer.value)
  }

  private func show(_ profile: Profile) {
    out.line(profile.name)
    out.line("language: \(profile.language?.rawValue ?? ProfileForm.anyLanguage)")
    out.line("currency: \(profile.currency?.code ?? "each shop's own")")
  }

  func editProfile() async throws {
    _ = try requireSession()
    var patch = ProfilePatch()
    if let name = invocation.values["name"] { patch.name = .set(name) }
    if let text = invocation.values["language"] {
      patch.language = text == CommandTable.unset ? .clear : Language(rawValue: text).map { .set($0) } ?? .keep
    }
    if let text = invocation.values["currency"] {
      guard text != CommandTable.unset else {
        patch.currency = .clear
        return try await send(patch)
      }
      guard let currency = Currency(text.uppercased()) else {
        throw CommandFailure.usage("--currency wants a code such as EUR, or \(CommandTable.unset), not \(text).")
      }
      patch.currency = .set(currency)
    }
    try await send(patch)
  }

  private func send(_ patch: ProfilePatch) async throws {
    if patch == ProfilePatch() {
      throw CommandFailure.usage("souk profile edit wants --name, --language or --currency.")
    }
    try check(patch)
    let version = try await desk.client.call(Profiles.show, Nothing(), mode: .reload).value.version
    let answer = try await desk.client.call(Profiles.edit, patch, CallOptions(version: version))
    if patch.name.changes { try await desk.keeper.renewEarly() }
    if out.isJSON { out.bytes(answer.bytes) } else { show(answer.value) }
  }

  func listContacts() async throws {
    _ = try requireSession()
    let answer = try await read(Contacts.list, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    for contact in answer.value.items { out.line("\(contact.kind.rawValue)  \(contact.contact)") }
  }

  /// Has a code sent to the new contact and reads it from the input, as signing in does.
  func replaceContact() async throws {
    _ = try requireSession()
    let text = invocation.operands[0]
    guard let contact = Contact(typed: text) else {
      throw CommandFailure.usage("\(text) is neither an e-mail address nor a phone number such as +351212345678.")
    }
    let challenge = try await desk.client.call(Identity.requestCode, CodeRequest(contact: contact)).value.challenge
    out.note("a code was sent to \(contact.masked)")
    guard let code = input.ask("Code: ") else { throw CommandFailure.other("There was no code to read.") }
    let answer = try await desk.client.call(Contacts.replace, ContactProof(challenge: challenge, code: code))
    if out.isJSON { out.bytes(answer.bytes) } else { out.say("From now on you sign in with \(answer.value.contact).") }
  }

  func listNotifications() async throws {
    _ = try requireSession()
    let profile = try await read(Profiles.show, Nothing()).value
    try show(profile.notifications)
  }

  private func show(_ preferences: NotificationPreferences) throws {
    if out.isJSON { return out.bytes(try JSONEncoder().encode(preferences)) }
    let channels = NotificationChannel.allCases
    out.table(
      TextTable(
        [.init("KIND")] + channels.map { .init($0.rawValue.uppercased()) },
        rows: NotificationKind.allCases.map { kind in
          [kind.rawValue] + channels.map { preferences[kind].includes($0) ? "on" : "off" }
        }))
  }

  func setNotifications() async throws {
    _ = try requireSession()
    let kind = NotificationKind(rawValue: invocation.operands[0])
    let profile = try await desk.client.call(Profiles.show, Nothing(), mode: .reload).value
    var wanted = profile.notifications
    for channel in NotificationChannel.allCases {
      guard let kind, let value = invocation.values[channel.rawValue] else { continue }
      if wanted[kind].includes(channel) != (value == "on") { wanted.toggle(kind, channel) }
    }
    guard wanted != profile.notifications else { return try show(wanted) }
    let patch = ProfilePatch(notifications: .set(wanted.patch(from: profile.notifications)))
    try show(
      try await desk.client.call(Profiles.edit, patch, CallOptions(version: profile.version)).value.notifications)
  }

  func listConsents() async throws {
    _ = try requireSession()
    let answer = try await read(Consents.list, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    out.table(
      TextTable(
        [.init("CONSENT"), .init("STATE"), .init("MEANING", isFlexible: true)],
        rows: answer.value.items.map { consent in
          let state = consent.isGiven ? "given" : consent.at == nil ? "not asked" : "withdrawn"
          return [consent.kind.rawValue, state, ConsentWords.words(consent.kind)]
        }))
  }

  func record(isGiven: Bool) async throws {
    _ = try requireSession()
    guard let kind = ConsentKind(rawValue: invocation.operands[0]) else { return }
    let texts = try await read(Consents.texts, ConsentTextQuery(language: .english)).value.items
    guard let text = texts.first(where: { $0.kind == kind }) else {
      throw ClientFailure.unreadable("the market says nothing of \(kind.rawValue)")
    }
    let statement = ConsentStatement(
      kind: kind, isGiven: isGiven, textVersion: text.version, place: "souk command")
    let answer = try await desk.client.call(Consents.record, statement)
    if out.isJSON { return out.bytes(answer.bytes) }
    if isGiven { out.note(text.text) }
    out.line("\(text.title), version \(text.version): \(isGiven ? "given" : "withdrawn").")
  }
}
