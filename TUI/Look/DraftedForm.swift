// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// A form whose text is kept as a draft until it was taken: what a screen does with its keys and messages.
struct DraftedForm: Sendable {
  let name: String
  private(set) var form: Form
  /// In lines: the field that is asked for.
  var asking: Int?

  /// What a key led to.
  enum Outcome: Sendable, Equatable {
    case steps([Step])
    case submitted([String: String])
    /// The person goes; the steps keep what was typed.
    case left([Step])
    case ignored
  }

  init(_ name: String, _ fields: [FormField], values: [String: String] = [:]) {
    self.name = name
    form = Form(fields, values: values)
  }

  private var timer: String { "draft \(name)" }
  private static let pause = Duration.milliseconds(400)
  private var keepSoon: Step { .later(DraftedForm.pause, key: timer, .due(timer)) }

  var open: [Step] { [.perform(.readDraft(name: name))] }
  var keep: [Step] { form.draft.map { [.perform(.keepDraft(name: name, $0))] } ?? [] }
  /// What was typed has arrived or is not wanted: nothing is kept.
  var drop: [Step] { [.cancel(key: timer), .perform(.dropDraft(name: name))] }

  mutating func handle(_ key: Key) -> Outcome {
    if key == .control("p") || key == Key(.function(1)) { return .ignored }
    switch form.handle(key) {
    case .edited: return .steps([keepSoon])
    case .moved, .refused: return .steps([])
    case .submitted(let values): return .submitted(values)
    case .left:
      let words: [Step] = form.isChanged ? [.toast(.info, "What you typed is kept as a draft.")] : []
      return .left([.cancel(key: timer)] + keep + words)
    case .wantsEditor, .ignored: return .ignored
    }
  }

  mutating func paste(_ text: String) -> [Step] { form.paste(text) == .edited ? [keepSoon] : [] }

  mutating func receive(_ message: Message) -> [Step] {
    switch message {
    case .draft(name, let fields):
      if form.isChanged { return [] }
      form.restore(fields)
      return form.isChanged ? [.toast(.info, "Your draft is back.")] : []
    case .due(timer): return keep
    default: return []
    }
  }

  /// Shows what is wrong on the fields; what belongs to none is told.
  mutating func refuse(_ failure: ClientFailure, fieldOf name: (String) -> String? = { $0 }) -> [Step] {
    form.setSubmitting(false)
    guard case .refused(let problem) = failure, let errors = problem.errors, !errors.isEmpty else {
      return [.toast(.error, failure.words)]
    }
    return refuse(errors, fieldOf: name)
  }

  mutating func refuse(_ errors: [FieldError], fieldOf name: (String) -> String? = { $0 }) -> [Step] {
    var byField: [String: String] = [:]
    var others: [String] = []
    for error in errors {
      let pointed = error.pointer.split(separator: "/").first.map(String.init) ?? ""
      if let field = name(pointed), form.fields.contains(where: { $0.id == field }) {
        byField[field] = byField[field] ?? error.detail
      } else {
        others.append(error.detail)
      }
    }
    form.refuse(byField)
    return others.map { .toast(.error, $0) }
  }

  mutating func setValue(_ id: String, _ text: String) -> [Step] {
    form.setValue(id, text)
    return [keepSoon]
  }

  mutating func focus(on index: Int) { form.focus(on: index) }
  mutating func settle() { form.setSubmitting(false) }
}
