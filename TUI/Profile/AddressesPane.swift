// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// The address book.
struct AddressesPane: Screen {
  let moves = Moves.list
  var isWaiting: Bool { phase == .loading }
  let title = "Addresses"
  private(set) var addresses: [Address] = []
  private(set) var list = ListState()
  private(set) var phase = Phase.loading

  static let slot = "addresses"

  mutating func open(_ context: Context) -> [Step] {
    [.perform(.load(slot: AddressesPane.slot, .addresses, reload: false))]
  }

  private var current: Address? { list.selectedIndex.map { addresses[$0] } }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    func needsRow(_ extra: Bool = true, _ reason: String = "") -> Action<ActionID>.Availability {
      if current == nil { return .disabled(reason: "there is no address here") }
      return extra ? .enabled : .disabled(reason: reason)
    }
    let ships = current?.isDefaultForShipping ?? false
    let bills = current?.isDefaultForBilling ?? false
    return KeyTable([
      Action(
        .edit, name: "edit-address", keys: [Key("e"), .enter], title: "Edit the address", hint: "edit",
        availability: needsRow()),
      Action(.create, name: "new-address", keys: [Key("c")], title: "Add an address", hint: "add"),
      Action(
        .shipHere, name: "ship-here", keys: [Key("s")], title: "Ship here unless another one is named",
        hint: "ship here",
        availability: needsRow(!ships, "it is shipped here already")),
      Action(
        .billHere, name: "bill-here", keys: [Key("b")], title: "Bill here unless another one is named",
        hint: "bill here",
        availability: needsRow(!bills, "it is billed here already")),
      Action(
        .discard, name: "remove-address", keys: [Key("D")], title: "Remove the address", hint: "remove",
        availability: needsRow()),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask again"),
    ])
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .create: return [.go(.address(nil))]
    case .edit: return current.map { [.go(.address($0))] } ?? []
    case .shipHere:
      return current.map { edit(AddressPatch(address: $0.id, isDefaultForShipping: .set(true)), $0) } ?? []
    case .billHere: return current.map { edit(AddressPatch(address: $0.id, isDefaultForBilling: .set(true)), $0) } ?? []
    case .discard: return current.map(askToRemove) ?? []
    case .refresh: return reload
    default: return []
    }
  }

  private var reload: [Step] { [.perform(.load(slot: AddressesPane.slot, .addresses, reload: true))] }

  private func edit(_ patch: AddressPatch, _ address: Address) -> [Step] {
    [.perform(.identity(.account(.editAddress(patch, version: address.version))))]
  }

  private func askToRemove(_ address: Address) -> [Step] {
    let dialog = Dialog(
      title: "Remove this address?", message: "\(address.recipient), \(AddressForm.line(address.postal))",
      confirmTitle: "Remove it", cancelTitle: "Keep it")
    return [.ask(dialog, then: [.perform(.identity(.account(.removeAddress(address.id, version: address.version))))])]
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? {
    switch list.handle(key) {
    case .moved: return []
    case .activated: return perform(.edit, context)
    case .marked:
      list.clearMarks()
      return nil
    case .ignored: return nil
    }
  }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(AddressesPane.slot, _, .content(.addresses(let found), let freshness)):
      addresses = found
      list.count = found.count
      phase = .shown(freshness)
    case .loaded(AddressesPane.slot, _, .failed(let failure)): phase = .failed(failure)
    case .identity(.account(.addAddress, .success)), .identity(.account(.editAddress, .success)): return reload
    case .identity(.account(.removeAddress, .success)): return [.toast(.ok, "The address is removed.")] + reload
    case .identity(.account(.removeAddress, .failure(let failure))): return tell(failure)
    case .identity(.account(.editAddress(let patch, _), .failure(let failure))) where patch.isOnlyDefault:
      return tell(failure)
    default: break
    }
    return []
  }

  private func tell(_ failure: ClientFailure) -> [Step] {
    if failure == .cancelled { return [] }
    let isOutdated = failure.problemCode == .versionMismatch
    return [.toast(.error, isOutdated ? "It was changed elsewhere meanwhile; here it is." : failure.words)] + reload
  }

  private static let top = 2

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    var rows = area
    _ = rows.takeTop(AddressesPane.top)
    if case .activated = list.click(event.at, in: rows) { return perform(.edit, context) }
    return []
  }

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    list.setHeight(area.height - AddressesPane.top)
    return []
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    var rest = area
    let head = rest.takeTop(1)
    canvas.put(phase.heading("Addresses", context), x: head.x, y: head.y, columnsMax: head.width)
    if addresses.isEmpty {
      switch phase {
      case .failed(let failure): return StateText.draw(failure, in: rest, on: &canvas, context)
      case .loading: return
      case .shown: return StateText.draw("There is no address yet.", hint: "c adds one.", in: rest, on: &canvas)
      }
    }
    if let current { drawDetail(current.postal, in: &rest, on: &canvas) }
    let table = TableView(columns: [
      TableColumn("Who", min: 12, weight: 1, importance: 9), TableColumn("Where", min: 16, weight: 2, importance: 8),
      TableColumn("For", min: 10, importance: 5),
    ]) { index in
      let address = addresses[index]
      let who = address.label.map { "\(address.recipient) · \($0)" } ?? address.recipient
      let uses = [address.isDefaultForShipping ? "ship" : nil, address.isDefaultForBilling ? "bill" : nil]
      return [
        Span(who), Span(AddressForm.line(address.postal), .muted),
        Span(uses.compactMap { $0 }.joined(separator: " "), .ok),
      ]
    }
    table.draw(list, in: rest, on: &canvas)
  }

  /// The address under the caret as a label says it, where there is room for it below the list.
  private func drawDetail(_ postal: PostalAddress, in rest: inout Rect, on canvas: inout Canvas) {
    let place = [postal.postalCode, postal.city, postal.region].compactMap { $0 }.joined(separator: " ")
    let lines =
      [postal.recipient, postal.company].compactMap { $0 } + postal.lines
      + [place, postal.country.code, postal.phone].compactMap { $0 }
    guard rest.height > addresses.count + 1 + lines.count + 1 else { return }
    var area = rest.takeBottom(lines.count + 1)
    canvas.line(x: area.x, y: area.y, width: area.width)
    _ = area.takeTop(1)
    for line in lines { canvas.put(line, in: area.takeTop(1), .text) }
  }
}

extension AddressPatch {
  /// Whether it only makes the address a default, which no form waits for.
  fileprivate var isOnlyDefault: Bool {
    var rest = self
    rest.isDefaultForShipping = .keep
    rest.isDefaultForBilling = .keep
    return rest == AddressPatch(address: address)
  }
}
