// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// What the command line asks for.
struct Invocation: Sendable, Equatable {
  /// Nil for the full screen.
  var command: CommandName?
  var operands: [String] = []
  var values: [String: String] = [:]
  var switches: Set<String> = []

  func isOn(_ name: String) -> Bool { switches.contains(name) }
}

/// What became of the words.
enum ParsedArguments: Sendable, Equatable {
  case run(Invocation)
  /// Help for a command or for a first word; empty for everything.
  case help([String])
  case version
  /// What is wrong, in one line.
  case fault(String)
}

enum ArgumentParser {
  /// First words that people also write in the other number.
  private static let aliases = [
    "product": "products", "shop": "shops", "event": "events", "session": "sessions", "addresses": "address",
    "contact": "contacts", "consent": "consents", "notification": "notifications",
    "wishlists": "wishlist", "wishes": "wishlist", "view": "views",
  ]

  static func parse(_ arguments: [String]) -> ParsedArguments {
    var invocation = Invocation()
    var words: [String] = []
    var rest = arguments[...]
    var wantsHelp = false
    var isOperandsOnly = false
    while let argument = rest.popFirst() {
      if isOperandsOnly || !argument.hasPrefix("-") || argument == "-" {
        words.append(argument)
        continue
      }
      if argument == "--" {
        isOperandsOnly = true
        continue
      }
      if argument == "-h" || argument == "--help" {
        wantsHelp = true
        continue
      }
      if argument == "-V" || argument == "--version" { return .version }
      guard argument.hasPrefix("--") else { return .fault("There is no flag \(argument).") }
      let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let flag = known(name, for: resolve(words)?.spec) else {
        return .fault(unknown(name, resolve(words)?.spec))
      }
      guard flag.placeholder != nil else {
        if parts.count > 1 { return .fault("--\(name) takes no value.") }
        invocation.switches.insert(name)
        continue
      }
      guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
        return .fault("--\(name) wants a value: \(flag.placeholder ?? "").")
      }
      if !flag.choices.isEmpty, !flag.choices.contains(value) {
        return .fault("--\(name) is one of \(flag.choices.joined(separator: ", ")), not \(value).")
      }
      invocation.values[name] = value
    }
    if wantsHelp || words.first == "help" { return help(words.first == "help" ? Array(words.dropFirst()) : words) }
    return finish(invocation, words)
  }

  private static func help(_ words: [String]) -> ParsedArguments {
    guard let first = words.first, resolve(words) == nil else { return .help(words) }
    let isBeginning =
      words.count == 1 && CommandTable.commands.contains { $0.name.words[0].hasPrefix(aliases[first] ?? first) }
    return isBeginning ? .help([aliases[first] ?? first]) : .fault(complaint(words))
  }

  /// The command that says more about what was typed, as far as it can be recognised.
  static func about(_ arguments: [String]) -> String {
    let words = arguments.filter { !$0.hasPrefix("-") }
    return resolve(words).map { "souk \($0.spec.name.rawValue) --help" } ?? "souk --help"
  }

  private static func finish(_ invocation: Invocation, _ words: [String]) -> ParsedArguments {
    var invocation = invocation
    if words.isEmpty { return .run(invocation) }
    guard let (spec, operands) = resolve(words) else { return .fault(complaint(words)) }
    invocation.command = spec.name
    invocation.operands = operands
    if operands.count < spec.operandCount.lowerBound {
      return .fault("souk \(spec.name.rawValue) wants \(spec.operands)\(spec.operands.hasSuffix("…") ? "" : ".")")
    }
    if operands.count > spec.operandCount.upperBound {
      let extra = operands[spec.operandCount.upperBound]
      return .fault("souk \(spec.name.rawValue) does not know what to do with \(extra).")
    }
    if !spec.operandChoices.isEmpty, let wrong = operands.first(where: { !spec.operandChoices.contains($0) }) {
      return .fault("\(wrong) is none of \(spec.operandChoices.joined(separator: ", ")).")
    }
    return .run(invocation)
  }

  /// The command that the first words name, and what follows them.
  static func resolve(_ words: [String]) -> (spec: CommandSpec, operands: [String])? {
    guard let first = words.first else { return nil }
    var normal = [aliases[first] ?? first] + words.dropFirst()
    // The noun alone shows what there is.
    if normal.count == 1, let verb = CommandTable.standardVerbs[normal[0]] { normal.append(verb) }
    let found = CommandTable.commands.first { normal.starts(with: $0.name.words) }
    return found.map { ($0, Array(normal.dropFirst($0.name.words.count))) }
  }

  private static func known(_ name: String, for spec: CommandSpec?) -> FlagSpec? {
    ((spec?.flags ?? []) + CommandTable.globalFlags).first { $0.name == name }
  }

  private static func unknown(_ name: String, _ spec: CommandSpec?) -> String {
    let all = ((spec?.flags ?? []) + CommandTable.globalFlags).map(\.name)
    let place = spec.map { "souk \($0.name.rawValue)" } ?? "souk"
    let guess = nearest(name, among: all).map { " Did you mean --\($0)?" } ?? ""
    return "\(place) has no flag --\(name).\(guess)"
  }

  private static func complaint(_ words: [String]) -> String {
    let first = aliases[words[0]] ?? words[0]
    let verbs = CommandTable.commands.map(\.name.words).filter { $0[0] == first && $0.count > 1 }.map { $0[1] }
    if !verbs.isEmpty {
      let given = words.count > 1 ? "cannot \(words[1])" : "wants a verb"
      return "souk \(first) \(given): \(verbs.joined(separator: ", "))."
    }
    let nouns = CommandTable.commands.map { $0.name.words[0] }
    let guess = nearest(first, among: nouns).map { " Did you mean \($0)?" } ?? ""
    return "There is no command \(words[0]).\(guess)"
  }

  /// A word at most two edits away.
  static func nearest(_ word: String, among words: [String]) -> String? {
    let scored = words.map { ($0, distance(Array(word), Array($0))) }
    return scored.filter { $0.1 <= 2 && $0.1 < $0.0.count }.min { $0.1 < $1.1 }?.0
  }

  /// Levenshtein's.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        (diagonal, row[j + 1]) = (row[j + 1], min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1)))
      }
    }
    return row[b.count]
  }
}
