// SPDX-License-Identifier: GPL-3.0-or-later
import Market

extension CommandTable {
  /// What sets a preference back to what holds for whoever has said nothing.
  static let unset = "any"

  private static let addressFlags = [
    FlagSpec("recipient", "NAME", "Who it is for"), FlagSpec("company", "NAME", "The company"),
    FlagSpec("line1", "TEXT", "Street and number"), FlagSpec("line2", "TEXT", "More of it"),
    FlagSpec("line3", "TEXT", "Still more"), FlagSpec("postal-code", "CODE", "The postal code"),
    FlagSpec("city", "NAME", "The city"), FlagSpec("region", "NAME", "State or province, where there are any"),
    FlagSpec("country", "CODE", "Two letters such as PT"), FlagSpec("phone", "NUMBER", "For the courier"),
    FlagSpec("label", "NAME", "What you call it"),
    FlagSpec("ship-here", nil, "Ship here unless another one is named"),
    FlagSpec("bill-here", nil, "Bill here unless another one is named"),
  ]

  private static let consentKinds = ConsentKind.allCases.map(\.rawValue)
  private static let onOff = ["on", "off"]

  static let profileCommands: [CommandSpec] = [
    CommandSpec(name: .profileShow, summary: "Your name, language and currency"),
    CommandSpec(
      name: .profileEdit, summary: "Change them",
      flags: [
        FlagSpec("name", "NAME", "What others see"),
        FlagSpec("language", "CODE", "What mails are written in", choices: Language.allCases.map(\.rawValue) + [unset]),
        FlagSpec("currency", "CODE", "What prices are shown in, such as EUR, or \(unset)"),
      ]),
    CommandSpec(name: .contactsList, summary: "What you sign in with"),
    CommandSpec(
      name: .contactsReplace, summary: "Be known by another e-mail or phone; reads the code that is sent there",
      operands: "CONTACT", operandCount: 1...1),
    CommandSpec(name: .addressList, summary: "Your addresses"),
    CommandSpec(name: .addressShow, summary: "Show an address", operands: "ID", operandCount: 1...1),
    CommandSpec(name: .addressAdd, summary: "Add an address", flags: addressFlags),
    CommandSpec(
      name: .addressEdit, summary: "Change an address", operands: "ID", operandCount: 1...1, flags: addressFlags),
    CommandSpec(name: .addressRemove, summary: "Remove addresses", operands: "ID…", operandCount: 1...50),
    CommandSpec(name: .consentsList, summary: "What you have agreed to"),
    CommandSpec(
      name: .consentsGive, summary: "Agree to something", operands: "CONSENT", operandCount: 1...1,
      operandChoices: consentKinds),
    CommandSpec(
      name: .consentsWithdraw, summary: "Withdraw that you agreed", operands: "CONSENT", operandCount: 1...1,
      operandChoices: consentKinds),
    CommandSpec(name: .notificationsList, summary: "What you hear of, and how"),
    CommandSpec(
      name: .notificationsSet, summary: "Change how you hear of something", operands: "KIND", operandCount: 1...1,
      operandChoices: NotificationKind.allCases.map(\.rawValue),
      flags: NotificationChannel.allCases.map { FlagSpec($0.rawValue, "on|off", "By this way", choices: onOff) }),
  ]
}
