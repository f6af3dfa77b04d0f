// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What the account is known by, and how to be known by something else: a new contact is proven with a code.
struct ContactsPane: Screen {
  enum Stage: Sendable, Equatable {
    case resting
    case typing
    case sending(Contact)
    case code(Contact, CodeChallenge)
  }

  var isWaiting: Bool { phase == .loading }
  let title = "Contacts"
  private(set) var contacts: [OwnContact] = []
  private(set) var phase = Phase.loading
  private(set) var stage = Stage.resting
  private(set) var typed = TextEditor("", lengthMax: 254)
  private(set) var entry = CodeEntry()
  private(set) var isChecking = false
  private(set) var trouble: String?

  mutating func open(_ context: Context) -> [Step] {
    [.perform(.load(slot: ProfilePane.contactsSlot, .contacts, reload: false))]
  }

  var isTyping: Bool {
    switch stage {
    case .typing, .code: true
    case .resting, .sending: false
    }
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    switch stage {
    case .resting:
      KeyTable([
        Action(
          .create, name: "new-contact", keys: [Key("c"), .enter], title: "Use another e-mail or phone",
          hint: "another one"),
        Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again"),
      ])
    case .typing:
      KeyTable([
        Action(.open, name: "send-code", keys: [.enter], title: "Send a code there", hint: "send a code"), cancel,
      ])
    case .sending, .code: KeyTable([cancel])
    }
  }

  private var cancel: Action<ActionID> {
    Action(.cancel, name: "cancel", keys: [.escape], title: "Leave it as it is", hint: "leave it as it is")
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .create:
      stage = .typing
      trouble = nil
    case .open: return send(to: typed.text)
    case .cancel:
      stage = .resting
      trouble = nil
      isChecking = false
    case .refresh: return [.perform(.load(slot: ProfilePane.contactsSlot, .contacts, reload: true))]
    default: break
    }
    return []
  }

  /// Has a code sent to what was typed.
  mutating func send(to text: String) -> [Step] {
    guard let contact = Contact(typed: text) else {
      trouble = "This is neither an e-mail address nor a phone number such as +351 212 345 678."
      return []
    }
    stage = .sending(contact)
    trouble = nil
    return [.perform(.identity(.sendCode(contact, for: .contact)))]
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch stage {
    case .resting, .sending: return nil
    case .typing:
      if key == .control("p") || key == .enter || key == .escape { return nil }
      return typed.handle(key) ? [] : nil
    case .code:
      if isChecking { return key == .escape ? nil : [] }
      switch entry.handle(key) {
      case .complete(let code): return redeem(code)
      case .edited: return []
      case .ignored: return key.text == nil ? nil : []
      }
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] {
    switch stage {
    case .typing: typed.paste(text)
    case .code: if !isChecking, case .complete(let code) = entry.paste(text) { return redeem(code) }
    case .resting, .sending: break
    }
    return []
  }

  private mutating func redeem(_ code: String) -> [Step] {
    guard case .code(_, let challenge) = stage else { return [] }
    isChecking = true
    trouble = nil
    return [.perform(.identity(.account(.replaceContact(ContactProof(challenge: challenge.challenge, code: code)))))]
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(ProfilePane.contactsSlot, _, .content(.contacts(let found), let freshness)):
      contacts = found
      phase = .shown(freshness)
    case .loaded(ProfilePane.contactsSlot, _, .failed(let failure)): phase = .failed(failure)
    case .identity(.codeSent(.contact, let result)):
      guard case .sending(let contact) = stage else { break }
      switch result {
      case .success(let challenge):
        entry.clear()
        stage = .code(contact, challenge)
      case .failure(let failure):
        stage = .typing
        trouble = failure.words
      }
    case .identity(.account(.replaceContact, let result)): return take(result)
    default: break
    }
    return []
  }

  private mutating func take(_ result: Result<AccountAnswer, ClientFailure>) -> [Step] {
    isChecking = false
    switch result {
    case .success:
      stage = .resting
      typed.replaceAll(with: "")
      return [
        .toast(.ok, "From now on you sign in with it."),
        .perform(.load(slot: ProfilePane.contactsSlot, .contacts, reload: true)),
      ]
    case .failure(let failure):
      entry.clear()
      trouble = failure.words
      return []
    }
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    canvas.put(phase.heading("What you sign in with", context), x: head.x, y: head.y, columnsMax: head.width)
    _ = rest.takeTop(1)
    if case .failed(let failure) = phase, contacts.isEmpty {
      return StateText.draw(failure, in: rest, on: &canvas, context)
    }
    let pairs = contacts.map { contact in
      (contact.kind == .email ? "E-mail" : "Phone", [Span(contact.contact.text)])
    }
    KeyValuePane(pairs).draw(in: rest.takeTop(max(1, pairs.count)), on: &canvas)
    _ = rest.takeTop(1)
    drawChange(in: rest, on: &canvas)
  }

  private func drawChange(in area: Rect, on canvas: inout Canvas) {
    var rest = area
    switch stage {
    case .resting:
      for line in Wrapping.lines(
        "Another one takes the place of the one of its kind. A code proves that it is yours, and the old one is told.",
        width: min(rest.width, 64))
      {
        canvas.put(line, in: rest.takeTop(1), .muted)
      }
    case .typing:
      canvas.put("The new e-mail address or phone number:", in: rest.takeTop(1), .title)
      let field = rest.takeTop(1)
      TextField().draw(typed, in: Rect(x: field.x, y: field.y, width: min(44, field.width), height: 1), on: &canvas)
    case .sending(let contact): canvas.put("Sending a code to \(contact)…", in: rest.takeTop(1), .muted)
    case .code(let contact, _):
      canvas.put("The code that was sent to \(contact):", in: rest.takeTop(1), .title)
      _ = rest.takeTop(1)
      entry.draw(in: rest.takeTop(1), isFocused: !isChecking, on: &canvas)
      if isChecking { canvas.put("Looking at it…", in: rest.takeTop(1), .muted) }
    }
    guard let trouble else { return }
    _ = rest.takeTop(1)
    for line in Wrapping.lines("\(canvas.glyphs.cross) \(trouble)", width: min(rest.width, 64)) {
      canvas.put(line, in: rest.takeTop(1), .bad)
    }
  }
}
