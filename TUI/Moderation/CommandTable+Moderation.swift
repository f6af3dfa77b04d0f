// SPDX-License-Identifier: GPL-3.0-or-later
import Market

extension CommandTable {
  static let moderationCommands: [CommandSpec] = [
    CommandSpec(
      name: .moderationList, summary: "What waits for a moderator, the longest waiting first",
      flags: [
        FlagSpec("kind", "KIND", "Only these", choices: ModerationKind.allCases.map(\.rawValue)),
        FlagSpec(
          "state", "STATE", "Only what nobody works on, or what I do", choices: ModerationState.allCases.map(\.rawValue)
        ),
        FlagSpec("late", nil, "Only what is past its time"), FlagSpec("shop", "SLUG", "Only this shop"),
        FlagSpec("limit", "COUNT", "How many, 1 to 100"), FlagSpec("cursor", "CURSOR", "Go on where a page ended"),
      ]),
    CommandSpec(
      name: .moderationShow, summary: "An item with everything it takes to decide it", operands: "ID",
      operandCount: 1...1),
    CommandSpec(
      name: .moderationClaim, summary: "Keep items for me for 15 minutes", operands: "ID…", operandCount: 1...50),
    CommandSpec(name: .moderationRelease, summary: "Leave items to others", operands: "ID…", operandCount: 1...50),
    CommandSpec(name: .moderationApprove, summary: "Approve items", operands: "ID…", operandCount: 1...50),
    CommandSpec(
      name: .moderationReject, summary: "Send items back", operands: "ID…", operandCount: 1...50,
      flags: [FlagSpec("reason", "TEXT", "What the seller reads")]),
    CommandSpec(
      name: .moderationSuspend, summary: "Take a shop and all it sells out of sight", operands: "SLUG",
      operandCount: 1...1, flags: [FlagSpec("reason", "TEXT", "What its members read")]),
    CommandSpec(
      name: .moderationReinstate, summary: "Bring a suspended shop back", operands: "SLUG", operandCount: 1...1),
    CommandSpec(
      name: .moderationTrust, summary: "Show how far a shop is trusted, or set it", operands: "SLUG",
      operandCount: 1...1,
      flags: [
        FlagSpec("set", "TRUST", "Whether what it does is looked at first", choices: ShopTrust.allCases.map(\.rawValue))
      ]),
  ]
}
