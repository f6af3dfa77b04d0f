// SPDX-License-Identifier: GPL-3.0-or-later

/// The manual page, made from the table of commands: `souk man | man -l -`.
enum ManualPage {
  static var text: String {
    var lines = [
      ".TH SOUK 1 \"\" \"souk \(Souk.version)\" \"User Commands\"",
      ".SH NAME", "souk \\- a market of handmade things, in the terminal",
      ".SH SYNOPSIS", ".B souk", ".br", ".B souk", ".I COMMAND", ".RI [ FLAGS ]",
      ".SH DESCRIPTION",
      "Without a command, the full screen: browse, buy, and run a shop. With one, it does that and ends.",
      ".SH COMMANDS",
    ]
    for spec in CommandTable.commands {
      lines += [".SS " + escaped(HelpText.usage(spec)), escaped(spec.summary) + "."]
      lines += spec.flags.flatMap(item)
    }
    lines += [".SH FLAGS EVERYWHERE"] + CommandTable.globalFlags.flatMap(item)
    lines.append(".SH EXIT STATUS")
    lines += ExitCode.meanings.flatMap { [".TP", ".B \($0.code)", escaped($0.meaning)] }
    lines.append(".SH ENVIRONMENT")
    lines += HelpText.variables.flatMap { [".TP", ".B \($0.name)", escaped($0.meaning)] }
    lines += [
      ".SH FILES", ".TP", ".I ~/.config/souk/souk.conf", "Settings; souk config show prints them all.", ".TP",
      ".I ~/.local/state/souk", "The session, and changes that have not gone out.", ".TP", ".I ~/.cache/souk",
      "Answers that were seen.",
    ]
    return lines.joined(separator: "\n")
  }

  private static func item(_ flag: FlagSpec) -> [String] {
    let (name, summary) = HelpText.flag(flag)
    return [".TP", ".B " + escaped(name), escaped(summary)]
  }

  /// Hyphens that are typed stay hyphens, and no line begins with a dot by accident.
  private static func escaped(_ text: String) -> String {
    let typed = text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\e")
      .split(separator: "-", omittingEmptySubsequences: false).joined(separator: "\\-")
    return typed.hasPrefix(".") || typed.hasPrefix("'") ? "\\&" + typed : typed
  }
}
