// SPDX-License-Identifier: GPL-3.0-or-later

/// What `--help` prints.
enum HelpText {
  static func text(for words: [String]) -> String {
    let isNoun = words.count == 1 && CommandTable.standardVerbs[words[0]] != nil
    if !isNoun, let (spec, _) = ArgumentParser.resolve(words) { return command(spec) }
    let wanted = words.first.map { word in CommandTable.commands.filter { $0.name.words[0].hasPrefix(word) } } ?? []
    return wanted.isEmpty ? everything : "Commands\n" + list(wanted)
  }

  private static var everything: String {
    """
    souk: a market of handmade things, in the terminal

    souk                    the full screen
    souk COMMAND …          one thing, then back to the shell

    Commands
    \(list(CommandTable.commands))

    Flags
    \(flags(CommandTable.globalFlags))

    Exit codes: \(ExitCode.meanings.map { "\($0.code) \($0.meaning)" }.joined(separator: ", ")).
    """
  }

  /// What of the environment is looked at.
  static let variables: [(name: String, meaning: String)] = [
    ("SOUK_SERVER", "The server to talk to."), ("SOUK_CONFIG", "The file of settings."),
    ("SOUK_API_KEY", "An API key that commands call with, in place of who is signed in."),
    ("NO_COLOR", "No colours, when it is not empty."),
    ("ACCESSIBLE", "Lines in place of the full screen, when it is not empty."),
    ("VISUAL, EDITOR", "What edits long texts."),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME", "Where the files are kept."),
  ]

  /// The words of a command and what follows them.
  static func usage(_ spec: CommandSpec) -> String {
    var usage = "souk \(spec.name.rawValue)"
    if !spec.operands.isEmpty { usage += " \(spec.operands)" }
    if !spec.flags.isEmpty { usage += " [FLAGS]" }
    return usage
  }

  private static func command(_ spec: CommandSpec) -> String {
    let own = spec.flags.isEmpty ? "" : "\nFlags\n\(flags(spec.flags))\n"
    return "\(usage(spec))\n\n\(spec.summary).\n\(own)\nEverywhere\n\(flags(CommandTable.globalFlags))"
  }

  private static func list(_ commands: [CommandSpec]) -> String {
    rows(commands.map { ($0.name.rawValue + ($0.operands.isEmpty ? "" : " \($0.operands)"), $0.summary) })
  }

  private static func flags(_ flags: [FlagSpec]) -> String { rows(flags.map(flag)) }

  /// A flag with its placeholder, and what it does.
  static func flag(_ flag: FlagSpec) -> (String, String) {
    let choices = flag.choices.isEmpty ? "" : ": \(flag.choices.joined(separator: ", "))"
    return ("--\(flag.name)" + (flag.placeholder.map { " \($0)" } ?? ""), flag.summary + choices)
  }

  private static func rows(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "  " + $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 }
      .joined(separator: "\n")
  }
}
