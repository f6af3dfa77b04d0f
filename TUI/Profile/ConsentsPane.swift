// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What the person has agreed to, with the means to say otherwise.
struct ConsentsPane: Screen {
  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }
  let title = "Privacy"
  private(set) var consents: [Consent] = []
  /// What they say, as the market has published it.
  private(set) var texts: [ConsentText] = []
  private(set) var list = ListState()
  private(set) var phase = Phase.loading

  private static let slot = "consents"
  private static let textSlot = "consent-texts"

  mutating func open(_ context: Context) -> [Step] { ask(reload: false) }

  private func ask(reload: Bool) -> [Step] {
    [
      .perform(.load(slot: ConsentsPane.textSlot, .consentTexts, reload: reload)),
      .perform(.load(slot: ConsentsPane.slot, .consents, reload: reload)),
    ]
  }

  private var current: Consent? { list.selectedIndex.map { consents[$0] } }
  var currentText: ConsentText? { texts.first { $0.kind == current?.kind } }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let isFree = current.map { ConsentWords.isFree($0.kind) } ?? false
    let isGiven = current?.isGiven ?? false
    return KeyTable([
      Action(
        .toggle, name: "say-otherwise", keys: [Key(" "), .enter], title: isGiven ? "Withdraw it" : "Agree to it",
        hint: isGiven ? "withdraw" : "agree",
        availability: current == nil
          ? .disabled(reason: "nothing is known yet")
          : !isFree
            ? .disabled(reason: "the account stands on it; it goes with the account")
            : currentText == nil ? .disabled(reason: "the market's text is not here yet") : .enabled),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .toggle:
      guard let current, let currentText else { return [] }
      return [.perform(.identity(.account(.record(ConsentWords.statement(currentText, isGiven: !current.isGiven)))))]
    case .refresh: return ask(reload: true)
    default: return []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if key == Key(" ") || key == .enter { return nil }
    switch list.handle(key) {
    case .moved, .activated: return []
    case .marked:
      list.clearMarks()
      return nil
    case .ignored: return nil
    }
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(ConsentsPane.slot, _, .content(.consents(let found), let freshness)):
      consents = found
      list.count = found.count
      phase = .shown(freshness)
    case .loaded(ConsentsPane.slot, _, .failed(let failure)): phase = .failed(failure)
    case .loaded(ConsentsPane.textSlot, _, .content(.consentTexts(let found), _)): texts = found
    case .loaded(ConsentsPane.textSlot, _, .failed(let failure)): if texts.isEmpty { phase = .failed(failure) }
    case .identity(.account(.record, .success(.consent(let said)))):
      if let index = consents.firstIndex(where: { $0.kind == said.kind }) { consents[index] = said }
      return [.toast(.ok, said.isGiven ? "You have agreed." : "Withdrawn.")]
    case .identity(.account(.record, .failure(let failure))):
      return failure == .cancelled ? [] : [.toast(.error, failure.words)]
    default: break
    }
    return []
  }

  private static let top = 2

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    var rows = area
    _ = rows.takeTop(ConsentsPane.top)
    _ = list.click(event.at, in: rows)
    return []
  }

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(min(ConsentKind.allCases.count, area.height - ConsentsPane.top))
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    canvas.put(phase.heading("What you have agreed to", context), x: head.x, y: head.y, columnsMax: head.width)
    if case .failed(let failure) = phase, consents.isEmpty {
      return StateText.draw(failure, in: rest, on: &canvas, context)
    }
    _ = rest.takeTop(1)
    let rows = rest.takeTop(list.height)
    ListView { index in
      let consent = consents[index]
      let state =
        consent.isGiven
        ? Span("✓ yes  ", .ok) : consent.at == nil ? Span("· not asked  ", .muted) : Span("✗ no  ", .muted)
      let when = consent.at.map { Span("  \(Words.since(context.now - $0.microseconds / 1_000_000))", .muted) }
      return [Span(SafeText.padded(state.text, to: 13), state.style), Span(ConsentWords.words(consent.kind))]
        + (when.map { [$0] } ?? [])
    }.draw(list, in: rows, on: &canvas)
    _ = rest.takeTop(1)
    drawText(in: rest, on: &canvas)
  }

  /// What the one under the bar says, in the market's words.
  private func drawText(in area: Rect, on canvas: inout Canvas) {
    guard let text = currentText else { return }
    let lines = [[Span(text.title, .heading), Span("  version \(text.version)", .muted)]]
    for (line, spans) in (lines + Markdown.lines(text.text, width: min(area.width - 1, 72))).enumerated()
    where line < area.height {
      canvas.put(spans, x: area.x, y: area.y + line, columnsMax: area.width)
    }
  }
}

/// What the terminal calls each consent. What it says is the market's.
enum ConsentWords {
  static let place = "souk account"

  static func words(_ kind: ConsentKind) -> String {
    switch kind {
    case .terms: "The terms of the market"
    case .privacy: "How personal data is handled"
    case .marketingEmail: "News and offers by e-mail"
    case .marketingSMS: "News and offers by text message"
    case .personalisation: "Suggestions from what I look at"
    }
  }

  /// Whether it may be given and withdrawn at will.
  static func isFree(_ kind: ConsentKind) -> Bool {
    switch kind {
    case .terms, .privacy: false
    case .marketingEmail, .marketingSMS, .personalisation: true
    }
  }

  static func statement(_ text: ConsentText, isGiven: Bool) -> ConsentStatement {
    ConsentStatement(kind: text.kind, isGiven: isGiven, textVersion: text.version, place: place)
  }
}
