// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market

// The map of moderation in the terminal:
//   ModerationScreen   what waits; ReviewScreen one item of it, beside what it takes to decide it
//   ReasonPicker       the reason of a rejection, offered or typed
//   TextDiff           what a text loses and gains, line by line (pure)
//   ReviewCall         what moderators and sellers ask the server for; ReviewAnswer what it gives back
//   ReviewWords        how a seller is told what waits
//   …Commands          the same from the command line

/// Something that is asked of the server at once: a decision does not wait in the outbox, because it is about what was
/// just read.
enum ReviewCall: Sendable, Equatable {
  case claim(ModerationItem.ID, version: Int)
  case release(ModerationItem.ID, version: Int)
  case approve(ModerationItem.ID, version: Int)
  case reject(ModerationItem.ID, version: Int, reason: String)
  case approveAll([SeenItem])
  case submitShop(String, version: Int)
  case withdrawShop(String, version: Int)
  case withdrawProposal(Product.ID)
}

enum ReviewAnswer: Sendable, Equatable {
  case item(ModerationItem)
  case decision(ModerationDecision)
  case decisions([BulkDecision])
  case standing(ShopStanding)
  case done
}

extension MarketClient {
  func review(_ call: ReviewCall) async throws(ClientFailure) -> ReviewAnswer {
    switch call {
    case .claim(let id, let version):
      return .item(try await self.call(Moderation.claim, ModerationPath(item: id), CallOptions(version: version)).value)
    case .release(let id, let version):
      return .item(
        try await self.call(Moderation.release, ModerationPath(item: id), CallOptions(version: version)).value)
    case .approve(let id, let version):
      return .decision(
        try await self.call(Moderation.approve, ModerationPath(item: id), CallOptions(version: version)).value)
    case .reject(let id, let version, let reason):
      return .decision(
        try await self.call(Moderation.reject, Rejection(item: id, reason: reason), CallOptions(version: version)).value
      )
    case .approveAll(let items):
      return .decisions(try await self.call(Moderation.approveAll, BulkApproval(items: items)).value.items)
    case .submitShop(let slug, let version):
      return .standing(try await self.call(Shops.submit, ShopAddress(slug: slug), CallOptions(version: version)).value)
    case .withdrawShop(let slug, let version):
      return .standing(
        try await self.call(Shops.withdraw, ShopAddress(slug: slug), CallOptions(version: version)).value)
    case .withdrawProposal(let id):
      let path = ProductAddress(product: id)
      let version = try await self.call(Catalogue.proposal, path, mode: .reload).value.version
      _ = try await self.call(Catalogue.withdrawProposal, path, CallOptions(version: version))
      return .done
    }
  }
}
