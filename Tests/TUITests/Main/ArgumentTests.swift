// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import souk

@Suite struct ArgumentTests {
  private static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  @Test(arguments: [
    ("", Invocation()),
    ("--theme dark --no-images", Invocation(values: ["theme": "dark"], switches: ["no-images"])),
    ("products list --limit 5", Invocation(command: .productsList, values: ["limit": "5"])),
    ("product show prd_x", Invocation(command: .productsShow, operands: ["prd_x"])),
    (
      "search silver ring --max-price=50 --json",
      Invocation(command: .search, operands: ["silver", "ring"], values: ["max-price": "50"], switches: ["json"])
    ),
    (
      "--server http://h search -- --odd",
      Invocation(command: .search, operands: ["--odd"], values: ["server": "http://h"])
    ),
    ("login", Invocation(command: .login)),
    ("login ines@example.org", Invocation(command: .login, operands: ["ines@example.org"])),
    ("login --device", Invocation(command: .login, switches: ["device"])),
    ("logout --all", Invocation(command: .logout, switches: ["all"])),
    ("sessions", Invocation(command: .sessionsList)), ("sessions list", Invocation(command: .sessionsList)),
    ("sessions revoke ses_x", Invocation(command: .sessionsRevoke, operands: ["ses_x"])),
    ("two-factor --json", Invocation(command: .twoFactorStatus, switches: ["json"])),
    ("two-factor confirm 123456", Invocation(command: .twoFactorConfirm, operands: ["123456"])),
    ("profile", Invocation(command: .profileShow)), ("addresses", Invocation(command: .addressList)),
    (
      "address add --line1 Taipas --postal-code 4050-600 --ship-here",
      Invocation(
        command: .addressAdd, values: ["line1": "Taipas", "postal-code": "4050-600"], switches: ["ship-here"])
    ),
    (
      "notifications set orders --sms off",
      Invocation(command: .notificationsSet, operands: ["orders"], values: ["sms": "off"])
    ),
    ("keys", Invocation(command: .keysList)),
    (
      "keys create ci --scopes catalogue:read,events:read --days 30",
      Invocation(
        command: .keysCreate, operands: ["ci"], values: ["scopes": "catalogue:read,events:read", "days": "30"])
    ),
    ("keys revoke key_x", Invocation(command: .keysRevoke, operands: ["key_x"])),
    (
      "admin --action key.made --json",
      Invocation(command: .adminAudit, values: ["action": "key.made"], switches: ["json"])
    ),
    (
      "admin grant robin@example.org support,config",
      Invocation(command: .adminGrant, operands: ["robin@example.org", "support,config"])
    ),
    ("outbox discard 3 4", Invocation(command: .outboxDiscard, operands: ["3", "4"])),
    (
      "products edit prd_x --title --x",
      Invocation(command: .productsEdit, operands: ["prd_x"], values: ["title": "--x"])
    ),
  ]) func `words become an invocation`(line: String, wanted: Invocation) {
    #expect(ArgumentParser.parse(ArgumentTests.words(line)) == .run(wanted))
  }

  @Test(arguments: [
    ("serch ring", "There is no command serch. Did you mean search?"),
    (
      "products", "souk products wants a verb: list, show, edit, create, archive, restore, publish, withdraw, proposal."
    ),
    (
      "products fly",
      "souk products cannot fly: list, show, edit, create, archive, restore, publish, withdraw, proposal."
    ),
    ("products show", "souk products show wants ID."),
    ("products show a b", "souk products show does not know what to do with b."),
    ("products list --limt 3", "souk products list has no flag --limt. Did you mean --limit?"),
    ("products list --limit", "--limit wants a value: COUNT."),
    ("products list --mine=1", "--mine takes no value."),
    ("products list --sort king", "--sort is one of relevance, newest, price-up, price-down, not king."),
    (
      "consents give everything",
      "everything is none of terms, privacy, marketing_email, marketing_sms, personalisation."
    ),
    ("login a b", "souk login does not know what to do with b."),
    (
      "two-factor fly",
      "souk two-factor cannot fly: status, enrol, confirm, prove, renew-codes, off."
    ),
    ("-x", "There is no flag -x."),
    ("search", "souk search wants WORDS…"),
    ("help nonsense", "There is no command nonsense."),
    (
      "help products fly",
      "souk products cannot fly: list, show, edit, create, archive, restore, publish, withdraw, proposal."
    ),
    ("completion tcsh", "tcsh is none of bash, zsh, fish."),
  ]) func `wrong words are told in one line`(line: String, complaint: String) {
    #expect(ArgumentParser.parse(ArgumentTests.words(line)) == .fault(complaint))
  }

  @Test func `help and version are found anywhere`() {
    #expect(ArgumentParser.parse(["products", "list", "--help"]) == .help(["products", "list"]))
    #expect(ArgumentParser.parse(["help", "search"]) == .help(["search"]))
    #expect(ArgumentParser.parse(["help", "product"]) == .help(["products"]))
    #expect(ArgumentParser.parse(["--version", "products"]) == .version)
  }

  @Test(arguments: [
    ("search --limt 3", "souk search --help"), ("product edit x --price", "souk products edit --help"),
    ("serch", "souk --help"), ("-x", "souk --help"),
  ]) func `a complaint names the help that says more`(line: String, about: String) {
    #expect(ArgumentParser.about(ArgumentTests.words(line)) == about)
  }

  @Test func `a field is named as the command line names it`() {
    #expect(
      ["/price_amount", "/q", "/tags/3", "/min_price"].map(CommandRunner.flag) == [
        "--price", "WORDS", "--tags", "--min-price",
      ])
  }

  @Test(arguments: CommandName.allCases) func `every command has a row, help and completion`(name: CommandName) {
    #expect(CommandTable.commands.filter { $0.name == name }.count == 1)
    #expect(HelpText.text(for: name.words).hasPrefix("souk \(name.rawValue)"))
    #expect(HelpText.text(for: []).contains(name.rawValue))
    let typed = name.rawValue.split(separator: "-").joined(separator: "\\-")
    #expect(ManualPage.text.contains(".SS souk \(typed)"))
    for shell in ["bash", "zsh", "fish"] {
      for word in name.words { #expect(Completion.script(for: shell).contains(word)) }
    }
  }

  @Test(arguments: [
    ("http://h:8080/", "http://h:8080"), ("https://souk.example//", "https://souk.example"), ("h:8080", nil),
    ("http://a b", nil), ("ftp://h", nil),
  ]) func `a server is a web address`(text: String, wanted: String?) {
    #expect(Souk.serverAddress(text) == wanted)
  }
}
