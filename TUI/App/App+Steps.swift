// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What screens want done becomes commands.
extension App {
  mutating func carryOut(_ steps: [Step]) -> [Command<Effect, Message>] {
    var commands: [Command<Effect, Message>] = []
    var queue = steps[...]
    while let step = queue.popFirst() {
      switch step {
      case .perform(let effect): commands.append(.perform(effect))
      case .go(let route): queue = (open(route) + queue)[...]
      case .back: queue = (goBack() + queue)[...]
      case .toast(let kind, let text): commands += show(toasts.show(kind, text))
      case .undoable(let text, let undo):
        let toast = toasts.show(.ok, text, undo: text)
        undos[toast.id] = undo
        commands += show(toast)
      case .later(let delay, let key, let message): commands.append(.after(delay, key: key, message))
      case .cancel(let key): commands.append(.cancel(key: key))
      case .copy(let text): commands.append(.copy(text))
      case .edit(let key, let text, let suffix): commands.append(.edit(key: key, text: text, suffix: suffix))
      case .choose(let title, let table): overlay = .menu(ActionMenu(title: title, table: table))
      case .bulk(let deed, let items, let undo):
        context.bulk = BulkRun(deed: deed, items, at: context.now, undo: undo)
        commands.append(.perform(.submitAll(items)))
      case .ask(let dialog, let then): overlay = .question(dialog, then)
      case .prove(let demand): queue = (self.ask(demand) + queue)[...]
      case .enrol: queue = (enrol() + queue)[...]
      case .wish(let card): queue = (toggleWish(card) + queue)[...]
      case .compare(let card): queue = (toggleCompared(card) + queue)[...]
      case .compareNone: context.compared = []
      case .quit: commands.append(.quit)
      }
    }
    return commands
  }

  private func show(_ toast: Toast) -> [Command<Effect, Message>] {
    toast.duration.map { [.after($0, key: "toast-\(toast.id)", .toastOver(toast.id))] } ?? []
  }

  private mutating func open(_ route: Route) -> [Step] {
    switch route {
    case .product(let card): push(ProductScreen(card: card))
    case .productByID(let id): push(ProductScreen(id: id))
    case .shop(let reference): push(ShopScreen(reference))
    case .editor(let product, let shop): push(ProductEditor(product: product, shop: shop))
    case .section(let section): go(to: section)
    case .address(let address): push(AddressEditor(address))
    case .wishes: push(WishesScreen())
    case .comparison(let choice): push(CompareScreen(choice))
    case .newKey: push(KeyEditor(shops: context.session?.account.shops ?? []))
    case .review(let item, let queue): push(ReviewScreen(item, queue: queue))
    }
  }
}
