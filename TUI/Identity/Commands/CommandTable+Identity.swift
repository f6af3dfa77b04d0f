// SPDX-License-Identifier: GPL-3.0-or-later

extension CommandTable {
  static let identityCommands: [CommandSpec] = [
    CommandSpec(
      name: .login, summary: "Sign in with a code that is sent to an e-mail address or a phone", operands: "[CONTACT]",
      operandCount: 0...1,
      flags: [FlagSpec("device", nil, "By a link on another device instead, also for providers such as Google")]),
    CommandSpec(
      name: .logout, summary: "Sign out and forget what was stored",
      flags: [FlagSpec("all", nil, "End all other sessions of the account too")]),
    CommandSpec(name: .whoami, summary: "Who is signed in"),
    CommandSpec(name: .sessionsList, summary: "Where the account is signed in"),
    CommandSpec(name: .sessionsRevoke, summary: "End a session", operands: "ID", operandCount: 1...1),
    CommandSpec(name: .sessionsRevokeOthers, summary: "End all sessions but this one"),
    CommandSpec(name: .twoFactorStatus, summary: "How the account stands with its second factor"),
    CommandSpec(name: .twoFactorEnrol, summary: "Get a secret for an authenticator"),
    CommandSpec(
      name: .twoFactorConfirm, summary: "Turn two-factor on with a code of the authenticator", operands: "CODE",
      operandCount: 1...1),
    CommandSpec(
      name: .twoFactorProve, summary: "Prove the second factor for five minutes; without a code, asks for one",
      operands: "[CODE]", operandCount: 0...1),
    CommandSpec(name: .twoFactorRenewCodes, summary: "Replace the recovery codes"),
    CommandSpec(name: .twoFactorOff, summary: "Turn two-factor off"),
  ]

  /// What a noun does without a verb.
  static let standardVerbs = [
    "sessions": "list", "two-factor": "status", "profile": "show", "contacts": "list", "address": "list",
    "consents": "list", "notifications": "list", "keys": "list", "admin": "audit", "wishlist": "show", "views": "list",
  ]
}
