// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// What an item shows: what it is, whose, since when; then the shop, the product, or the difference.
extension ReviewScreen {
  func lines(width: Int, _ context: Context) -> [[Span]] {
    var lines = Wrapping.lines([Span(item.title, .title)], width: width)
    let isLate = item.isLate(at: context.now)
    let age = ReviewWords.plainAge(context.now - item.openedAt.microseconds / 1_000_000)
    var facts = [
      ReviewWords.kind(item.kind), Span(" · waits ", .muted),
      Span(age + (isLate ? ", late" : ""), isLate ? .bad : .text),
    ]
    let claim = ReviewWords.claim(item, context.now)
    if !claim.text.isEmpty { facts += [Span(" · ", .muted), claim] }
    lines += Wrapping.lines(facts, width: width)
    lines += Wrapping.lines(
      [
        Span("of ", .muted), Span(item.shop.name, .link), Span("  "), Words.status(item.shopStatus),
        Span("  \(item.trust.rawValue) shop", item.trust == .new ? .warn : .muted),
      ], width: width)
    let note = phase.note(context)
    if !note.isEmpty { lines.append(note) }
    guard let found else { return lines }
    lines.append([])
    switch item.kind {
    case .shop: lines += shopLines(found.shop, width)
    case .product: lines += found.product.map { productLines($0, width) } ?? []
    case .change: lines += changeLines(found.changes, width)
    }
    return lines
  }

  private func shopLines(_ shop: Shop, _ width: Int) -> [[Span]] {
    fact("Says", shop.tagline, width) + fact("Where", "\(shop.city), \(shop.country)", width)
      + fact("Sells in", shop.currency.code, width) + fact("Address", shop.slug, width) + [[]]
      + Markdown.lines(shop.story, width: width)
  }

  private func productLines(_ product: Product, _ width: Int) -> [[Span]] {
    fact("Price", Words.money(product.price), width) + fact("Stock", "\(product.stock)", width)
      + fact("Category", Words.category(product.category), width)
      + fact("Made of", product.materials.joined(separator: ", "), width)
      + fact("Tags", product.tags.joined(separator: ", "), width) + fact("SKU", product.sku, width) + [[]]
      + Markdown.lines(product.description, width: width)
  }

  private func changeLines(_ changes: [ProposedChange], _ width: Int) -> [[Span]] {
    if changes.isEmpty { return [[Span("It says already what was proposed.", .muted)]] }
    var lines: [[Span]] = []
    for change in changes {
      lines.append([Span(change.field.rawValue.prefix(1).uppercased() + change.field.rawValue.dropFirst(), .heading)])
      switch change.field {
      case .description:
        for line in TextDiff.lines(change.before.first ?? "", change.after.first ?? "") {
          switch line {
          case .kept(let text): lines += marked("  ", text, .muted, width)
          case .lost(let text): lines += marked("− ", text, .bad, width)
          case .gained(let text): lines += marked("+ ", text, .ok, width)
          }
        }
      case .photo: lines.append([Span("+ another picture", .ok)])
      case .title, .category, .tags, .materials:
        if !change.before.isEmpty { lines += marked("− ", change.before.joined(separator: ", "), .bad, width) }
        if !change.after.isEmpty { lines += marked("+ ", change.after.joined(separator: ", "), .ok, width) }
      }
      lines.append([])
    }
    return lines
  }

  private func marked(_ mark: String, _ text: String, _ style: Style, _ width: Int) -> [[Span]] {
    let rows = Wrapping.lines(SafeText.sanitised(text), width: max(8, width - 2))
    if rows.isEmpty { return [[Span(mark, style)]] }
    return rows.enumerated().map { [Span($0 == 0 ? mark : "  ", style), Span($1, style)] }
  }

  private func fact(_ name: String, _ value: String, _ width: Int) -> [[Span]] {
    if value.isEmpty { return [] }
    return Wrapping.lines(value, width: max(8, width - 10)).enumerated().map { index, line in
      [Span(SafeText.padded(index == 0 ? name : "", to: 10), .muted), Span(line)]
    }
  }
}
