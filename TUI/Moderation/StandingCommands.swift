// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market
import Terminal

/// The seller's side of moderation from the command line.
extension CommandRunner {
  func showStanding() async throws {
    let shop = try await requireShop()
    tell(try await desk.client.call(Shops.standing, ShopAddress(slug: shop.slug), mode: .reload))
  }

  func moveShop(_ endpoint: Endpoint<ShopAddress, ShopStanding>) async throws {
    let address = ShopAddress(slug: try await requireShop().slug)
    let version = try await desk.client.call(Shops.standing, address, mode: .reload).value.version
    tell(try await desk.client.call(endpoint, address, CallOptions(version: version)))
  }

  /// Puts products on sale, or takes them off it.
  func wishProducts(_ wish: SaleWish) async throws {
    _ = try requireSession()
    var changes: [(Change, Product?)] = []
    for text in invocation.operands {
      let id = try productID(text)
      let product = try await readToChange(id)
      if product.status.meets(wish) {
        out.say("\(product.title) is \(Words.plain(product.status)) already.")
      } else {
        changes.append((.editProduct(ProductPatch(product: id, status: .set(wish))), product))
      }
    }
    if !changes.isEmpty { try await submit(changes) }
  }

  func showProposal() async throws {
    _ = try requireSession()
    let path = ProductAddress(product: try productID(invocation.operands[0]))
    let answer = try await desk.client.call(Catalogue.proposal, path, mode: .reload)
    if invocation.isOn("withdraw") {
      _ = try await desk.client.call(Catalogue.withdrawProposal, path, CallOptions(version: answer.value.version))
      return out.say("The new words are taken back.")
    }
    if out.isJSON { return out.bytes(answer.bytes) }
    let proposal = answer.value
    switch proposal.status {
    case .waiting: out.line("waits for a moderator")
    case .rejected: out.line("sent back: \(SafeText.sanitised(proposal.reason ?? ""))")
    }
    for change in proposal.changes {
      out.line("\(change.field.rawValue)")
      for text in change.before { out.line("  − \(ReviewWords.oneLine(text))") }
      for text in change.after { out.line("  + \(ReviewWords.oneLine(text))") }
    }
  }
}
