// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Who is signed in, and what they are called.
struct ProfilePane: Screen {
  var isWaiting: Bool { phase == .loading }
  let title = "You"
  private(set) var profile: Profile?
  private(set) var contacts: [OwnContact] = []
  private(set) var phase = Phase.loading
  var editing: DraftedForm?

  static let slot = "profile"
  static let contactsSlot = "contacts"

  mutating func open(_ context: Context) -> [Step] {
    [
      .perform(.load(slot: ProfilePane.slot, .profile, reload: false)),
      .perform(.load(slot: ProfilePane.contactsSlot, .contacts, reload: false)),
    ]
  }

  var isTyping: Bool { editing != nil }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    if editing != nil {
      return KeyTable([
        Action(.save, name: "save", keys: [.control("s")], title: "Save", hint: "save"),
        Action(
          .stepBack, name: "leave", keys: [.escape], title: "Leave; what was typed is kept", hint: "leave, draft kept"),
      ])
    }
    return KeyTable([
      Action(
        .edit, name: "edit", keys: [Key("e"), .enter], title: "Change name, language, currency", hint: "edit",
        availability: profile == nil ? .disabled(reason: "it is not known yet") : .enabled),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .edit:
      guard let profile else { return [] }
      let form = DraftedForm("profile", ProfileForm.fields, values: ProfileForm.values(profile))
      editing = form
      return form.open
    case .save: return handle(.control("s"), context) ?? []
    case .stepBack: return handle(.escape, context) ?? []
    case .refresh:
      return [
        .perform(.load(slot: ProfilePane.slot, .profile, reload: true)),
        .perform(.load(slot: ProfilePane.contactsSlot, .contacts, reload: true)),
      ]
    default: return []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    guard var form = editing else { return nil }
    let outcome = form.handle(key)
    editing = form
    switch outcome {
    case .steps(let steps): return steps
    case .submitted(let values): return submit(values)
    case .left(let steps):
      editing = nil
      return steps
    case .ignored: return nil
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] { editing?.paste(text) ?? [] }
  func keepDrafts() -> [Step] { editing?.keep ?? [] }

  private mutating func submit(_ values: [String: String]) -> [Step] {
    guard let profile else { return [] }
    let patch = ProfileForm.patch(values, of: profile)
    if patch == ProfilePatch() {
      let drop = editing?.drop ?? []
      editing = nil
      return drop + [.toast(.info, "Nothing was changed.")]
    }
    if let fault = patch.faults.first { return editing?.refuse([fault]) ?? [] }
    return [.perform(.identity(.account(.editProfile(patch, version: profile.version))))]
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(ProfilePane.slot, _, .content(.profile(let found), let freshness)):
      profile = found
      phase = .shown(freshness)
    case .loaded(ProfilePane.slot, _, .failed(let failure)): phase = .failed(failure)
    case .loaded(ProfilePane.contactsSlot, _, .content(.contacts(let found), _)): contacts = found
    case .identity(.account(.editProfile(let patch, _), let result)): return take(result, patch, context)
    default: return editing?.receive(message) ?? []
    }
    return []
  }

  private mutating func take(
    _ result: Result<AccountAnswer, ClientFailure>, _ patch: ProfilePatch, _ context: Context
  ) -> [Step] {
    switch result {
    case .success(.profile(let saved)):
      profile = saved
      guard let form = editing, form.form.isSubmitting else { return [] }
      editing = nil
      return form.drop + [.toast(.ok, "Saved.")]
    case .failure(let failure):
      guard editing?.form.isSubmitting == true else { return [] }
      if failure.problemCode == .versionMismatch {
        editing?.settle()
        return [.toast(.warning, "It was changed elsewhere meanwhile. Look and send again.")]
          + perform(.refresh, context)
      }
      return editing?.refuse(failure) ?? []
    default: return []
    }
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    guard let session = context.session else { return }
    var rest = area
    let head = rest.takeTop(1)
    canvas.put(
      phase.heading(profile?.name ?? session.account.name, context), x: head.x, y: head.y, columnsMax: head.width)
    if let editing { return FormView(labelWidth: 12).draw(editing.form, in: rest, on: &canvas) }
    _ = rest.takeTop(1)
    KeyValuePane(pairs(session, context.server)).draw(in: rest, on: &canvas)
  }

  func pairs(_ session: Session, _ server: String) -> [(String, [Span])] {
    let account = session.account
    let shops = account.shops.map(\.name).joined(separator: ", ")
    var pairs: [(String, [Span])] = []
    if session.secondFactor == .owed {
      pairs.append(("Signed in", [Span("the second factor is owed; p gives it", .warn)]))
    }
    for contact in contacts {
      pairs.append((contact.kind == .email ? "E-mail" : "Phone", [Span(contact.contact.text)]))
    }
    if let profile {
      pairs.append(("Language", [Span(ProfileForm.word(for: profile.language))]))
      pairs.append(("Currency", [Span(profile.currency?.code ?? "each shop's own")]))
    }
    pairs.append(("Roles", [Span(account.roles.map(\.rawValue).joined(separator: ", "))]))
    if !account.adminScopes.isEmpty {
      pairs.append(("May", [Span(account.adminScopes.map(\.rawValue).joined(separator: ", "))]))
    }
    pairs += [
      ("Shops", [Span(shops.isEmpty ? "none" : shops)]), ("Id", [Span(account.id.text, .muted)]),
      ("Server", [Span(server, .muted)]),
    ]
    return pairs
  }
}
