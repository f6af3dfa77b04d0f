// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// One product with its picture, for those who may buy it.
struct ProductScreen: Screen {
  let id: Product.ID
  private(set) var card: ProductCard?
  private(set) var product: Product?
  private(set) var phase = Phase.loading
  private(set) var scroll = ScrollState()

  init(card: ProductCard) {
    id = card.id
    self.card = card
  }

  init(id: Product.ID) { self.id = id }

  var title: String { product?.title ?? card?.title ?? "Product" }
  var moves: Moves { .list }
  var isWaiting: Bool { phase == .loading }
  private var slot: String { "product-\(id)" }
  private var shop: ShopReference? { product?.shop ?? card?.shop }
  private var asCard: ProductCard? { product.map { ProductCard($0) } ?? card }
  private var photo: Photo? { product.map(\.photo) ?? card?.photo }

  mutating func open(_ context: Context) -> [Step] {
    [.perform(.load(slot: slot, .product(id), reload: false))] + wantPicture(context)
  }

  private func wantPicture(_ context: Context) -> [Step] {
    PictureFrame.wish(photo, in: panes(in: area, context).picture, context)
  }

  func actions(_ context: Context) -> KeyTable<ActionID> {
    let isMine = context.shop != nil && context.shop?.slug == shop?.slug
    let own: [Action<ActionID>] = [
      Action(.visitShop, name: "visit-shop", keys: [Key("o")], title: "Visit the shop", hint: "shop"),
      Action(
        .editInForm, name: "edit", keys: [Key("e")], title: "Edit this product", hint: "edit",
        availability: isMine && product != nil ? .enabled : .hidden),
      Action(.copyID, name: "copy", keys: [Key("y")], title: "Copy the product's id", hint: "copy id"),
      Action(.copyLink, name: "copy-link", keys: [Key("Y")], title: "Copy the product's address"),
      Action(.refresh, name: "refresh", keys: [Key("r")], title: "Ask the server again", hint: "refresh"),
    ]
    return KeyTable(WishActions.actions(asCard, context) + own)
  }

  mutating func perform(_ action: ActionID, _ context: Context) -> [Step] {
    switch action {
    case .visitShop: return shop.map { [.go(.shop($0))] } ?? []
    case .editInForm: return product.map { [.go(.editor($0, shop: $0.shop))] } ?? []
    case .copyID: return [.copy(id.text), .toast(.info, "Copied \(id)")]
    case .copyLink:
      let link = "\(context.server)\(Contract.basePath)/products/\(id)"
      return [.copy(link), .toast(.info, "Copied \(link)")]
    case .refresh: return [.perform(.load(slot: slot, .product(id), reload: true))]
    default: return WishActions.perform(action, asCard) ?? []
    }
  }

  mutating func handle(_ key: Key, _ context: Context) -> [Step]? { scroll.handle(key) ? [] : nil }

  mutating func receive(_ message: Message, _ context: Context) -> [Step] {
    switch message {
    case .loaded(slot, .product(id), .content(.product(let found), let freshness)):
      let isFirst = product == nil
      product = found
      phase = .shown(freshness)
      let look: [Step] =
        isFirst && found.status.isOnSale ? [.perform(.wishes(.seen(ProductCard(found))))] : []
      return resize(to: area, context) + look
    case .loaded(slot, .product(id), .failed(let failure)):
      phase = .failed(failure)
      return []
    case .live(.event(let event)) where event.product == id:
      return [.perform(.load(slot: slot, .product(id), reload: true))]
    default: return []
    }
  }

  // MARK: Drawing

  private var area = Rect(x: 0, y: 0, width: 80, height: 20)

  mutating func resize(to area: Rect, _ context: Context) -> [Step] {
    self.area = area
    let panes = panes(in: area, context)
    scroll.fit(total: lines(width: panes.text.width - 1, context).count, height: panes.text.height)
    return wantPicture(context)
  }

  mutating func click(_ event: MouseEvent, in area: Rect, _ context: Context) -> [Step] {
    if event.action == .wheelUp { scroll.scroll(by: -3) }
    if event.action == .wheelDown { scroll.scroll(by: 3) }
    return []
  }

  /// Beside each other where there is room, else the picture above the text.
  private func panes(in area: Rect, _ context: Context) -> (picture: Rect, text: Rect) {
    var text = area
    guard context.showsPictures, photo != nil else {
      return (Rect(x: area.x, y: area.y, width: 0, height: 0), text.inset(horizontal: 1, vertical: 0))
    }
    if area.width >= 76 {
      let picture = text.takeLeft(area.width * 45 / 100)
      _ = text.takeLeft(3)
      let tall = min(picture.height, picture.width * 3 / 8 + 1)
      return (Rect(x: picture.x, y: picture.y, width: picture.width, height: tall), text)
    }
    let picture = text.takeTop(area.height >= 18 ? area.height * 2 / 5 : 0)
    return (picture, text)
  }

  func draw(in area: Rect, on canvas: inout Canvas, _ context: Context) {
    let panes = panes(in: area, context)
    if !panes.picture.isEmpty { PictureFrame.draw(photo, in: panes.picture, on: &canvas, context) }
    if product == nil, card == nil {
      switch phase {
      case .failed(let failure): return StateText.draw(failure, in: panes.text, on: &canvas, context)
      default: return StateText.draw("Loading the product…", in: panes.text, on: &canvas)
      }
    }
    let lines = lines(width: panes.text.width - 1, context)
    ScrollView(lines: lines).draw(scroll, in: panes.text, on: &canvas)
  }

  func lines(width: Int, _ context: Context) -> [[Span]] {
    guard let price = product?.price ?? card?.price, let shop else { return [] }
    let availability = product.map { Availability(stock: $0.stock) } ?? card?.availability ?? .inStock
    let isWished = context.wished.contains(id)
    var lines = Wrapping.lines([Span((isWished ? "♥ " : "") + title, .title)], width: width)
    lines.append([Span(Words.money(price), .accent), Span("   "), Words.availability(availability)])
    lines.append([Span("by ", .muted), Span(shop.name, .link)])
    let note = phase.note(context)
    if !note.isEmpty { lines.append(note) }
    lines.append([])
    guard let product else { return lines }
    for queued in context.queued(for: id) {
      lines += Wrapping.lines([Span("queued: \(queued.title)", .warn)], width: width)
    }
    if product.status != .active { lines.append([Words.status(product.status)]) }
    if let note = ReviewWords.note(product) { lines += Wrapping.lines([note], width: width) }
    lines += Markdown.lines(product.description, width: width)
    lines.append([])
    lines += fact("Made of", product.materials.joined(separator: ", "), width)
    lines += fact("Category", Words.category(product.category), width)
    lines += fact("Tags", product.tags.map { "#\($0)" }.joined(separator: " "), width)
    lines += fact("In stock", product.stock > 0 ? "\(product.stock)" : "none left", width)
    lines += fact("SKU", product.sku, width)
    return lines
  }

  private func fact(_ name: String, _ value: String, _ width: Int) -> [[Span]] {
    if value.isEmpty { return [] }
    return Wrapping.lines(value, width: max(8, width - 10)).enumerated().map { index, line in
      [Span(SafeText.padded(index == 0 ? name : "", to: 10), .muted), Span(line)]
    }
  }
}
