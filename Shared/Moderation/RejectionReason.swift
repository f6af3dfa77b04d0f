// SPDX-License-Identifier: GPL-3.0-or-later

/// A reason that is offered; a moderator may write another.
public struct RejectionReason: Sendable, Equatable {
  /// A few words to choose by.
  public var name: String
  /// What the seller reads.
  public var text: String

  public static func offered(for kind: ModerationKind) -> [RejectionReason] {
    (kind == .shop ? shops : products) + [
      RejectionReason(
        name: "Prohibited", text: "This may not be offered here: see the list of things that are not allowed.")
    ]
  }

  private static let shops = [
    RejectionReason(
      name: "Too little said", text: "Please tell buyers who makes the things and how: the story says too little yet."),
    RejectionReason(
      name: "Not handmade", text: "What the shop describes is bought and sold on. This market is for makers."),
    RejectionReason(
      name: "Misleading name", text: "The name or the texts could be taken for those of another maker or brand."),
    RejectionReason(name: "Contact details", text: "Please take addresses, phone numbers and links out of the texts."),
  ]

  private static let products = [
    RejectionReason(
      name: "Not handmade", text: "This looks like something that is made by others. Please say how you made it."),
    RejectionReason(name: "Unclear words", text: "Title and description do not say clearly what the buyer gets."),
    RejectionReason(name: "Wrong category", text: "Please choose the category where buyers would look for it."),
    RejectionReason(
      name: "Unusable picture", text: "The picture does not show the thing itself, or is too dark or small."),
    RejectionReason(
      name: "Somebody else's work", text: "Words, pictures or design seem to be another maker's. Please use your own."),
    RejectionReason(name: "Contact details", text: "Please take addresses, phone numbers and links out of the texts."),
  ]
}
