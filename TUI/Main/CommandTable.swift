// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

// The map of the command line:
//   CommandTable    every command with its operands and flags: parsing, help and completion are made from it
//   ArgumentParser  words -> Invocation, or a complaint (pure)
//   HelpText        what --help prints; Completion what `souk completion` prints
//   CommandRunner   runs an invocation; the commands themselves are in the feature folders

/// Everything `souk` can do in one go.
enum CommandName: String, Sendable, CaseIterable {
  case login, logout, whoami, search, categories, completion, man
  case sessionsList = "sessions list"
  case sessionsRevoke = "sessions revoke"
  case sessionsRevokeOthers = "sessions revoke-others"
  case twoFactorStatus = "two-factor status"
  case twoFactorEnrol = "two-factor enrol"
  case twoFactorConfirm = "two-factor confirm"
  case twoFactorProve = "two-factor prove"
  case twoFactorRenewCodes = "two-factor renew-codes"
  case twoFactorOff = "two-factor off"
  case keysList = "keys list"
  case keysCreate = "keys create"
  case keysRevoke = "keys revoke"
  case profileShow = "profile show"
  case profileEdit = "profile edit"
  case contactsList = "contacts list"
  case contactsReplace = "contacts replace"
  case addressList = "address list"
  case addressShow = "address show"
  case addressAdd = "address add"
  case addressEdit = "address edit"
  case addressRemove = "address remove"
  case consentsList = "consents list"
  case consentsGive = "consents give"
  case consentsWithdraw = "consents withdraw"
  case notificationsList = "notifications list"
  case notificationsSet = "notifications set"
  case wishlistShow = "wishlist show"
  case wishlistAdd = "wishlist add"
  case wishlistRemove = "wishlist remove"
  case wishlistLists = "wishlist lists"
  case wishlistCreate = "wishlist create"
  case wishlistRename = "wishlist rename"
  case wishlistDelete = "wishlist delete"
  case wishlistShare = "wishlist share"
  case wishlistUnshare = "wishlist unshare"
  case viewsList = "views list"
  case viewsClear = "views clear"
  case compare
  case productsList = "products list"
  case productsShow = "products show"
  case productsEdit = "products edit"
  case productsCreate = "products create"
  case productsArchive = "products archive"
  case productsRestore = "products restore"
  case productsPublish = "products publish"
  case productsWithdraw = "products withdraw"
  case productsProposal = "products proposal"
  case shopsList = "shops list"
  case shopsShow = "shops show"
  case shopsStanding = "shops standing"
  case shopsSubmit = "shops submit"
  case shopsWithdraw = "shops withdraw"
  case moderationList = "moderation list"
  case moderationShow = "moderation show"
  case moderationClaim = "moderation claim"
  case moderationRelease = "moderation release"
  case moderationApprove = "moderation approve"
  case moderationReject = "moderation reject"
  case moderationSuspend = "moderation suspend"
  case moderationReinstate = "moderation reinstate"
  case moderationTrust = "moderation trust"
  case eventsFollow = "events follow"
  case adminAudit = "admin audit"
  case adminShow = "admin show"
  case adminGrant = "admin grant"
  case cacheClear = "cache clear"
  case cacheInfo = "cache info"
  case configShow = "config show"
  case configCheck = "config check"
  case configKeys = "config keys"
  case outboxList = "outbox list"
  case outboxSend = "outbox send"
  case outboxDiscard = "outbox discard"

  var words: [String] { rawValue.split(separator: " ").map(String.init) }
}

/// A flag of a command; without a placeholder it is a switch.
struct FlagSpec: Sendable, Equatable {
  var name: String
  var placeholder: String?
  var summary: String
  var choices: [String] = []

  init(_ name: String, _ placeholder: String? = nil, _ summary: String, choices: [String] = []) {
    self.name = name
    self.placeholder = placeholder
    self.summary = summary
    self.choices = choices
  }
}

/// A command: what follows its words.
struct CommandSpec: Sendable {
  var name: CommandName
  var summary: String
  /// As help shows it: `ID…`, `[WORDS…]`.
  var operands = ""
  var operandCount: ClosedRange<Int> = 0...0
  var operandChoices: [String] = []
  var flags: [FlagSpec] = []
}

enum CommandTable {
  static let globalFlags = [
    FlagSpec("server", "URL", "The server to talk to (or SOUK_SERVER)"),
    FlagSpec("json", nil, "Print the API's own JSON"),
    FlagSpec("plain", nil, "Lines in place of the full screen: read out and led by typing"),
    FlagSpec("no-images", nil, "No pictures"),
    FlagSpec("no-motion", nil, "Nothing turns or moves by itself"),
    FlagSpec("theme", "NAME", "The colours of the full screen", choices: Theme.all.map(\.name)),
    FlagSpec("config", "FILE", "The file of settings (or SOUK_CONFIG)"),
    FlagSpec("help", nil, "What this does and takes"),
    FlagSpec("version", nil, "The version"),
  ]

  private static let listFlags = [
    FlagSpec("category", "PATH", "Only this category, such as jewellery/rings"),
    FlagSpec("shop", "SLUG", "Only this shop"),
    FlagSpec("min-price", "AMOUNT", "At least this much, such as 10.50"),
    FlagSpec("max-price", "AMOUNT", "At most this much"),
    FlagSpec("tag", "TEXT", "Only what has this tag"),
    FlagSpec("material", "TEXT", "Only what is made of this"),
    FlagSpec("country", "CODE", "Only from makers of this country, such as PT"),
    FlagSpec("availability", "WORD", "Only what is left so", choices: ["in-stock", "low", "sold-out"]),
    FlagSpec("facets", nil, "Counts by category, tag, material, price, country and availability instead of products"),
    FlagSpec("sort", "ORDER", "The order", choices: ["relevance", "newest", "price-up", "price-down"]),
    FlagSpec("limit", "COUNT", "How many, 1 to 100"),
    FlagSpec("cursor", "CURSOR", "Go on where a page ended"),
  ]

  private static let fieldFlags = [
    FlagSpec("title", "TEXT", "The title"),
    FlagSpec("price", "AMOUNT", "The price, such as 45.00"),
    FlagSpec("stock", "COUNT", "How many there are"),
    FlagSpec("status", "STATUS", "Kept back, or put on sale", choices: SaleWish.allCases.map(\.rawValue)),
    FlagSpec("category", "PATH", "The category, such as jewellery/rings"),
    FlagSpec("tags", "WORDS", "Tags, parted by commas"),
    FlagSpec("materials", "WORDS", "Materials, parted by commas"),
    FlagSpec("description", "TEXT", "The description, in Markdown"),
  ]

  static let commands =
    identityCommands + keyCommands + profileCommands + marketCommands + wishCommands + moderationCommands
    + adminCommands

  private static let marketCommands: [CommandSpec] = [
    CommandSpec(
      name: .search, summary: "Find products by words", operands: "WORDS…", operandCount: 1...64, flags: listFlags),
    CommandSpec(
      name: .productsList, summary: "List products for sale, or all of your shop",
      flags: listFlags + [
        FlagSpec("mine", nil, "All of my shop, drafts and archived ones too"),
        FlagSpec("status", "STATUS", "With --mine: only these", choices: ProductStatus.allCases.map(\.rawValue)),
      ]),
    CommandSpec(name: .productsShow, summary: "Show a product", operands: "ID", operandCount: 1...1),
    CommandSpec(
      name: .productsEdit, summary: "Change a product of my shop", operands: "ID", operandCount: 1...1,
      flags: fieldFlags),
    CommandSpec(
      name: .productsCreate, summary: "Add a product to my shop",
      flags: [
        FlagSpec("sku", "CODE", "Your own number for it"), FlagSpec("shop", "SLUG", "The shop, if you have several"),
      ]
        + fieldFlags),
    CommandSpec(
      name: .productsArchive, summary: "Take products off sale", operands: "ID…", operandCount: 1...100),
    CommandSpec(
      name: .productsRestore, summary: "Bring archived products back to where they stood", operands: "ID…",
      operandCount: 1...100),
    CommandSpec(
      name: .productsPublish, summary: "Put products on sale", operands: "ID…", operandCount: 1...100),
    CommandSpec(
      name: .productsWithdraw, summary: "Take products off sale, to work on them", operands: "ID…",
      operandCount: 1...100),
    CommandSpec(
      name: .productsProposal, summary: "New words of a product that wait for a moderator", operands: "ID",
      operandCount: 1...1, flags: [FlagSpec("withdraw", nil, "Take them back")]),
    CommandSpec(
      name: .shopsList, summary: "List shops",
      flags: [
        FlagSpec("limit", "COUNT", "How many, 1 to 100"), FlagSpec("cursor", "CURSOR", "Go on where a page ended"),
      ]),
    CommandSpec(name: .shopsShow, summary: "Show a shop", operands: "SLUG", operandCount: 1...1),
    CommandSpec(
      name: .shopsStanding, summary: "How my shop stands with the market, and why",
      flags: [FlagSpec("shop", "SLUG", "The shop, if you have several")]),
    CommandSpec(
      name: .shopsSubmit, summary: "Have a moderator look at my shop, so that it may open",
      flags: [FlagSpec("shop", "SLUG", "The shop, if you have several")]),
    CommandSpec(
      name: .shopsWithdraw, summary: "Take my submitted shop back, to work on it",
      flags: [FlagSpec("shop", "SLUG", "The shop, if you have several")]),
    CommandSpec(name: .categories, summary: "The tree of categories"),
    CommandSpec(
      name: .eventsFollow, summary: "Print what happens in my shops, as it happens",
      flags: [FlagSpec("since", "EVENT", "Begin after this event")]),
    CommandSpec(name: .cacheInfo, summary: "How much is stored, and where"),
    CommandSpec(name: .cacheClear, summary: "Forget what is stored"),
    CommandSpec(name: .configShow, summary: "The settings that hold, and their file"),
    CommandSpec(name: .configCheck, summary: "What is wrong in the file of settings"),
    CommandSpec(name: .configKeys, summary: "Every action of the full screen with its keys"),
    CommandSpec(name: .outboxList, summary: "Changes that have not gone out yet"),
    CommandSpec(name: .outboxSend, summary: "Try to send them now"),
    CommandSpec(name: .outboxDiscard, summary: "Drop changes", operands: "NUMBER…", operandCount: 1...100),
    CommandSpec(
      name: .completion, summary: "Print a completion script", operands: "bash|zsh|fish", operandCount: 1...1,
      operandChoices: ["bash", "zsh", "fish"]),
    CommandSpec(name: .man, summary: "Print the manual page, for man -l -"),
  ]

  static func spec(_ name: CommandName) -> CommandSpec {
    guard let spec = commands.first(where: { $0.name == name }) else {
      preconditionFailure("every command is in the table: \(name)")
    }
    return spec
  }
}
