// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension App {
  /// Puts a product on the default list, or takes it off; shown at once, and taken back when it fails.
  mutating func toggleWish(_ card: ProductCard) -> [Step] {
    let isOn = context.wished.insert(card.id).inserted
    if !isOn { context.wished.remove(card.id) }
    return [.perform(.wishes(.set(WishTarget(card), isOn: isOn)))]
  }

  /// Takes a product into the comparison, or out of it.
  mutating func toggleCompared(_ card: ProductCard) -> [Step] {
    if let index = context.compared.firstIndex(where: { $0.id == card.id }) {
      context.compared.remove(at: index)
      return [.toast(.info, "Not compared: \(card.title).")]
    }
    if context.compared.count >= Comparison.countAllowed.upperBound {
      return [.toast(.warning, "Six products are compared already. Take one out first.")]
    }
    context.compared.append(card)
    let key = context.key("compare", standard: Key("C"))
    let hint = context.compared.count > 1 ? " \(key) shows them side by side." : " Take in another."
    return [.toast(.info, "To compare: \(card.title).\(hint)")]
  }

  mutating func receive(_ news: WishNews) -> [Step] {
    var steps: [Step] = []
    switch news {
    case .known(let known): context.wished = known
    case .set(let target, let isOn, let trouble):
      let isDefault = target.list == nil || target.list == context.defaultList
      if isDefault, isOn == (trouble == nil) { context.wished.insert(target.product) }
      if isDefault, isOn != (trouble == nil) { context.wished.remove(target.product) }
      if let trouble {
        steps.append(.toast(.error, "\(target.title) was not changed: \(trouble)"))
      } else {
        steps.append(.toast(.ok, isOn ? "On your wishlist: \(target.title)." : "Off your wishlist: \(target.title)."))
      }
    case .joined(let join): if let words = join.words { steps.append(.toast(join.left > 0 ? .warning : .ok, words)) }
    case .forgotten(let trouble):
      steps.append(trouble.map { .toast(.error, $0) } ?? .toast(.ok, "What you looked at is forgotten."))
    case .listEdited(let list, let trouble):
      if let trouble {
        steps.append(.toast(.error, trouble))
      } else {
        let isShared = list?.share != nil
        steps.append(
          .toast(
            .ok,
            isShared
              ? "Shared. \(context.key("copy-link", standard: Key("Y"))) copies the link." : "The link has ended."))
      }
    case .shelf: break
    }
    return steps + tell(.wishes(news))
  }
}

extension Context {
  /// The default list of whoever is signed in.
  var defaultList: Wishlist.ID? { session.map { Wishlist.defaultID(of: $0.account.id) } }

  /// A product's title in a list, behind the signs of being wished for, unless the list says so, and of being compared.
  func title(_ card: ProductCard, isWishKnown: Bool = false) -> Span {
    let wish = !isWishKnown && wished.contains(card.id) ? "♥ " : ""
    let mark = compared.contains { $0.id == card.id } ? "= " : ""
    return Span(wish + mark + card.title)
  }

  /// The same to be read out.
  func spokenSigns(_ id: Product.ID) -> [String] {
    [wished.contains(id) ? "on your wishlist" : nil, compared.contains { $0.id == id } ? "to compare" : nil]
      .compactMap { $0 }
  }
}

/// The actions that every screen with products has.
enum WishActions {
  static func actions(_ card: ProductCard?, _ context: Context) -> [Action<ActionID>] {
    let needsCard: Action<ActionID>.Availability =
      card == nil ? .disabled(reason: "there is no product here") : .enabled
    let isWished = card.map { context.wished.contains($0.id) } ?? false
    return [
      Action(
        .wish, name: "wish", keys: [Key("w")], title: isWished ? "Take it off my wishlist" : "Put it on my wishlist",
        hint: "wish", availability: needsCard),
      Action(
        .compareMark, name: "compare-mark", keys: [Key("c")], title: "Take it into the comparison, or out of it",
        availability: needsCard),
    ]
  }

  static func perform(_ action: ActionID, _ card: ProductCard?) -> [Step]? {
    switch action {
    case .wish: card.map { [.wish($0)] } ?? []
    case .compareMark: card.map { [.compare($0)] } ?? []
    default: nil
    }
  }
}
