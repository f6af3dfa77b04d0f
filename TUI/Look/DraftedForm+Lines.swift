// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// A form field by field, in lines.
extension DraftedForm {
  func outline(_ title: String) -> [OutlineLine] {
    let first = OutlineLine(title + (form.isChanged ? ", changed" : ""))
    if let asking { return [first, OutlineLine(form.fields[asking].hint)].filter { !$0.text.isEmpty } }
    return [first, OutlineLine("A number changes a field; save sends it; leave keeps a draft.")]
      + form.fields.enumerated().map { index, field in
        let value = form.value(field.id) ?? ""
        let error = form.errors[field.id].map { " — \($0)" } ?? ""
        return OutlineLine("\(field.label): \(value.isEmpty ? "nothing" : value)\(error)", choice: "\(index + 1)")
      }
  }

  var prompt: String? {
    asking.map { index in
      let field = form.fields[index]
      let now = form.value(field.id) ?? ""
      return "\(field.label), now \(now.isEmpty ? "nothing" : now). Return keeps it, - empties it."
    }
  }

  /// Asks for the field of a number; false when there is none.
  mutating func ask(_ number: String) -> Bool {
    guard let number = Int(number), form.fields.indices.contains(number - 1) else { return false }
    asking = number - 1
    return true
  }

  mutating func answer(_ text: String) -> [Step] {
    guard let index = asking else { return [] }
    asking = nil
    return text.isEmpty ? [] : fill(form.fields[index], text == "-" ? "" : text)
  }

  private mutating func fill(_ field: FormField, _ text: String) -> [Step] {
    switch field.kind {
    case .choice(let choices) where !choices.contains(text):
      return [.toast(.warning, "\(field.label) is one of \(choices.joined(separator: ", ")).")]
    case .toggle: return setValue(field.id, ["y", "yes", "true", "on"].contains(text.lowercased()) ? "true" : "false")
    default: return setValue(field.id, text)
    }
  }
}
