// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

extension ShopsScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    [OutlineLine("Shops: \(shops.count)\(nextCursor == nil ? "" : " or more")")]
      + phase.outline(context, isEmpty: shops.isEmpty, nothing: "No shop has opened yet.")
      + shops.enumerated().map { index, shop in
        let products = Words.count(shop.productCount, "product", "products")
        return OutlineLine(
          "\(shop.name), \(shop.city) \(shop.country), \(products). \(shop.tagline)", choice: "\(index + 1)")
      }
  }
}

extension ShopScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    var lines = [OutlineLine(shop?.name ?? reference.name)]
    if let shop {
      lines.append(OutlineLine("\(shop.tagline), \(shop.city) \(shop.country)"))
      if let standing { lines.append(OutlineLine(Words.spoken(ReviewWords.standing(standing).map(\.text).joined()))) }
      let story = Markdown.lines(shop.story, width: 400).map { OutlineLine($0.map(\.text).joined()) }
      lines += story.filter { !$0.text.isEmpty }
    }
    lines += productsPhase.outline(context, isEmpty: items.isEmpty, nothing: "It has nothing for sale now.")
    return lines
      + items.enumerated().map { index, card in
        let facts = [card.title, Words.money(card.price), Words.plain(card.availability)]
        return OutlineLine(facts.joined(separator: ", "), choice: "\(index + 1)")
      }
  }
}
