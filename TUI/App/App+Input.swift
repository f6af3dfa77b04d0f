// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension App {
  /// Every action of this moment: the front screen's, then those of lists, then the app's.
  var keys: KeyTable<ActionID> { table(context.keys) }

  private func table(_ own: [String: [Key]]) -> KeyTable<ActionID> {
    let outer = AppKeys.table(context, workspace: workspace, depth: stack.count, hasUndo: !undos.isEmpty)
    let tables = KeyTable.with(own, [front.actions(context), AppKeys.moves(front.moves), outer])
    return tables[0].over(tables[1]).over(tables[2])
  }

  mutating func press(_ key: Key) -> [Command<Effect, Message>] {
    if proof != nil { return pressProof(key) }
    if overlay != nil { return pressOverlay(key) }
    if key == .control("c") { return leave() }
    if front.isTyping {
      guard let key = standardKey(for: key) else { return [] }
      if let steps = pressFront(key) { return carryOut(steps) }
    }
    if key == .escape, toasts.dismissError() { return [] }
    switch keys.match(key) {
    case .action(.back) where toasts.dismissError(): return []
    case .action(let action): return perform(action)
    case .refused(let reason): return carryOut([.toast(.warning, "Not now: \(reason).")])
    case .none: break
    }
    return front.isTyping || isGivenUp(key) ? [] : carryOut(pressFront(key) ?? [])
  }

  /// Fields know the keys they came with: a person's own key is turned into that, and one that was given up into none.
  private func standardKey(for key: Key) -> Key? {
    if context.keys.isEmpty || key.text != nil { return key }
    let standard = front.actions(context)
    if case .action(let action) = KeyTable.with(context.keys, [standard])[0].match(key) {
      return standard[action]?.keys.first ?? key
    }
    return standard.match(key) == .none ? key : nil
  }

  /// Whether the person has given the key's action another key.
  private func isGivenUp(_ key: Key) -> Bool { !context.keys.isEmpty && table([:]).match(key) != .none }

  private mutating func pressFront(_ key: Key) -> [Step]? {
    var screen = front
    let steps = screen.handle(key, context)
    replaceFront(screen)
    return steps
  }

  mutating func perform(_ action: ActionID) -> [Command<Effect, Message>] {
    if let move = Move.all.first(where: { $0.id == action }) { return carryOut(pressFront(move.standard) ?? []) }
    note(action)
    switch action {
    case .help: overlay = .menu(ActionMenu(title: "Help · \(front.title)", table: keys, recent: []))
    case .palette: overlay = .menu(ActionMenu(title: "Commands", table: keys, recent: recentActions))
    case .back: return carryOut(goBack())
    case .buy: return carryOut(enter(.buy))
    case .sell: return carryOut(enter(.sell))
    case .moderate: return carryOut(enter(.moderate))
    case .manage: return carryOut(enter(.manage))
    case .section1, .section2, .section3, .section4:
      let ids: [ActionID] = [.section1, .section2, .section3, .section4]
      guard let index = ids.firstIndex(of: action), index < workspace.sections.count else { return [] }
      return carryOut(go(to: workspace.sections[index]))
    case .nextSection, .previousSection: return carryOut(goBeside(action == .nextSection ? 1 : -1))
    case .wishes: return carryOut(front is WishesScreen ? [] : [.go(.wishes)])
    case .compare: return carryOut(context.comparison.map { [.go(.comparison($0))] } ?? [])
    case .undo: return carryOut(undo())
    case .nextTheme: return carryOut(nextTheme())
    case .mouse: return carryOut(toggleMouse())
    case .togglePictures: return carryOut(togglePictures())
    case .log: overlay = .log
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .quit: return leave()
    default:
      var screen = front
      let steps = screen.perform(action, context)
      replaceFront(screen)
      return carryOut(steps)
    }
    return []
  }

  private mutating func goBeside(_ step: Int) -> [Step] {
    let sections = workspace.sections
    guard let now = sections.firstIndex(of: section) else { return [] }
    return go(to: sections[(now + step + sections.count) % sections.count])
  }

  /// Asks only when something has not gone out yet.
  private mutating func leave() -> [Command<Effect, Message>] {
    let unsent = context.queue.count
    if unsent == 0 { return [.quit] }
    overlay = .question(
      Dialog(
        title: "Leave souk?",
        message:
          "\(Words.count(unsent, "change has", "changes have")) not gone out yet. They are kept on this computer "
          + "and sent when souk runs again.", confirmTitle: "Leave", cancelTitle: "Stay"), [.quit])
    return []
  }

  private mutating func undo() -> [Step] {
    guard toasts.takeUndo() != nil, let newest = undos.keys.max(), let undo = undos.removeValue(forKey: newest) else {
      return []
    }
    switch undo {
    case .archive(let product):
      let address = ProductAddress(product: product.id)
      if let queued = queuedArchive(of: product) {
        return [
          .perform(.takeBack(queued, orElse: .restoreProduct(address), seen: archived(product))),
          .toast(.info, "\(product.title) stays."),
        ]
      }
      return [.perform(.submit(.restoreProduct(address), seen: archived(product)))]
    case .archiveAll(let products):
      let takeBacks = products.compactMap { product in
        queuedArchive(of: product).map { queued in
          Step.perform(
            .takeBack(queued, orElse: .restoreProduct(ProductAddress(product: product.id)), seen: archived(product)))
        }
      }
      let sent = products.filter { queuedArchive(of: $0) == nil }.map { product in
        BulkEdit.Plan.Item(
          product: archived(product), change: .restoreProduct(ProductAddress(product: product.id)))
      }
      return takeBacks + (sent.isEmpty ? [] : [.bulk("Brought back", sent, undo: nil)])
    }
  }

  private func queuedArchive(of product: Product) -> QueuedChange? {
    let change = Change.archiveProduct(ProductAddress(product: product.id))
    return context.queue.last { $0.change == change }
  }

  /// Archiving makes the next version.
  private func archived(_ product: Product) -> Product {
    var archived = Change.archiveProduct(ProductAddress(product: product.id)).applied(to: product)
    archived.version += 1
    return archived
  }

  // MARK: Overlays

  private mutating func pressOverlay(_ key: Key) -> [Command<Effect, Message>] {
    guard let open = overlay else { return [] }
    switch open {
    case .menu(var menu):
      let outcome = menu.handle(key)
      overlay = .menu(menu)
      switch outcome {
      case .pending: return []
      case .closed: overlay = nil
      case .refused(let reason):
        overlay = nil
        return carryOut([.toast(.warning, "Not now: \(reason).")])
      case .chosen(let action):
        overlay = nil
        return perform(action)
      }
    case .question(var dialog, let then):
      let outcome = dialog.handle(key)
      overlay = outcome == .pending ? .question(dialog, then) : nil
      return outcome == .confirmed ? carryOut(then) : []
    case .conflict(var dialog):
      let choice = dialog.handle(key)
      overlay = choice == .pending ? .conflict(dialog) : nil
      return carryOut(resolve(dialog, choice))
    case .log: if key == .escape || key == .enter || key == Key("q") { overlay = nil }
    }
    return []
  }

  private func resolve(_ dialog: ConflictDialog, _ choice: ConflictDialog.Choice) -> [Step] {
    switch choice {
    case .pending, .later: []
    case .mine: [.perform(.rebase(dialog.change, onto: dialog.theirs))]
    case .theirs: [.perform(.discard(dialog.change.id)), .toast(.info, "Kept what is there now.")]
    }
  }

  // MARK: Paste and mouse

  mutating func paste(_ text: String, isCut: Bool) -> [Command<Effect, Message>] {
    if proof != nil { return pasteProof(text) }
    if case .menu(var menu) = overlay {
      menu.paste(text)
      overlay = .menu(menu)
      return []
    }
    if overlay != nil { return [] }
    guard front.isTyping else {
      return carryOut([.toast(.info, "Pasting works in text fields; here nothing was pasted.")])
    }
    var screen = front
    var steps = screen.paste(text, context)
    replaceFront(screen)
    if isCut { steps.append(.toast(.warning, "The pasted text was too long and has been cut.")) }
    return carryOut(steps)
  }

  mutating func mouse(_ event: MouseEvent) -> [Step] {
    if overlay != nil || proof != nil { return [] }
    let frame = Frame(context.size)
    if frame.body.contains(event.at) {
      var screen = front
      let steps = screen.click(event, in: frame.body, context)
      replaceFront(screen)
      return steps
    }
    guard event.action == .press else { return [] }
    if let index = frame.tab(at: event.at, self), index < workspace.sections.count {
      return go(to: workspace.sections[index])
    }
    if frame.header.contains(event.at), event.at.x < 24 {
      return enter(workspace.next(for: context.session?.account))
    }
    return []
  }
}
