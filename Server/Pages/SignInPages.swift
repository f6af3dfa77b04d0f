// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Postgres

/// The pages on which a person signs in: by a code, and with the second factor where the account has one.
struct SignInPages: Sendable {
  let database: Database
  let codes: OneTimeCodes
  let accounts: Accounts
  let twoFactor: TwoFactorBook
  /// The providers to choose from.
  let providers: [Provider]

  // MARK: Whom to send a code to

  func signIn(_ call: PageCall) async throws -> PageAnswer {
    switch call.visit.step {
    case .secondFactorOwed, .signedIn, .done: return .next(call.visit)
    case .arrived, .codeSent: break
    }
    guard call.form != nil else { return .page(choice(call.visit, contact: ""), call.visit) }
    guard let contact = Contact(typed: call.field("contact")) else {
      return .page(choice(call.visit, contact: call.field("contact"), fault: .contactUnusable), call.visit)
    }
    let challenge = try await database.transaction { transaction in
      try await codes.request(contact, from: call.network, call.language, transaction)
    }
    return .next(call.visit.entering(.codeSent(challenge.challenge, to: contact.masked), at: call.now))
  }

  private func choice(_ visit: Visit, contact: String, fault: Phrase? = nil) -> WebPage {
    let providers = providers
    return WebPage(status: fault == nil ? 200 : 422, title: .signInTitle) { language in
      let links: [Markup] = providers.map { provider in
        let path = PagePath.provider(provider.id).text
        return "<a class=\"button second\" href=\"\(path)\">\(Phrase.with(provider.name)[language])</a>"
      }
      let or: Markup? = links.isEmpty ? nil : "<div class=\"or\">\(Phrase.or[language])</div>"
      return """
        <h1>\(Phrase.signInTitle[language])</h1><p>\(Phrase.signInLead[language])</p>\(DeviceLine.text(visit, language))
        <form method="post" action="\(PagePath.signIn.text)">\(FormToken.field(visit, for: .signIn))
        <label for="contact">\(Phrase.contact[language])</label>
        <input id="contact" name="contact" value="\(contact)" maxlength="254" required autocomplete="username" \
        autocapitalize="none" autocorrect="off" spellcheck="false"\(FaultText.mark(fault))>
        \(FaultText.text(fault, language))<button>\(Phrase.sendCode[language])</button></form>\(or)\(links)
        """
    }
  }

  // MARK: The code

  func code(_ call: PageCall) async throws -> PageAnswer {
    guard case .codeSent(let challenge, let contact) = call.visit.step else { return .next(call.visit) }
    guard call.form != nil else {
      return .page(SignInPages.codeForm(call.visit, .code, .codeTitle, .codeLead(contact)), call.visit)
    }
    try await codes.limits.take(.triesOfNetwork(call.network), in: database)
    let step = try await database.transaction { transaction -> Visit.Step? in
      // Committed also when the code is wrong, for the try to count.
      guard let contact = try await codes.redeem(challenge, call.field("code"), transaction) else { return nil }
      let account = try await accounts.knownOrMade(by: contact, in: transaction)
      return try await twoFactor.isOn(account, in: transaction)
        ? .secondFactorOwed(account) : .signedIn(account, provenAt: nil)
    }
    guard let step else {
      let page = SignInPages.codeForm(call.visit, .code, .codeTitle, .codeLead(contact), fault: .codeRefused)
      return .page(page, call.visit)
    }
    return .next(call.visit.entering(step, at: call.now))
  }

  // MARK: The second factor

  func secondFactor(_ call: PageCall) async throws -> PageAnswer {
    guard case .secondFactorOwed(let account) = call.visit.step else { return .next(call.visit) }
    func form(fault: Phrase? = nil) -> WebPage {
      SignInPages.codeForm(call.visit, .secondFactor, .secondFactorTitle, .secondFactorLead, fault: fault)
    }
    guard call.form != nil else { return .page(form(), call.visit) }
    try await codes.limits.take(.proofs(account), in: database)
    let isProven = try await database.transaction { try await twoFactor.proves(account, call.field("code"), $0) }
    guard isProven else { return .page(form(fault: .codeRefused), call.visit) }
    return .next(call.visit.entering(.signedIn(account, provenAt: call.now), at: call.now))
  }

  /// Forgets who is signed in, not the device.
  func another(_ call: PageCall) -> PageAnswer { .next(call.visit.entering(.arrived, at: call.now)) }

  private static func codeForm(
    _ visit: Visit, _ path: PagePath, _ title: Phrase, _ lead: Phrase, fault: Phrase? = nil
  ) -> WebPage {
    WebPage(status: fault == nil ? 200 : 422, title: title) { language in
      let keyboard: Markup = path == .code ? " inputmode=\"numeric\"" : " autocapitalize=\"none\""
      let (wayOut, words) =
        path == .code ? (PagePath.signIn, Phrase.codeAgain) : (PagePath.another, Phrase.anotherAccount)
      let out: Markup =
        wayOut == .signIn
        ? "<p><a href=\"\(wayOut.text)\">\(words[language])</a></p>"
        : """
        <form method="post" action="\(wayOut.text)">\(FormToken.field(visit, for: wayOut))
        <button class="plain">\(words[language])</button></form>
        """
      return """
        <h1>\(title[language])</h1><p>\(lead[language])</p>
        <form method="post" action="\(path.text)">\(FormToken.field(visit, for: path))
        <label for="code">\(Phrase.code[language])</label>
        <input class="code" id="code" name="code" maxlength="32" required autofocus autocomplete="one-time-code" \
        autocorrect="off" spellcheck="false"\(keyboard)\(FaultText.mark(fault))>
        \(FaultText.text(fault, language))<button>\(Phrase.goOn[language])</button></form>\(out)
        """
    }
  }
}

/// The device that a sign-in is for, when it is for one.
enum DeviceLine {
  static func text(_ visit: Visit, _ language: Language) -> Markup {
    guard let device = visit.device else { return "" }
    return """
      <dl><dt>\(Phrase.device[language])</dt><dd><bdi>\(device.name)</bdi></dd>
      <dt>\(Phrase.code[language])</dt><dd class="code">\(device.userCode)</dd></dl>
      """
  }
}
