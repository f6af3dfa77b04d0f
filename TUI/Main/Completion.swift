// SPDX-License-Identifier: GPL-3.0-or-later

/// Completion scripts, made from the table of commands.
enum Completion {
  static func script(for shell: String) -> String {
    switch shell {
    case "zsh": "autoload -U +X bashcompinit && bashcompinit\n" + bash
    case "fish": fish
    default: bash
    }
  }

  /// What may follow the words so far.
  private static var branches: [(words: String, next: [String])] {
    let firsts = CommandTable.commands.map { $0.name.words[0] }.uniqued
    var result: [(String, [String])] = [("", firsts)]
    for first in firsts {
      let verbs = CommandTable.commands.map(\.name.words).filter { $0[0] == first && $0.count > 1 }.map { $0[1] }
      if !verbs.isEmpty { result.append((first, verbs)) }
    }
    let global = CommandTable.globalFlags.map { "--\($0.name)" }
    for spec in CommandTable.commands {
      result.append((spec.name.rawValue, spec.operandChoices + spec.flags.map { "--\($0.name)" } + global))
    }
    return result
  }

  private static var flagChoices: [(flag: String, choices: [String])] {
    let all = CommandTable.commands.flatMap(\.flags) + CommandTable.globalFlags
    return all.filter { !$0.choices.isEmpty }.map(\.name).uniqued.map { name in
      ("--\(name)", all.filter { $0.name == name }.flatMap(\.choices).uniqued)
    }
  }

  private static var bash: String {
    var lines = [
      "_souk() {", "  local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\"",
      "  case \"$before\" in",
    ]
    for (flag, choices) in flagChoices {
      lines.append(
        "    \(flag)) COMPREPLY=($(compgen -W \"\(choices.joined(separator: " "))\" -- \"$word\")); return ;;")
    }
    lines += ["  esac", "  local path=\"\" i", "  for ((i = 1; i < COMP_CWORD && i < 3; i++)); do"]
    lines += ["    [[ \"${COMP_WORDS[i]}\" == -* ]] || path=\"${path:+$path }${COMP_WORDS[i]}\"", "  done"]
    lines.append("  case \"$path\" in")
    for (words, next) in branches {
      lines.append("    \"\(words)\") COMPREPLY=($(compgen -W \"\(next.joined(separator: " "))\" -- \"$word\")) ;;")
    }
    for spec in CommandTable.commands where spec.name.words.count == 1 {
      let next = spec.operandChoices + (spec.flags + CommandTable.globalFlags).map { "--\($0.name)" }
      lines.append(
        "    \"\(spec.name.rawValue) \"*) COMPREPLY=($(compgen -W \"\(next.joined(separator: " "))\" -- \"$word\")) ;;")
    }
    lines += ["  esac", "}", "complete -F _souk souk"]
    return lines.joined(separator: "\n")
  }

  private static var fish: String {
    var lines = ["complete -c souk -f"]
    let firsts = CommandTable.commands.map { $0.name.words[0] }.uniqued
    for first in firsts {
      lines.append("complete -c souk -n __fish_use_subcommand -a \(first)")
    }
    for spec in CommandTable.commands {
      let words = spec.name.words
      var condition = "__fish_seen_subcommand_from \(words[0])"
      if words.count > 1 {
        lines.append("complete -c souk -n '\(condition)' -a \(words[1]) -d '\(spec.summary)'")
        condition += "; and __fish_seen_subcommand_from \(words[1])"
      }
      if !spec.operandChoices.isEmpty {
        lines.append("complete -c souk -n '\(condition)' -a '\(spec.operandChoices.joined(separator: " "))'")
      }
      for flag in spec.flags { lines.append(fish(flag, "-n '\(condition)' ")) }
    }
    for flag in CommandTable.globalFlags { lines.append(fish(flag, "")) }
    return lines.joined(separator: "\n")
  }

  private static func fish(_ flag: FlagSpec, _ condition: String) -> String {
    // -x: a value, and no file; -r: a value that may be one.
    let value = flag.placeholder == nil ? "" : flag.placeholder == "FILE" ? " -r" : " -x"
    let choices = flag.choices.isEmpty ? "" : " -a '\(flag.choices.joined(separator: " "))'"
    let summary = flag.summary.split(separator: "'").joined(separator: "\\'")
    return "complete -c souk \(condition)-l \(flag.name)\(value)\(choices) -d '\(summary)'"
  }
}

extension Array where Element: Hashable {
  /// Each element once, in the order of first sight.
  fileprivate var uniqued: [Element] {
    var seen = Set<Element>()
    return filter { seen.insert($0).inserted }
  }
}
