// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The form of one product, new or known. What is typed is kept as a draft until it is sent.
struct ProductEditor: Screen {
  let product: Product?
  let shop: ShopReference
  private(set) var form: Form
  private(set) var submitted: Change?
  private(set) var hasDraft = false
  /// The field whose value is asked for, in lines.
  var asking: Int?
  private var currency: Currency
  private var categories: [String] = []

  init(product: Product?, shop: ShopReference) {
    self.product = product
    self.shop = shop
    currency = product?.price.currency ?? .eur
    form = Form([])
    form = makeForm()
  }

  var title: String { product.map { "Edit \($0.title)" } ?? "New product" }
  var isTyping: Bool { true }
  private var draftName: String { product.map { "edit \($0.id)" } ?? "new in \(shop.slug)" }
  private var timer: String { "draft \(draftName)" }

  private func makeForm() -> Form {
    let isKnown = product.map { categories.contains($0.category) } ?? true
    let fields = ProductForm.fields(
      isNew: product == nil, isArchived: product?.status == .archived, currency: currency,
      categories: isKnown ? categories : [])
    return Form(fields, values: product.map(ProductForm.values) ?? ["status": "draft"])
  }

  /// Builds the form again when what it is made of has come, with what was typed so far in it.
  private mutating func remakeForm() {
    let typed = form.draft
    let focus = form.focus
    form = makeForm()
    if let typed { form.restore(typed) }
    form.focus(on: focus)
  }

  mutating func open(_ context: Context) -> [Step] {
    var steps: [Step] = [
      .perform(.readDraft(name: draftName)), .perform(.load(slot: "categories", .categories, reload: false)),
    ]
    if product == nil { steps.append(.perform(.load(slot: "shop-\(shop.slug)", .shop(shop.slug), reload: false))) }
    return steps
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    KeyTable([
      Action(.save, name: "save", keys: [.control("s")], title: "Send it to the shop", hint: "save"),
      Action(.move, name: "next-field", keys: [], title: "Next field: tab, back: shift-tab"),
      Action(.back, name: "leave", keys: [.escape], title: "Leave; what was typed is kept", hint: "leave, draft kept"),
      Action(
        .discard, name: "discard", keys: [], title: "Throw the draft away",
        availability: form.isChanged ? .enabled : .disabled(reason: "nothing was typed")),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .save: return handle(.control("s"), context) ?? []
    case .back: return handle(.escape, context) ?? []
    case .discard:
      form = makeForm()
      return [.cancel(key: timer), .perform(.dropDraft(name: draftName)), .toast(.info, "The draft is gone.")]
    default: return []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    if key == .control("p") || key == Key(.function(1)) { return nil }
    switch form.handle(key) {
    case .edited: return [.later(.milliseconds(400), key: timer, .due(timer))]
    case .moved, .refused: return []
    case .submitted(let values): return submit(values)
    case .left(let draft):
      let keep: [Step] =
        draft.map {
          [.perform(.keepDraft(name: draftName, $0)), .toast(.info, "What you typed is kept as a draft.")]
        } ?? []
      return [.cancel(key: timer)] + keep + [.back]
    case .wantsEditor(let field, let text): return [.edit(key: "field \(field)", text: text, suffix: ".md")]
    case .ignored: return nil
    }
  }

  /// Puts a whole answer into a field; says when it is none of the field's choices.
  mutating func fill(_ field: FormField, _ text: String) -> [Step] {
    if case .choice(let choices) = field.kind, !choices.contains(text) {
      return [.toast(.warning, "\(field.label) is one of \(choices.joined(separator: ", ")).")]
    }
    form.setValue(field.id, text)
    return [.later(.milliseconds(400), key: timer, .due(timer))]
  }

  mutating func paste(_ text: String, _ context: Context) -> [Step] {
    _ = form.paste(text)
    return [.later(.milliseconds(400), key: timer, .due(timer))]
  }

  private mutating func submit(_ values: [String: String]) -> [Step] {
    let change: Change
    let faults: [FieldError]
    if let product {
      let patch = ProductForm.patch(values, of: product)
      if patch == ProductPatch(product: product.id) {
        form.setSubmitting(false)
        return [.toast(.info, "Nothing was changed."), .perform(.dropDraft(name: draftName)), .back]
      }
      (change, faults) = (.editProduct(patch), patch.faults)
    } else {
      let draft = ProductForm.draft(values, shop: shop.slug, currency)
      (change, faults) = (.createProduct(draft), draft.faults)
    }
    if !faults.isEmpty {
      form.refuse(ProductForm.errorsByField(faults))
      return []
    }
    submitted = change
    return [.cancel(key: timer), .perform(.submit(change, seen: product))]
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .draft(draftName, let fields):
      if form.isChanged { return [] }
      form.restore(fields)
      hasDraft = form.isChanged
      return hasDraft ? [.toast(.info, "Your draft is back. The palette throws it away.")] : []
    case .loaded("categories", _, .content(.categories(let found), _)):
      // Only places without others below them hold products.
      let paths = found.map(\.path)
      let leaves = paths.filter { path in !paths.contains { $0.hasPrefix(path + "/") } }
      if leaves != categories {
        categories = leaves
        remakeForm()
      }
      return []
    case .loaded("shop-\(shop.slug)", _, .content(.shop(let found), _)) where product == nil:
      if found.currency != currency {
        currency = found.currency
        remakeForm()
      }
      return []
    case .due(timer): return keepDrafts()
    case .edited(let key, let text?) where key.hasPrefix("field "):
      form.setValue(String(key.dropFirst(6)), text)
      return [.later(.milliseconds(400), key: timer, .due(timer))]
    case .sent(let report) where report.change.change == submitted: return take(report)
    default: return []
    }
  }

  func keepDrafts() -> [Step] { form.draft.map { [.perform(.keepDraft(name: draftName, $0))] } ?? [] }

  private mutating func take(_ report: SendReport) -> [Step] {
    form.setSubmitting(false)
    switch report.outcome {
    // Sent or safely queued: the outbox has it now.
    case .sent, .waiting, .held: return [.perform(.dropDraft(name: draftName)), .back]
    case .conflict: return []
    case .refused(_, let errors):
      form.refuse(ProductForm.errorsByField(errors))
      submitted = nil
      // The form holds what was typed, so the queue need not.
      return [.perform(.discard(report.change.id))]
    }
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    guard event.action == .press else { return [] }
    if let index = FormView().field(at: event.at, in: formArea(area), of: form) { form.focus(on: index) }
    return []
  }

  private func formArea(_ area: Rect) -> Rect {
    var rest = area
    _ = rest.takeTop(1)
    return Rect(x: rest.x, y: rest.y, width: min(rest.width, 100), height: rest.height)
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var head: [Span] = [Span(title, .heading)]
    if let product { head += [Span("  \(product.sku)", .muted)] }
    if form.isChanged { head.append(Span("  changed", .warn)) }
    if let note = product.flatMap(ReviewWords.note) { head += [Span("  "), note] }
    canvas.put(head, x: area.x, y: area.y, columnsMax: area.width)
    FormView(labelWidth: 16).draw(form, in: formArea(area), on: &canvas)
  }
}
