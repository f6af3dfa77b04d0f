// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Signing in: a contact, a code, and in; or a link that is opened on another device.
struct SignInScreen: Screen {
  /// Where the person is on the way.
  enum Stage: Sendable, Equatable {
    /// Chooses how.
    case ways
    case contact
    /// The code is being sent.
    case sending
    case code
    /// The code is being looked at.
    case checking
    case beginningLink
    case link(DeviceGrant, LinkPace)
    case linkOver(LinkEnd)
  }

  /// A code that was sent.
  struct Sent: Sendable, Equatable {
    var contact: Contact
    var challenge: CodeChallenge
    var at: Int64
    var wrongTries = 0
  }

  /// What went wrong last, and until when there is nothing to do but wait.
  struct Trouble: Sendable, Equatable {
    var words: String
    var waitUntil: Int64?
  }

  let title = "Sign in"
  /// Why the person has to sign in again.
  let reason: String?
  var stage = Stage.ways
  var ways = ListState(count: 2)
  var contact = TextEditor("", lengthMax: 254)
  var entry = CodeEntry()
  /// Where the last code was asked for.
  var asked: Contact?
  var sent: Sent?
  var trouble: Trouble?
  var providers: [SignInProvider] = []

  /// A code takes its time on the way; asking for the next one at once only makes two.
  static let resendSeconds: Int64 = 30
  static let tick = "sign-in-tick"
  static let slot = "providers"

  init(reason: String? = nil, at stage: Stage = .ways) {
    self.reason = reason
    self.stage = stage
  }

  mutating func open(_ context: Context) -> [Step] {
    [.perform(.load(slot: SignInScreen.slot, .providers, reload: false))]
  }

  var moves: Moves { stage == .ways ? .list : .none }

  var isTyping: Bool {
    switch stage {
    case .contact, .code: true
    default: false
    }
  }

  // MARK: Keys

  func actions(_ context: Context) -> KeyTable<ActionID> {
    switch stage {
    case .ways:
      return KeyTable([
        Action(.open, name: "sign-in-this-way", keys: [.enter], title: "Sign in this way", hint: "choose"),
        Action(.signInByCode, name: "sign-in-by-code", keys: [], title: "Sign in with a code"),
        Action(.signInByLink, name: "sign-in-by-link", keys: [], title: "Sign in with a browser"),
      ])
    case .contact:
      return KeyTable([
        Action(.open, name: "send-code", keys: [.enter], title: "Send the code", hint: "send the code"),
        leave("other ways"),
      ])
    case .sending, .checking, .beginningLink: return KeyTable([leave("back")])
    case .code:
      let resend = Action<ActionID>(
        .resend, name: "send-again", keys: [Key("r")], title: "Send another code", hint: "send another",
        availability: resendAvailability(context))
      return KeyTable([resend, leave("another contact")])
    case .link(let grant, _):
      return KeyTable([
        Action(
          .copyLink, name: "copy-link", keys: [Key("y")], title: "Copy \(grant.verificationURI)", hint: "copy the link"),
        leave("cancel"),
      ])
    case .linkOver:
      return KeyTable([
        Action(.open, name: "new-link", keys: [.enter], title: "Begin again with a new link", hint: "new link"),
        leave("back"),
      ])
    }
  }

  private func leave(_ hint: String) -> Action<ActionID> {
    Action(.stepBack, name: "step-back", keys: [.escape], title: "One step back", hint: hint)
  }

  private func resendAvailability(_ context: Context) -> Action<ActionID>.Availability {
    guard let wait = resendWait(context.now) else { return .enabled }
    return .disabled(reason: "another code can be sent in \(Words.countdown(wait))")
  }

  /// Seconds until another code can be asked for.
  func resendWait(_ now: Int64) -> Int64? {
    let own = sent.map { $0.at + SignInScreen.resendSeconds - now } ?? 0
    let asked = trouble?.waitUntil.map { $0 - now } ?? 0
    let wait = max(own, asked)
    return wait > 0 ? wait : nil
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch (action, stage) {
    case (.open, .ways): return ways.selectedIndex == 0 ? askContact() : beginLink()
    case (.signInByCode, _): return askContact()
    case (.signInByLink, _), (.open, .linkOver): return beginLink()
    case (.open, .contact): return sendCode(context)
    case (.resend, .code):
      guard let contact = sent?.contact, resendWait(context.now) == nil else { return [] }
      return send(to: contact)
    case (.copyLink, .link(let grant, _)):
      return [.copy(grant.verificationURIComplete), .toast(.info, "Copied the link.")]
    case (.stepBack, _): return goBack()
    default: return []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch stage {
    case .ways:
      switch ways.handle(key) {
      case .moved: return []
      case .activated: return perform(.open, context)
      case .marked, .ignored: return nil
      }
    case .contact:
      if key == .control("p") || key == .enter || key == .escape { return nil }
      return contact.handle(key) ? [] : nil
    case .code:
      if let wait = trouble?.waitUntil, wait > context.now, key.text?.isASCIIDigit == true { return [] }
      switch entry.handle(key) {
      case .complete(let code): return redeem(code)
      case .edited: return []
      // No letter means anything here but the ones in the hint line.
      case .ignored: return key.text != nil && key != Key("r") && key != Key("?") ? [] : nil
      }
    default: return nil
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] {
    switch stage {
    case .contact: contact.paste(text)
    case .code: if case .complete(let code) = entry.paste(text) { return redeem(code) }
    default: break
    }
    return []
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    guard stage == .ways, event.action == .press else { return [] }
    if case .activated = ways.click(event.at, in: SignInView.waysArea(area, self)) { return perform(.open, context) }
    return []
  }

  // MARK: Steps on the way

  private mutating func askContact() -> [Step] {
    stage = .contact
    trouble = nil
    return []
  }

  private mutating func sendCode(_ context: Context) -> [Step] {
    if let wait = trouble?.waitUntil, wait > context.now { return [] }
    guard let contact = Contact(typed: contact.text) else {
      trouble = Trouble(words: "This is neither an e-mail address nor a phone number such as +351 212 345 678.")
      return []
    }
    return send(to: contact)
  }

  private mutating func send(to contact: Contact) -> [Step] {
    stage = .sending
    asked = contact
    trouble = nil
    return [.perform(.identity(.sendCode(contact, for: .signIn)))]
  }

  private mutating func redeem(_ code: String) -> [Step] {
    guard let sent else { return [] }
    stage = .checking
    trouble = nil
    return [.perform(.identity(.redeem(sent.challenge.challenge, code: code)))]
  }

  private mutating func beginLink() -> [Step] {
    stage = .beginningLink
    trouble = nil
    return [.perform(.identity(.requestLink))]
  }

  private mutating func goBack() -> [Step] {
    defer { trouble = nil }
    switch stage {
    case .ways: break
    case .contact, .linkOver, .beginningLink: stage = .ways
    case .sending, .code, .checking:
      entry.clear()
      stage = .contact
      return [.cancel(key: "sign-in"), .cancel(key: SignInScreen.tick)]
    case .link:
      stage = .ways
      return [
        .perform(.identity(.stopWaiting)), .cancel(key: SignInScreen.tick),
        .toast(.info, "The link is not waited for any more."),
      ]
    }
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    SignInView(screen: self, now: context.now).draw(in: area, on: &canvas)
  }
}
