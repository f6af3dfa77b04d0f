// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The form of one address, new or known.
struct AddressEditor: Screen {
  let address: Address?
  var form: DraftedForm

  init(_ address: Address?) {
    self.address = address
    let values = address.map(AddressForm.values) ?? [:]
    form = DraftedForm(address.map { "address \($0.id)" } ?? "new address", AddressForm.fields, values: values)
  }

  var title: String { address == nil ? "New address" : "Edit address" }
  var isTyping: Bool { true }

  mutating func open(_ context: Context) -> [Step] { form.open }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    KeyTable([
      Action(.save, name: "save", keys: [.control("s")], title: "Save the address", hint: "save"),
      Action(.move, name: "next-field", keys: [], title: "Next field: tab, back: shift-tab"),
      Action(.back, name: "leave", keys: [.escape], title: "Leave; what was typed is kept", hint: "leave, draft kept"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    action == .save ? handle(.control("s"), context) ?? [] : []
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch form.handle(key) {
    case .steps(let steps): return steps
    case .submitted(let values): return submit(values)
    case .left(let steps): return steps + [.back]
    case .ignored: return nil
    }
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] { form.paste(text) }
  func keepDrafts() -> [Step] { form.keep }

  private mutating func submit(_ values: [String: String]) -> [Step] {
    guard let draft = AddressForm.draft(values) else { return [] }
    let faults = draft.faults
    if !faults.isEmpty { return form.refuse(faults, fieldOf: AddressForm.field) }
    guard let address else { return [.perform(.identity(.account(.addAddress(draft))))] }
    let patch = AddressForm.patch(draft, of: address)
    if patch == AddressPatch(address: address.id) {
      return form.drop + [.toast(.info, "Nothing was changed."), .back]
    }
    return [.perform(.identity(.account(.editAddress(patch, version: address.version))))]
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .identity(.account(.addAddress, let result)) where address == nil: return take(result)
    case .identity(.account(.editAddress(let patch, _), let result)) where patch.address == address?.id:
      return take(result)
    default: return form.receive(message)
    }
  }

  private mutating func take(_ result: Result<AccountAnswer, ClientFailure>) -> [Step] {
    guard form.form.isSubmitting else { return [] }
    switch result {
    case .success: return form.drop + [.toast(.ok, "Saved."), .back]
    case .failure(let failure):
      if failure.problemCode == .versionMismatch {
        form.settle()
        return [.toast(.error, "It was changed elsewhere meanwhile. Leave, look and edit again; your draft is kept.")]
      }
      return form.refuse(failure, fieldOf: AddressForm.field)
    }
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    guard event.action == .press else { return [] }
    if let index = FormView().field(at: event.at, in: formArea(area), of: form.form) { form.focus(on: index) }
    return []
  }

  private func formArea(_ area: Rect) -> Rect {
    var rest = area
    _ = rest.takeTop(1)
    return Rect(x: rest.x, y: rest.y, width: min(rest.width, 90), height: rest.height)
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var head: [Span] = [Span(title, .heading)]
    if form.form.isChanged { head.append(Span("  changed", .warn)) }
    canvas.put(head, x: area.x, y: area.y, columnsMax: area.width)
    FormView(labelWidth: 14).draw(form.form, in: formArea(area), on: &canvas)
  }
}
