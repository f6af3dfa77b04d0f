// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The form of a new API key, and then the key itself: it is shown this one time.
struct KeyEditor: Screen {
  let shops: [ShopReference]
  var form: DraftedForm
  private(set) var made: NewAPIKey?
  private(set) var isCopied = false

  init(shops: [ShopReference], made: NewAPIKey? = nil) {
    self.shops = shops
    self.made = made
    form = DraftedForm("new key", KeyForm.fields(shops), values: KeyForm.standard)
  }

  var title: String { made == nil ? "New API key" : "Your new API key" }
  var isTyping: Bool { made == nil }

  mutating func open(_ context: Context) -> [Step] { form.open }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    if made != nil {
      return KeyTable([
        Action(.copySecret, name: "copy-key", keys: [Key("y")], title: "Copy the key", hint: "copy the key"),
        Action(
          .cancel, name: "leave-key", keys: [.escape, .enter], title: "Leave; it is not shown again", hint: "leave"),
      ])
    }
    return KeyTable([
      Action(.save, name: "save", keys: [.control("s")], title: "Make the key", hint: "make it"),
      Action(.move, name: "next-field", keys: [], title: "Next field: tab, back: shift-tab"),
      Action(.back, name: "leave", keys: [.escape], title: "Leave; what was typed is kept", hint: "leave, draft kept"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .save: return handle(.control("s"), context) ?? []
    case .copySecret:
      guard let made else { return [] }
      isCopied = true
      return [.copy(made.secret), .toast(.ok, "Copied, if the terminal lets programs do that. Paste it to see.")]
    case .cancel:
      if isCopied { return [.back] }
      let dialog = Dialog(
        title: "Leave without copying it?", message: "It is not shown again. A lost key is revoked and made anew.",
        confirmTitle: "I have it", cancelTitle: "Stay")
      return [.ask(dialog, then: [.back])]
    default: return []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if made != nil { return nil }
    switch form.handle(key) {
    case .steps(let steps): return steps
    case .submitted(let values): return submit(values)
    case .left(let steps): return steps + [.back]
    case .ignored: return nil
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] { form.paste(text) }
  func keepDrafts() -> [Step] { made == nil ? form.keep : [] }

  private mutating func submit(_ values: [String: String]) -> [Step] {
    let draft = KeyForm.draft(values, shops)
    if draft.scopes.isEmpty {
      return form.refuse(
        [FieldError("/scopes", "wrong_count", "Let it do one thing at least.")], fieldOf: KeyForm.field)
    }
    let faults = draft.faults
    if !faults.isEmpty { return form.refuse(faults, fieldOf: KeyForm.field) }
    return [.perform(.identity(.account(.makeKey(draft))))]
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    guard case .identity(.account(.makeKey, let result)) = message else { return form.receive(message) }
    guard form.form.isSubmitting else { return [] }
    switch result {
    case .success(.key(let key)):
      made = key
      return form.drop
    case .success: return []
    case .failure(let failure):
      if failure == .cancelled {
        form.settle()
        return []
      }
      return form.refuse(failure, fieldOf: KeyForm.field)
    }
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    guard event.action == .press, made == nil else { return [] }
    if let index = FormView().field(at: event.at, in: formArea(area), of: form.form) { form.focus(on: index) }
    return []
  }

  private func formArea(_ area: Rect) -> Rect {
    var rest = area
    _ = rest.takeTop(1)
    return Rect(x: rest.x, y: rest.y, width: min(rest.width, 90), height: rest.height)
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    canvas.put([Span(title, .heading)], x: area.x, y: area.y, columnsMax: area.width)
    guard let made else { return FormView(labelWidth: 19).draw(form.form, in: formArea(area), on: &canvas) }
    var rest = formArea(area)
    _ = rest.takeTop(1)
    canvas.put(made.key.name, in: rest.takeTop(1), .title)
    _ = rest.takeTop(1)
    for line in KeyEditor.pieces(of: made.secret, width: rest.width) { canvas.put(line, in: rest.takeTop(1), .ok) }
    _ = rest.takeTop(1)
    let words = "It is shown this one time: copy it to where the program reads it. The market keeps only a hash."
    for line in Wrapping.lines(words, width: min(rest.width, 72)) { canvas.put(line, in: rest.takeTop(1)) }
    _ = rest.takeTop(1)
    KeyValuePane(KeyWords.facts(made.key, context.now).dropLast()).draw(in: rest, on: &canvas)
  }

  /// A narrow window breaks the key where it must; nothing is cut off it.
  static func pieces(of secret: String, width: Int) -> [String] {
    let characters = Array(secret)
    let step = max(1, width)
    return stride(from: 0, to: characters.count, by: step).map {
      String(characters[$0..<min($0 + step, characters.count)])
    }
  }
}

extension KeyEditor {
  func outline(_ context: Context) -> [OutlineLine] {
    guard let made else { return form.outline(title) }
    return [
      OutlineLine("\(title), \(made.key.name)"), OutlineLine("It is shown this one time."), OutlineLine(made.secret),
    ]
  }

  func prompt(_ context: Context) -> String? { form.prompt }
  mutating func answer(_ text: String, _ context: Context) -> [Step] { form.answer(text) }
  var commands: [(usage: String, what: String)] { made == nil ? [("NUMBER", "Change a field")] : [] }
  mutating func command(_ name: String, _ words: String, _ context: Context) -> [Step]? {
    made == nil && form.ask(name) ? [] : nil
  }
}
