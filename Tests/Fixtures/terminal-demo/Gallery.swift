// SPDX-License-Identifier: GPL-3.0-or-later
public import Terminal

/// Every widget of the kit on a few pages: what the eye tests look at.
public struct Gallery: Program {
  public enum Message: Sendable, Equatable {
    case progress(Int)
    case toastEnded(Int)
  }
  public enum Effect: Sendable, Equatable {
    case count
  }
  enum Deed: Hashable, Sendable {
    case next, previous, quit, suspend, trap, count, remove, grave, theme, help, palette, undo, edit, copy, ship
  }

  var list = ListState(count: 200)
  var form = Gallery.newForm
  var page = 0
  var percent = 0
  var size = Size(columns: 0, rows: 0)
  var toasts = Toasts()
  var dialog: Dialog?
  var menu: ActionMenu<Deed>?
  var recent: [Deed] = []
  var scroll = ScrollState()
  var themeIndex = 0
  var note = "Nothing edited yet."
  var pictureMode = PictureMode.symbols
  var picture: Picture?
  var madeFor: (Size, PictureMode)?

  public init() {}

  public var theme: Theme { Theme.all[themeIndex] }

  static let pages = ["Table", "Form", "Details", "Figures", "Text", "Picture"]

  static let keys = KeyTable<Deed>([
    Action(.next, name: "next-page", keys: [Key("]")], title: "Next page", hint: "next", group: "Pages"),
    Action(.previous, name: "previous-page", keys: [Key("[")], title: "Previous page", hint: "back", group: "Pages"),
    Action(.count, name: "count", keys: [Key("c")], title: "Count to a hundred", hint: "count", group: "Do"),
    Action(.remove, name: "remove", keys: [Key("D")], title: "Remove the marked rows", hint: "remove", group: "Do"),
    Action(.grave, name: "close", keys: [Key("X")], title: "Close the account", group: "Do"),
    Action(
      .ship, name: "ship", keys: [Key("s")], title: "Ship the row", group: "Do",
      availability: .disabled(reason: "not paid yet")),
    Action(.undo, name: "undo", keys: [Key("u")], title: "Take the last removal back", group: "Do"),
    Action(.edit, name: "edit", keys: [Key("e")], title: "Edit a note in your editor", group: "Do"),
    Action(.copy, name: "copy", keys: [Key("y")], title: "Copy the row's number", group: "Do"),
    Action(.theme, name: "theme", keys: [Key("t")], title: "Change the theme", hint: "theme", group: "Screen"),
    Action(.suspend, name: "suspend", keys: [.control("z")], title: "Suspend", group: "Screen"),
    Action(.trap, name: "trap", keys: [Key("!")], title: "Fall into a trap", group: "Screen"),
    Action(.help, name: "help", keys: [Key("?"), Key(.function(1))], title: "Help for this screen", group: "Screen"),
    Action(.palette, name: "palette", keys: [.control("p"), Key(":")], title: "All commands", group: "Screen"),
    Action(.quit, name: "quit", keys: [Key("q"), .control("c")], title: "Quit", hint: "quit", group: "Screen"),
  ])

  static var newForm: Form {
    Form([
      FormField("name", label: "Name", hint: "As it stands on the parcel", isRequired: true),
      FormField("post", label: "Postcode", hint: "Five digits", kind: .text(placeholder: "75001")) {
        $0.count == 5 && $0.allSatisfy(\.isNumber) ? nil : "Five digits, please."
      },
      FormField("land", label: "Country", kind: .choice(["France", "Italy", "Japan"])),
      FormField("gift", label: "Gift wrap", hint: "Space switches", kind: .toggle),
      FormField("pin", label: "PIN", kind: .secret),
      FormField("note", label: "Note", hint: "ctrl-e opens your editor", kind: .area(rows: 3)),
    ])
  }

  public mutating func update(_ input: Input<Message>) -> [Command<Effect, Message>] {
    defer { makePicture() }
    switch input {
    case .message(.progress(let percent)): self.percent = percent
    case .message(.toastEnded(let id)): toasts.dismiss(id)
    case .event(.resize(let size)):
      self.size = size
      list.setHeight(max(1, size.rows - 7))
      scroll.fit(total: text(width: size.columns - 4).count, height: size.rows - 6)
    case .event(.pictures(let mode)): pictureMode = mode
    case .event(.key(let key)): return press(key)
    case .event(.paste(let text, _)):
      if page == 1 { _ = form.paste(text) } else { return show(.warning, "A paste outside a field is ignored.") }
    case .event(.mouse(let mouse)):
      if mouse.action == .wheelDown { list.scroll(by: 3) }
      if mouse.action == .wheelUp { list.scroll(by: -3) }
    case .event(.edited(_, let text)): note = text ?? "The editor failed."
    case .event: break
    }
    return []
  }

  private mutating func press(_ key: Key) -> [Command<Effect, Message>] {
    if dialog != nil { return pressInDialog(key) }
    if menu != nil { return pressInMenu(key) }
    if page == 1 {
      switch form.handle(key) {
      case .left(let draft):
        page = 0
        return draft == nil ? [] : show(.info, "The draft is kept.")
      case .submitted:
        form = Gallery.newForm
        page = 0
        return show(.ok, "Saved.")
      case .wantsEditor(let field, let text): return [.edit(key: field, text: text, suffix: ".md")]
      case .edited, .moved, .refused, .ignored: return []
      }
    }
    switch Gallery.keys.match(key) {
    case .action(let deed): return perform(deed)
    case .refused(let reason): return show(.error, "Not now: \(reason).")
    case .none: break
    }
    if page == 4, scroll.handle(key) { return [] }
    if key == .escape, toasts.dismissError() { return [] }
    _ = list.handle(key)
    return []
  }

  private mutating func pressInDialog(_ key: Key) -> [Command<Effect, Message>] {
    guard let outcome = dialog?.handle(key), outcome != .pending else { return [] }
    dialog = nil
    if outcome == .cancelled { return [] }
    let count = list.targets.count
    list.clearMarks()
    return show(.ok, "Removed \(count) rows", undo: "removal")
  }

  private mutating func pressInMenu(_ key: Key) -> [Command<Effect, Message>] {
    switch menu?.handle(key) {
    case .chosen(let deed):
      menu = nil
      recent = [deed] + recent.filter { $0 != deed }
      return perform(deed)
    case .refused(let reason): return show(.error, "Not now: \(reason).")
    case .closed: menu = nil
    case .pending, nil: break
    }
    return []
  }

  private mutating func perform(_ deed: Deed) -> [Command<Effect, Message>] {
    switch deed {
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .trap: preconditionFailure("asked for")
    case .count: return [.perform(.count)]
    case .next: page = (page + 1) % Gallery.pages.count
    case .previous: page = (page + Gallery.pages.count - 1) % Gallery.pages.count
    case .theme: themeIndex = (themeIndex + 1) % Theme.all.count
    case .help: menu = ActionMenu(title: "Help · Gallery", table: Gallery.keys)
    case .palette: menu = ActionMenu(title: "Commands", table: Gallery.keys, recent: recent)
    case .undo: return toasts.takeUndo() == nil ? [] : show(.info, "Taken back.")
    case .edit: return [.edit(key: "note", text: note, suffix: ".txt")]
    case .copy: return [.copy("#\(1000 + list.selected)")] + show(.info, "Copied #\(1000 + list.selected).")
    case .ship: return []
    case .remove:
      dialog = Dialog(
        title: "Remove rows", message: "Remove \(list.targets.count) rows? Their numbers are not used again.",
        confirmTitle: "Remove \(list.targets.count)")
    case .grave:
      dialog = Dialog(
        title: "Close the account", message: "Everything in it is gone for good, and nobody can bring it back.",
        confirmTitle: "Close it", confirmation: "close")
    }
    return []
  }

  private mutating func show(_ kind: Toast.Kind, _ text: String, undo: String? = nil) -> [Command<Effect, Message>] {
    let toast = toasts.show(kind, text, undo: undo)
    guard let duration = toast.duration else { return [] }
    return [.after(duration, key: "toast-\(toast.id)", .toastEnded(toast.id))]
  }
}
