// SPDX-License-Identifier: GPL-3.0-or-later

/// One thing a form asks for.
public struct FormField: Sendable {
  /// How it is answered.
  public enum Kind: Sendable, Equatable {
    case text(placeholder: String = "")
    case secret
    /// Several lines, so many of them in sight.
    case area(rows: Int)
    case choice([String])
    case toggle
  }

  public var id: String
  public var label: String
  public var hint: String
  public var kind: Kind
  public var isRequired: Bool
  /// What is wrong with a text, or nothing. Pure, and never a reason to keep the person in the field.
  public var validate: @Sendable (String) -> String?

  public init(
    _ id: String, label: String, hint: String = "", kind: Kind = .text(), isRequired: Bool = false,
    validate: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.id = id
    self.label = label
    self.hint = hint
    self.kind = kind
    self.isRequired = isRequired
    self.validate = validate
  }
}

/// A form being filled in. It validates when a changed field is left and when it is submitted, and never keeps anyone
/// from leaving: Tab, Shift-Tab and Esc always work.
public struct Form: Sendable {
  public let fields: [FormField]
  public private(set) var focus = 0
  public private(set) var errors: [String: String] = [:]
  public private(set) var isSubmitting = false
  private var editors: [TextEditor]
  private var changed: Set<Int> = []
  private let initial: [String]
  /// Whether a submission was refused: the summary is shown then.
  public private(set) var wasRefused = false

  /// What a key did.
  public enum Outcome: Sendable, Equatable {
    case edited
    case moved
    /// All fields are right: send these values.
    case submitted([String: String])
    /// Fields are wrong; the first one has the focus.
    case refused
    /// The person leaves; the draft is worth keeping when something was typed.
    case left(draft: [String: String]?)
    /// The person wants an editor of their own for the field's text.
    case wantsEditor(field: String, text: String)
    case ignored
  }

  public init(_ fields: [FormField], values: [String: String] = [:]) {
    self.fields = fields
    initial = fields.map { Form.startValue(of: $0, values[$0.id]) }
    editors = zip(fields, initial).map { field, value in
      if case .area = field.kind { return TextEditor(value, isMultiline: true, lengthMax: 1 << 16) }
      return TextEditor(value)
    }
  }

  private static func startValue(of field: FormField, _ given: String?) -> String {
    switch field.kind {
    case .choice(let options):
      if let given, options.contains(given) { return given }
      return options.first ?? ""
    case .toggle: return given == "true" ? "true" : "false"
    case .text, .secret, .area: return given ?? ""
    }
  }

  // MARK: Values and drafts

  public var values: [String: String] {
    Dictionary(zip(fields, editors).map { ($0.id, $1.text) }, uniquingKeysWith: { first, _ in first })
  }

  public func value(_ id: String) -> String? {
    fields.firstIndex { $0.id == id }.map { editors[$0].text }
  }

  public mutating func setValue(_ id: String, _ text: String) {
    guard let index = fields.firstIndex(where: { $0.id == id }) else { return }
    editors[index].replaceAll(with: text)
    noteChange(index)
  }

  public var isChanged: Bool { zip(editors, initial).contains { $0.text != $1 } }

  /// What was typed, to keep for later; nothing when nothing was. Secrets are never part of it.
  public var draft: [String: String]? {
    if !isChanged { return nil }
    let kept = fields.indices.filter { fields[$0].kind != .secret }
    return Dictionary(kept.map { (fields[$0].id, editors[$0].text) }, uniquingKeysWith: { first, _ in first })
  }

  /// Puts a kept draft back. Values that the form no longer knows are ignored.
  public mutating func restore(_ draft: [String: String]) {
    for (id, text) in draft {
      guard let index = fields.firstIndex(where: { $0.id == id }) else { continue }
      if case .choice(let options) = fields[index].kind, !options.contains(text) { continue }
      editors[index].replaceAll(with: text)
      changed.insert(index)
    }
  }

  /// Shows errors that the server found on their fields.
  public mutating func refuse(_ serverErrors: [String: String]) {
    isSubmitting = false
    errors.merge(serverErrors) { _, new in new }
    wasRefused = true
    if let first = fields.firstIndex(where: { errors[$0.id] != nil }) { focus = first }
  }

  /// While a submission is under way, a second one is impossible.
  public mutating func setSubmitting(_ isSubmitting: Bool) { self.isSubmitting = isSubmitting }

  func editor(_ index: Int) -> TextEditor { editors[index] }

  // MARK: Keys

  public mutating func handle(_ key: Key) -> Outcome {
    if fields.isEmpty { return key == .escape ? .left(draft: nil) : .ignored }
    switch key {
    case .escape: return .left(draft: draft)
    case .tab: return move(by: 1)
    case .backTab: return move(by: -1)
    case .control("s"): return submit()
    case .control("e") where isArea: return .wantsEditor(field: fields[focus].id, text: editors[focus].text)
    default: break
    }
    let outcome = handleInField(key)
    if outcome != .ignored { return outcome }
    switch key {
    case .up: return move(by: -1)
    case .down: return move(by: 1)
    case .enter: return focus == fields.count - 1 ? submit() : move(by: 1)
    default: return .ignored
    }
  }

  public mutating func paste(_ text: String) -> Outcome {
    guard !fields.isEmpty else { return .ignored }
    switch fields[focus].kind {
    case .text, .secret, .area:
      editors[focus].paste(text)
      noteChange(focus)
      return .edited
    case .choice, .toggle: return .ignored
    }
  }

  /// Moves the focus to a field, as a click does.
  public mutating func focus(on index: Int) {
    guard fields.indices.contains(index) else { return }
    leaveField()
    focus = index
  }

  private var isArea: Bool {
    if case .area = fields[focus].kind { return true }
    return false
  }

  private mutating func handleInField(_ key: Key) -> Outcome {
    switch fields[focus].kind {
    case .text, .secret, .area:
      let before = editors[focus].characters
      guard editors[focus].handle(key) else { return .ignored }
      if editors[focus].characters != before { noteChange(focus) }
      return .edited
    case .toggle:
      guard key == Key(" ") else { return .ignored }
      editors[focus].replaceAll(with: editors[focus].text == "true" ? "false" : "true")
    case .choice(let options):
      guard let step = step(of: key), let now = options.firstIndex(of: editors[focus].text) else { return .ignored }
      editors[focus].replaceAll(with: options[(now + step + options.count) % options.count])
    }
    noteChange(focus)
    return .edited
  }

  private func step(of key: Key) -> Int? {
    switch key {
    case .right, Key(" "): 1
    case .left: -1
    default: nil
    }
  }

  private mutating func move(by step: Int) -> Outcome {
    leaveField()
    focus = (focus + step + fields.count) % fields.count
    return .moved
  }

  private mutating func leaveField() {
    if changed.contains(focus) { check(focus) }
  }

  /// A field that shows an error is checked again with every change, so that the error goes as soon as it can.
  private mutating func noteChange(_ index: Int) {
    changed.insert(index)
    if errors[fields[index].id] != nil { check(index) }
  }

  private mutating func check(_ index: Int) {
    let field = fields[index]
    let text = editors[index].text
    if field.isRequired, text.allSatisfy(\.isWhitespace) {
      errors[field.id] = "This is needed."
    } else {
      errors[field.id] = text.isEmpty && !field.isRequired ? nil : field.validate(text)
    }
  }

  private mutating func submit() -> Outcome {
    if isSubmitting { return .ignored }
    for index in fields.indices { check(index) }
    guard let first = fields.firstIndex(where: { errors[$0.id] != nil }) else {
      wasRefused = false
      isSubmitting = true
      return .submitted(values)
    }
    wasRefused = true
    focus = first
    return .refused
  }
}
