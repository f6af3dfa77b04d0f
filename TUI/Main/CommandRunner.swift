// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPClient
import Market

/// How a command ended.
enum ExitCode {
  static let done: Int32 = 0
  static let failed: Int32 = 1
  static let usage: Int32 = 2
  static let unreachable: Int32 = 3
  static let notSignedIn: Int32 = 4

  static let meanings: [(code: Int32, meaning: String)] = [
    (done, "done"), (failed, "refused or failed"), (usage, "wrong usage"),
    (unreachable, "no server and nothing stored"), (notSignedIn, "not signed in"),
  ]
}

/// Why a command stops before it is done.
enum CommandFailure: Error {
  case client(ClientFailure)
  case usage(String)
  case notSignedIn
  case other(String)

  var exitCode: Int32 {
    switch self {
    case .client(.unreachable): ExitCode.unreachable
    case .client(let failure) where CommandFailure.wantsSession.contains(failure.problemCode): ExitCode.notSignedIn
    case .client, .other: ExitCode.failed
    case .usage: ExitCode.usage
    case .notSignedIn: ExitCode.notSignedIn
    }
  }

  /// The command that mends it.
  private static func remedy(_ failure: ClientFailure) -> String? {
    switch failure.problemCode {
    case .unauthenticated, .sessionEnded: "souk login CONTACT"
    case .secondFactorRequired, .stepUpRequired: "souk two-factor prove CODE, then the same again."
    case .twoFactorRequired: "souk two-factor enrol sets it up."
    default: nil
    }
  }

  private static let wantsSession: Set<ProblemCode?> = [.unauthenticated, .sessionEnded, .secondFactorRequired]

  var words: String {
    switch self {
    case .client(let failure):
      if case .refused(let problem) = failure, let errors = problem.errors {
        problem.title + errors.map { "\n  \(CommandRunner.flag($0.pointer)): \($0.detail)" }.joined()
      } else {
        failure.words + (CommandFailure.remedy(failure).map { " \($0)" } ?? "")
      }
    case .usage(let words), .other(let words): words
    case .notSignedIn: "Nobody is signed in. souk login CONTACT"
    }
  }
}

/// Runs one command. The commands are extensions of it, in the folders of their features.
struct CommandRunner: Sendable {
  let desk: Desk
  let invocation: Invocation
  let out: LinePrinter
  let settings: SettingsFile
  var input = LineInput.standard

  func run() async -> Int32 {
    listen()
    do {
      try await runCommand()
      return ExitCode.done
    } catch let failure as CommandFailure {
      out.note(failure.words)
      return failure.exitCode
    } catch let failure as ClientFailure where desk.key != nil && failure.problemCode == .unauthenticated {
      out.note("The server does not take the key in \(Desk.keyVariable): it is revoked, too old or not whole.")
      return ExitCode.notSignedIn
    } catch let failure as ClientFailure {
      out.note(CommandFailure.client(failure).words)
      return CommandFailure.client(failure).exitCode
    } catch {
      out.note("\(error)")
      return ExitCode.failed
    }
  }

  /// A proof that a call wants is asked for on the terminal, even when the input is a pipe.
  private func listen() {
    let (gate, cache) = (desk.gate, desk.cache)
    gate.onDemand { [self] demand in
      guard let terminal = LineInput.terminal else { return gate.settle(false) }
      Task(executorPreference: desk.loop) { gate.settle(await TerminalProof(runner: self, line: terminal)(demand)) }
    }
    desk.keeper.onNews { if case .over = $0 { cache.empty() } }
  }

  private func runCommand() async throws {
    switch invocation.command {
    case .login: try await login()
    case .logout: try await logout()
    case .whoami: if desk.key == nil { try await whoami() } else { try await showCurrentKey() }
    case .sessionsList: try await listSessions()
    case .sessionsRevoke: try await revokeSession()
    case .sessionsRevokeOthers: try await revokeOtherSessions()
    case .twoFactorStatus: try await showTwoFactor()
    case .twoFactorEnrol: try await enrolTwoFactor()
    case .twoFactorConfirm: try await confirmTwoFactor()
    case .twoFactorProve: try await proveTwoFactor()
    case .twoFactorRenewCodes: try await renewRecoveryCodes()
    case .twoFactorOff: try await endTwoFactor()
    case .keysList: try await listAPIKeys()
    case .keysCreate: try await createAPIKey()
    case .keysRevoke: try await revokeAPIKeys()
    case .adminAudit: try await showAudit()
    case .adminShow: try await showAccountScopes()
    case .adminGrant: try await grantScopes()
    case .profileShow: try await showProfile()
    case .profileEdit: try await editProfile()
    case .contactsList: try await listContacts()
    case .contactsReplace: try await replaceContact()
    case .addressList: try await listAddresses()
    case .addressShow: try await showAddress()
    case .addressAdd: try await addAddress()
    case .addressEdit: try await editAddress()
    case .addressRemove: try await removeAddresses()
    case .consentsList: try await listConsents()
    case .consentsGive: try await record(isGiven: true)
    case .consentsWithdraw: try await record(isGiven: false)
    case .notificationsList: try await listNotifications()
    case .notificationsSet: try await setNotifications()
    case .search: try await searchProducts(words: invocation.operands.joined(separator: " "))
    case .productsList: try await listProducts()
    case .productsShow: try await showProduct()
    case .productsEdit: try await editProduct()
    case .productsCreate: try await createProduct()
    case .productsArchive: try await moveProducts { .archiveProduct($0) }
    case .productsRestore: try await moveProducts { .restoreProduct($0) }
    case .productsPublish: try await wishProducts(.active)
    case .productsWithdraw: try await wishProducts(.draft)
    case .productsProposal: try await showProposal()
    case .shopsStanding: try await showStanding()
    case .shopsSubmit: try await moveShop(Shops.submit)
    case .shopsWithdraw: try await moveShop(Shops.withdraw)
    case .moderationList: try await listItems()
    case .moderationShow: try await showItem()
    case .moderationClaim: try await claimItems(Moderation.claim, "claimed")
    case .moderationRelease: try await claimItems(Moderation.release, "released")
    case .moderationApprove: try await approveItems()
    case .moderationReject: try await rejectItems()
    case .moderationSuspend: try await suspendShop()
    case .moderationReinstate: try await reinstateShop()
    case .moderationTrust: try await trustShop()
    case .wishlistShow: try await showWishlist()
    case .wishlistAdd: try await addWishes()
    case .wishlistRemove: try await removeWishes()
    case .wishlistLists: try await listWishlists()
    case .wishlistCreate: try await createWishlist()
    case .wishlistRename: try await renameWishlist()
    case .wishlistDelete: try await deleteWishlist()
    case .wishlistShare: try await shareWishlist(true)
    case .wishlistUnshare: try await shareWishlist(false)
    case .viewsList: try await listViews()
    case .viewsClear: try await clearViews()
    case .compare: try await compareProducts()
    case .shopsList: try await listShops()
    case .shopsShow: try await showShop()
    case .categories: try await listCategories()
    case .eventsFollow: try await followEvents()
    case .cacheInfo: cacheInfo()
    case .cacheClear: clearCache()
    case .configShow: try showConfig()
    case .configCheck: try checkConfig()
    case .configKeys: try listKeys()
    case .outboxList: try listOutbox()
    case .outboxSend: try await sendOutbox()
    case .outboxDiscard: try discardFromOutbox()
    case .man: out.line(ManualPage.text)
    case .completion: out.line(Completion.script(for: invocation.operands[0]))
    case nil: break
    }
  }

  // MARK: Shared by the commands

  /// Reads an endpoint; when the server is away, what was last seen of it, with a note of its age.
  func read<Input, Output>(
    _ endpoint: Endpoint<Input, Output>, _ input: Input, mode: CacheMode = .standard
  ) async throws(ClientFailure) -> MarketAnswer<Output> {
    do throws(ClientFailure) {
      let answer = try await desk.client.call(endpoint, input, mode: mode)
      if case .offline(let age) = answer.freshness { out.note("offline: this is \(Words.age(age))") }
      return answer
    } catch {
      guard error.isAway, let last = desk.sight.lastBytes(endpoint, input),
        let value = try? MarketClient.read(Output.self, from: last.bytes)
      else { throw error }
      let age = HTTPDate.now - last.at
      out.note("offline: this is \(Words.age(age))")
      return MarketAnswer(value: value, bytes: last.bytes, freshness: .offline(ageSeconds: age))
    }
  }

  func requireSession() throws(CommandFailure) -> Session {
    if desk.key != nil {
      throw .other("\(Desk.keyVariable) is set, and no API key may do this. Unset it to go on as who is signed in.")
    }
    guard let session = desk.session else { throw .notSignedIn }
    return session
  }

  /// Somebody: a person who is signed in, or a program with a key.
  func requireCaller() throws(CommandFailure) {
    if desk.key == nil { _ = try requireSession() }
  }

  private var ownShops: [ShopReference] {
    get async throws {
      if desk.key == nil { return try requireSession().account.shops }
      return try await desk.client.call(Keys.current, Nothing(), mode: .reload).value.shops
    }
  }

  func requireShop() async throws -> ShopReference {
    let shops = try await ownShops
    if let wanted = invocation.values["shop"] {
      guard let shop = shops.first(where: { $0.slug == wanted }) else {
        throw CommandFailure.other("You have no shop \(wanted).")
      }
      return shop
    }
    guard let shop = shops.first else { throw CommandFailure.other("You have no shop.") }
    return shop
  }

  func number(_ name: String) throws(CommandFailure) -> Int? {
    guard let text = invocation.values[name] else { return nil }
    guard let number = Int(text) else { throw .usage("--\(name) wants a whole number, not \(text).") }
    return number
  }

  func amount(_ name: String, _ currency: Currency) throws(CommandFailure) -> Int? {
    guard let text = invocation.values[name] else { return nil }
    guard let money = Money(typed: text, currency) else {
      throw .usage("--\(name) wants an amount such as \(Money(4500, currency).decimalText), not \(text).")
    }
    return money.amount
  }

  /// Faults of an input in the words of its flags.
  func check(_ input: some Ruled) throws(CommandFailure) {
    if let fault = input.faults.first { throw .usage("\(CommandRunner.flag(fault.pointer)): \(fault.detail)") }
  }

  /// The field of an input in the words of the command line: `/price_amount` is `--price`.
  static func flag(_ pointer: String) -> String {
    let field = pointer.dropFirst().split(separator: "/").first ?? ""
    switch field {
    case "q": return "WORDS"
    case "price_amount": return "--price"
    case "lines": return "--line1"
    case "ids": return "ID"
    default: return "--" + field.split(separator: "_").joined(separator: "-")
    }
  }
}
