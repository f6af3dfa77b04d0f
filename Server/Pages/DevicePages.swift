// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// The pages on which a person says which device asks, and agrees to it or refuses it.
struct DevicePages: Sendable {
  let database: Database
  let grants: DeviceGrants
  let accounts: Accounts
  let limits: SignInLimits

  // MARK: The code

  func device(_ call: PageCall) async throws -> PageAnswer {
    var visit = call.visit
    if call.form == nil {
      if case .done = visit.step { visit = .begun(at: call.now) }
      let typed = call.query["code"].flatMap(UserCode.normalised)
      return .page(DevicePages.form(visit, code: typed ?? "", isGiven: typed != nil), visit)
    }
    // Counted before, so that guesses in parallel are counted too.
    try await limits.take(.userCodesOfNetwork(call.network), in: database)
    guard let code = UserCode.normalised(call.field("code")),
      let waiting = try await grants.waiting(code, in: database)
    else {
      return .page(DevicePages.form(visit, code: call.field("code"), fault: .deviceUnknown), visit)
    }
    visit.device = Visit.Device(userCode: code, name: waiting)
    return .next(visit)
  }

  private static func form(
    _ visit: Visit, code: String, isGiven: Bool = false, fault: Phrase? = nil
  ) -> WebPage {
    WebPage(status: fault == nil ? 200 : 422, title: .deviceTitle) { language in
      let lead = isGiven ? Phrase.deviceCheck : .deviceLead
      return """
        <h1>\(Phrase.deviceTitle[language])</h1><p>\(lead[language])</p>
        <form method="post" action="\(PagePath.device.text)">\(FormToken.field(visit, for: .device))
        <label for="code">\(Phrase.code[language])</label>
        <input class="code" id="code" name="code" value="\(code)" placeholder="BCDF-GHJK" maxlength="32" required \
        autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false"\(FaultText.mark(fault))>
        \(FaultText.text(fault, language))<button>\(Phrase.goOn[language])</button></form>
        """
    }
  }

  // MARK: Consent

  func consent(_ call: PageCall) async throws -> PageAnswer {
    guard case .signedIn(let account, let provenAt) = call.visit.step, let device = call.visit.device else {
      return .next(call.visit)
    }
    guard call.form != nil else {
      guard try await grants.waiting(device.userCode, in: database) != nil else { throw PageProblem.deviceIsOver }
      let person = try await describe(account)
      return .page(DevicePages.question(call.visit, device, person), call.visit)
    }
    let isAgreed: Bool
    switch call.field("decision") {
    case "agree": isAgreed = true
    case "refuse": isAgreed = false
    default: throw PageProblem.unreadable
    }
    let isDecided = try await database.transaction { transaction in
      try await grants.decide(
        device.userCode, isAgreed ? .agreed(account, provenAt: provenAt) : .denied(account), transaction)
    }
    guard isDecided else { throw PageProblem.deviceIsOver }
    return .next(call.visit.entering(.done(isAgreed: isAgreed), at: call.now))
  }

  /// Whom the account belongs to, as its owner will know it again.
  private func describe(_ account: Account.ID) async throws -> (name: String, contact: String?) {
    let name = try await accounts.find(account, in: database).name
    return (name, try await accounts.contacts(of: account, in: database).first?.masked)
  }

  private static func question(
    _ visit: Visit, _ device: Visit.Device, _ person: (name: String, contact: String?)
  ) -> WebPage {
    WebPage(title: .consentTitle) { language in
      let contact: Markup? = person.contact.map { "<br><span class=\"soft\">\($0)</span>" }
      return """
        <h1>\(Phrase.consentTitle[language])</h1>
        <dl><dt>\(Phrase.device[language])</dt><dd><bdi>\(device.name)</bdi></dd>
        <dt>\(Phrase.code[language])</dt><dd class="code">\(device.userCode)</dd>
        <dt>\(Phrase.account[language])</dt><dd><bdi>\(person.name)</bdi>\(contact)</dd></dl>
        <p class="note">\(Phrase.consentWarning[language])</p>
        <form method="post" action="\(PagePath.consent.text)">\(FormToken.field(visit, for: .consent))
        <button name="decision" value="agree">\(Phrase.agree[language])</button>
        <button class="second" name="decision" value="refuse">\(Phrase.refuse[language])</button></form>
        <form method="post" action="\(PagePath.another.text)">\(FormToken.field(visit, for: .another))
        <button class="plain">\(Phrase.anotherAccount[language])</button></form>
        """
    }
  }

  // MARK: The end

  func result(_ call: PageCall) -> PageAnswer {
    guard case .done(let isAgreed) = call.visit.step else { return .next(call.visit) }
    let (title, lead) =
      isAgreed ? (Phrase.agreedTitle, Phrase.agreedLead) : (Phrase.refusedTitle, Phrase.refusedLead)
    let name = call.visit.device?.name ?? ""
    let page = WebPage(title: title) { language in
      """
      <h1>\(title[language])</h1><dl><dt>\(Phrase.device[language])</dt><dd><bdi>\(name)</bdi></dd></dl>
      <p>\(lead[language])</p>
      """
    }
    return .page(page, call.visit)
  }
}

/// How a form says what was wrong with its field.
enum FaultText {
  static func text(_ fault: Phrase?, _ language: Language) -> Markup {
    guard let fault else { return "" }
    return "<p class=\"fault\" id=\"fault\" role=\"alert\">\(fault[language])</p>"
  }

  static func mark(_ fault: Phrase?) -> Markup {
    fault == nil ? "" : " aria-invalid=\"true\" aria-describedby=\"fault\""
  }
}
