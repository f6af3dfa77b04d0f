// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import JSON
import Market
import Terminal

extension CommandTable {
  private static let scopeWords = AdminScope.allCases.map(\.rawValue)

  static let adminCommands: [CommandSpec] = [
    CommandSpec(
      name: .adminAudit, summary: "The audit log, the newest line first; for administrators",
      flags: [
        FlagSpec("actor", "ID", "Only what this one did"),
        FlagSpec("action", "WORD", "Only of this kind", choices: AuditAction.allCases.map(\.rawValue)),
        FlagSpec("subject", "ID", "Only what was done to this"),
        FlagSpec("since", "TIME", "From this moment on, such as 2026-11-01T00:00:00Z"),
        FlagSpec("until", "TIME", "Before this moment"), FlagSpec("limit", "COUNT", "How many, 1 to 100"),
        FlagSpec("cursor", "CURSOR", "Go on where a page ended"),
      ]),
    CommandSpec(
      name: .adminShow, summary: "What somebody may administer", operands: "WHO", operandCount: 1...1),
    CommandSpec(
      name: .adminGrant, summary: "Say all that somebody may administer from now on",
      operands: "WHO \(scopeWords.joined(separator: ","))|none", operandCount: 2...2),
  ]
}

extension CommandRunner {
  func showAudit() async throws {
    _ = try requireSession()
    let query = AuditQuery(
      actor: invocation.values["actor"], action: invocation.values["action"].flatMap(AuditAction.init(rawValue:)),
      subject: invocation.values["subject"], since: try moment("since"), until: try moment("until"),
      limit: try number("limit"), cursor: invocation.values["cursor"])
    try check(query)
    let answer = try await desk.client.call(Admin.audit, query, mode: .reload)
    if out.isJSON { return out.bytes(answer.bytes) }
    if answer.value.items.isEmpty { out.note("There is no such entry.") }
    out.table(
      TextTable(
        [
          .init("ENTRY", .trailing), .init("WHEN"), .init("WHO", isFlexible: true), .init("WHAT"),
          .init("TO", isFlexible: true), .init("DETAIL", isFlexible: true),
        ],
        rows: answer.value.items.map { entry in
          let detail = entry.detail.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
          let (who, what) = (entry.actorName ?? entry.actor, entry.subjectName ?? entry.subject)
          return ["\(entry.number)", entry.at.description, who, entry.action, what, detail].map {
            SafeText.sanitised($0)
          }
        }))
    noteMore(answer.value.nextCursor)
  }

  private func moment(_ name: String) throws -> Timestamp? {
    guard let text = invocation.values[name] else { return nil }
    guard let moment = Timestamp(text) else {
      throw CommandFailure.usage("--\(name) wants a moment such as 2026-11-01T00:00:00Z, not \(text).")
    }
    return moment
  }

  func showAccountScopes() async throws {
    _ = try requireSession()
    let answer = try await account(invocation.operands[0])
    if out.isJSON { out.bytes(answer.bytes) } else { show(answer.value) }
  }

  func grantScopes() async throws {
    _ = try requireSession()
    let words = invocation.operands[1]
    let names = words == "none" ? [] : words.split(separator: ",").map(String.init)
    if let wrong = names.first(where: { AdminScope(rawValue: $0) == nil }) {
      let known = AdminScope.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandFailure.usage("\(wrong) is none of \(known), joined by commas, nor is it none.")
    }
    let before = try await account(invocation.operands[0]).value
    let grant = ScopeGrant(account: before.account, scopes: names.compactMap(AdminScope.init(rawValue:)))
    let answer = try await desk.client.call(Admin.grant, grant, CallOptions(version: before.version))
    if answer.value.account == desk.session?.account.id { try await desk.keeper.renewEarly() }
    if out.isJSON { out.bytes(answer.bytes) } else { show(answer.value) }
  }

  /// By id, or by the whole contact.
  private func account(_ text: String) async throws -> MarketAnswer<AccountScopes> {
    if let id = Account.ID(text) {
      return try await desk.client.call(Admin.scopes, AccountChoice(account: id), mode: .reload)
    }
    guard let contact = Contact(typed: text) else {
      throw CommandFailure.usage("\(text) is neither an account's id nor an e-mail address nor a phone number.")
    }
    do throws(ClientFailure) {
      return try await desk.client.call(Admin.findAccount, ContactChoice(contact: contact))
    } catch {
      guard error.problemCode == .notFound else { throw error }
      throw CommandFailure.other("Nobody is known by \(contact).")
    }
  }

  private func show(_ scopes: AccountScopes) {
    out.line("\(SafeText.sanitised(scopes.name))  \(scopes.account)")
    out.line("may: \(scopes.scopes.isEmpty ? "nothing" : scopes.scopes.map(\.rawValue).joined(separator: ", "))")
    if !scopes.scopes.isEmpty, !scopes.hasTwoFactor {
      out.note("two-factor is off there; nothing sensitive can be done before it is on")
    }
  }
}
