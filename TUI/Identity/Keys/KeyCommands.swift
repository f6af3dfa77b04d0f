// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market
import Terminal

extension CommandTable {
  static let keyCommands: [CommandSpec] = [
    CommandSpec(name: .keysList, summary: "Your API keys"),
    CommandSpec(
      name: .keysCreate, summary: "Make an API key and print it, this one time", operands: "NAME", operandCount: 1...1,
      flags: [
        FlagSpec("scopes", "WORDS", "What it may do, parted by commas: \(scopes)"),
        FlagSpec("shop", "SLUG", "Only this one of your shops"),
        FlagSpec("days", "COUNT", "How long it lasts; without, until it is revoked"),
      ]),
    CommandSpec(name: .keysRevoke, summary: "Revoke API keys", operands: "ID…", operandCount: 1...20),
  ]

  static let scopes = KeyScope.allCases.map(\.rawValue).joined(separator: ", ")
}

extension CommandRunner {
  func listAPIKeys() async throws {
    _ = try requireSession()
    let answer = try await read(Keys.list, Nothing())
    if out.isJSON { return out.bytes(answer.bytes) }
    if answer.value.items.isEmpty { out.note("There is no key. souk keys create makes one.") }
    let now = HTTPDate.now
    out.table(
      TextTable(
        [
          .init("KEY"), .init("NAME", isFlexible: true), .init("MAY", isFlexible: true), .init("SHOP"), .init("ENDS"),
          .init("LAST USED"),
        ],
        rows: answer.value.items.map { key in
          [
            key.id.text, SafeText.sanitised(key.name), key.scopes.map(\.rawValue).joined(separator: " "),
            key.shop?.slug ?? "all", KeyWords.ending(key, now), Words.spoken(KeyWords.lastUse(key, now).text),
          ]
        }))
  }

  /// The key alone on the output, so that a script can take it from there.
  func createAPIKey() async throws {
    _ = try requireSession()
    guard let words = invocation.values["scopes"] else {
      throw CommandFailure.usage("souk keys create wants --scopes, some of \(CommandTable.scopes).")
    }
    let names = words.split { $0 == "," || $0 == " " }.map(String.init)
    if let wrong = names.first(where: { KeyScope(rawValue: $0) == nil }) {
      throw CommandFailure.usage("\(wrong) is none of \(CommandTable.scopes).")
    }
    let draft = APIKeyDraft(
      name: invocation.operands[0], scopes: names.compactMap(KeyScope.init(rawValue:)),
      shop: invocation.values["shop"], expiresInDays: try number("days"))
    try check(draft)
    let answer = try await desk.client.call(Keys.create, draft)
    out.note("keep this key, it is shown this one time; souk keys revoke \(answer.value.key.id) ends it")
    if out.isJSON { out.bytes(answer.bytes) } else { out.line(answer.value.secret) }
  }

  func revokeAPIKeys() async throws {
    _ = try requireSession()
    for text in invocation.operands {
      guard let id = APIKey.ID(text) else {
        throw CommandFailure.usage("\(text) is no key's id. souk keys lists them.")
      }
      _ = try await desk.client.call(Keys.revoke, APIKeyChoice(key: id))
      out.say("Revoked \(id).")
    }
  }

  /// What the key in the environment is.
  func showCurrentKey() async throws {
    let answer = try await desk.client.call(Keys.current, Nothing(), mode: .reload)
    if out.isJSON { return out.bytes(answer.bytes) }
    let (key, shops) = (answer.value.key, answer.value.shops)
    out.line("\(SafeText.sanitised(key.name))  \(key.id), an API key of \(answer.value.account)")
    out.line("may: \(key.scopes.map(\.rawValue).joined(separator: ", "))")
    out.line("ends: \(KeyWords.ending(key, HTTPDate.now))")
    if !shops.isEmpty { out.line("shops: \(shops.map { "\($0.name) (\($0.slug))" }.joined(separator: ", "))") }
  }
}
