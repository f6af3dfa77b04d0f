// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Terminal

/// Everything a person can do, by name. The keys, the hint line, help and the palette come from one table of these.
enum ActionID: String, Sendable, Hashable, CaseIterable {
  case move, open, back, nextPane, search, sort, clearFilters, refresh, toggleDetail
  case bulk, bulkPublish, bulkDraft, bulkArchive, bulkRestore, bulkPrice, unmark
  case edit, editInForm, create, archive, restore, undo, save, publish, withdraw, withdrawProposal, submitShop,
    withdrawShop, copyID, copyLink, copySecret
  case visitShop, visitWorkshopProducts
  case wish, wishes, share, compareMark, compare
  case signInByCode, signInByLink, resend, stepBack, signOut
  case prove, revoke, revokeOthers, turnOn, turnOff, renewCodes
  case cancel, shipHere, billHere, toggle
  case sendNow, discard, keepMine, takeTheirs
  case onlyActor, onlyKind, onlySubject
  case claim, approve, reject, nextItem, previousItem, filterKind, filterState
  case reason1, reason2, reason3, reason4, reason5, reason6, reason7, ownReason
  case buy, sell, moderate, manage, section1, section2, section3, section4, nextSection, previousSection
  case moveUp, moveDown, pageUp, pageDown, halfUp, halfDown, first, last
  case mark, markRange, markAll
  case help, palette, mouse, redraw, suspend, nextTheme, togglePictures, log, quit
}

/// What the app can always do.
enum AppKeys {
  static func table(_ context: Context, workspace: Workspace, depth: Int, hasUndo: Bool) -> KeyTable<ActionID> {
    let sections = workspace.sections
    var actions: [Action<ActionID>] = []
    for (index, section) in sections.enumerated() {
      let ids: [ActionID] = [.section1, .section2, .section3, .section4]
      actions.append(
        Action(
          ids[index], name: "section-\(index + 1)", keys: [Key(Character("\(index + 1)"))],
          title: "Go to \(section.title)", group: "Go"))
    }
    let sells = context.shop != nil
    actions += [
      Action(.nextSection, name: "next-section", keys: [Key("]")], title: "Next section", group: "Go"),
      Action(.previousSection, name: "previous-section", keys: [Key("[")], title: "Previous section", group: "Go"),
      Action(.buy, name: "buy", keys: [Key("B")], title: "Go shopping", group: "Go"),
      Action(
        .sell, name: "sell", keys: [Key("S")], title: "Run my shop", group: "Go",
        availability: sells ? .enabled : .disabled(reason: "sign in as a seller first")),
      Action(.wishes, name: "wishlist", keys: [Key("W")], title: "My wishlist and what I looked at", group: "Go"),
      Action(
        .compare, name: "compare", keys: [Key("C")], title: "Compare side by side", group: "Go",
        availability: context.comparison == nil
          ? .disabled(reason: "\(context.key("compare-mark", standard: Key("c"))) takes in two to six products first")
          : .enabled),
      Action(
        .moderate, name: "moderate", keys: [Key("A")], title: "Look at what sellers offer", group: "Go",
        availability: Workspace.moderate.isOpen(to: context.session?.account) ? .enabled : .hidden),
      Action(
        .manage, name: "manage", keys: [Key("M")], title: "Run the market", group: "Go",
        availability: Workspace.manage.isOpen(to: context.session?.account) ? .enabled : .hidden),
      Action(
        .undo, name: "undo", keys: [Key("u")], title: "Undo the last change", group: "Do",
        availability: hasUndo ? .enabled : .hidden),
      Action(
        .back, name: "back", keys: [.escape], title: "One level back", hint: depth > 1 ? "back" : nil, group: "Go",
        availability: depth > 1 ? .enabled : .hidden),
      Action(.help, name: "help", keys: [Key("?"), Key(.function(1))], title: "What the keys do here", group: "souk"),
      Action(
        .palette, name: "palette", keys: [.control("p"), Key(":")], title: "Find a command by name", group: "souk"),
      Action(.nextTheme, name: "theme", keys: [], title: "Change the colours", group: "souk"),
      Action(
        .togglePictures, name: "pictures", keys: [], title: context.showsPictures ? "Hide pictures" : "Show pictures",
        group: "souk"),
      Action(.mouse, name: "mouse", keys: [Key("%")], title: "Mouse on or off", group: "souk"),
      Action(.log, name: "log", keys: [], title: "Earlier notices", group: "souk"),
      Action(.redraw, name: "redraw", keys: [.control("l")], title: "Draw the screen again", group: "souk"),
      Action(.suspend, name: "suspend", keys: [.control("z")], title: "To the shell for a while", group: "souk"),
      Action(.quit, name: "quit", keys: depth > 1 ? [] : [Key("q")], title: "Leave souk", group: "souk"),
    ]
    return KeyTable(actions)
  }
}
