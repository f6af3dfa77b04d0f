// SPDX-License-Identifier: GPL-3.0-or-later

// The map of moderation:
//   ShopStatus, ProductStatus   where shops and products stand, each with the one table of what moves them
//   ReviewPolicy                what is looked at before buyers see it
//   ProductWords                what a proposal changes of a product, and the diff
//   ModerationItem              something that waits for a moderator; ModerationEndpoints what is done with it
//   RejectionReason             reasons that are offered

/// Who moves a shop or a product.
public enum Mover: String, Sendable, CaseIterable {
  /// Its shop's members; a shop itself is moved by its owners.
  case seller
  case moderator
  /// What happens by itself: stock that runs out, a shop where nothing is done.
  case market
}

/// Where a thing stands rules the move out.
public struct WrongState: Refusal, Equatable {
  public var problem: ProblemCode { .wrongState }
  public init() {}
}
