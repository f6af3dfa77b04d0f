// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market

// The map of the pages, by which a person signs a device in with a browser, without scripts:
//   PagePath        their addresses; Pages finds the page, reads cookie and form, and answers
//   Visit           one person's way through them, kept by the browser (VisitCookie)
//   DevicePages     the device's code, consent, the end
//   SignInPages     by a code, and the second factor
//   ProviderPages   by a provider of identities
//   WebPage, PageFrame, Markup, Phrase   what they look like and say; PageProblem when they cannot

/// The pages for browsers.
struct Pages: Sendable {
  let cookie: VisitCookie
  let devices: DevicePages
  let signIn: SignInPages
  let providers: ProviderPages
  let keys: SigningKeys
  let limiter: RateLimiter
  let now: @Sendable () -> Timestamp

  /// Nil when the path is no page.
  func answer(_ request: HTTPRequest, _ head: RequestHead, now milliseconds: UInt64) async -> RoutedAnswer? {
    guard let path = PagePath(request.path) else { return nil }
    if path == .keySet, isRead(request) { return RoutedAnswer(path.name, KeySetPage.answer(request, keys)) }
    let isPost = request.method == .post
    let limit: LimitClass = isPost || path.isProvider ? .signIn : .read
    let verdict = limiter.take(limit, by: head.address, now: milliseconds)
    var response: HTTPResponse
    var failure: String?
    do {
      if let verdict, !verdict.decision.isAllowed { throw PageProblem.tooMany }
      guard isPost || isRead(request), path.methods.contains(isPost ? .post : .get) else {
        return RoutedAnswer(path.name, wrongMethod(request, path, head))
      }
      let (call, isNew) = try prepare(request, path, head)
      response = try finished(try await handle(call), for: call, isNew: isNew)
    } catch {
      response = PageProblem(error).page.response(in: head.language)
      if !(error is PageProblem) {
        let answer = ProblemAnswer(error)
        failure = answer.failure
        if let wait = answer.retryAfterSeconds { response.headers["Retry-After"] = String(wait) }
      }
    }
    if let verdict { response.headers.add(verdict) }
    return RoutedAnswer(path.name, response, failure: failure)
  }

  /// What the server does with a body; nil when the path is no page.
  func bodyPolicy(_ head: HTTPRequestHead) -> BodyPolicy? {
    guard PagePath(head.path) != nil else { return nil }
    guard head.method == .post else { return BodyPolicy.none }
    guard let length = head.contentLength, length > FormBody.bytesMax else {
      return .buffer(bytesMax: FormBody.bytesMax)
    }
    let request = RequestHead(HTTPRequest(head: head), trustedProxies: 0)
    var refusal = PageProblem.tooLarge.page.response(in: request.language)
    refusal.headers["X-Request-Id"] = request.requestID
    return .refuse(refusal)
  }

  // MARK: The way in

  private func isRead(_ request: HTTPRequest) -> Bool { request.method == .get || request.method == .head }

  private func prepare(_ request: HTTPRequest, _ path: PagePath, _ head: RequestHead) throws -> (PageCall, Bool) {
    var query = NamedTexts()
    do throws(FieldError) { try query.addQuery(request.query) } catch { throw PageProblem.unreadable }
    let moment = now()
    let known = cookie.read(request.headers, now: moment)
    var call = PageCall(
      path: path, visit: known ?? .begun(at: moment), form: nil, query: query, network: Network.of(head.address),
      language: head.language, now: moment)
    if request.method == .post { call.form = try form(request, path, known) }
    return (call, known == nil)
  }

  /// The fields of a form that this visit was given.
  private func form(_ request: HTTPRequest, _ path: PagePath, _ visit: Visit?) throws -> [String: String] {
    var bytes: [UInt8] = []
    if case .bytes(let sent) = request.body { bytes = sent }
    guard MediaTypes.isOne(request.headers["Content-Type"], of: [FormBody.type]) else { throw PageProblem.noForm }
    let fields: [String: String]
    do throws(UnreadableForm) {
      fields = try FormBody.read(bytes, names: path.fields.union([FormToken.name]))
    } catch { throw PageProblem.unreadable }
    guard let visit, visit.accepts(fields[FormToken.name], for: path) else { throw PageProblem.formIsOver }
    return fields
  }

  // MARK: The page

  private func handle(_ call: PageCall) async throws -> PageAnswer {
    switch call.path {
    case .device: try await devices.device(call)
    case .consent: try await devices.consent(call)
    case .result: devices.result(call)
    case .signIn: try await signIn.signIn(call)
    case .code: try await signIn.code(call)
    case .secondFactor: try await signIn.secondFactor(call)
    case .another: signIn.another(call)
    case .provider(let id): try await providers.leave(id, call)
    case .callback(let id): try await providers.comeBack(id, call)
    case .keySet: throw PageProblem.noSuchPage
    }
  }

  // MARK: The way out

  private func finished(_ answer: PageAnswer, for call: PageCall, isNew: Bool) throws -> HTTPResponse {
    var response: HTTPResponse
    switch answer.content {
    case .page(let page): response = page.response(in: call.language)
    case .go(let path): response = Pages.redirect(to: path.text)
    case .leave(let url): response = Pages.redirect(to: url)
    }
    if isNew || answer.visit != call.visit { response.headers["Set-Cookie"] = try cookie.written(answer.visit) }
    return response
  }

  private static func redirect(to address: String) -> HTTPResponse {
    var response = HTTPResponse(status: 303, headers: ["Location": address])
    response.headers.addPageRules()
    return response
  }

  private func wrongMethod(_ request: HTTPRequest, _ path: PagePath, _ head: RequestHead) -> HTTPResponse {
    let names = path.methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] } + ["OPTIONS"]
    var response =
      request.method == .options ? HTTPResponse(status: 204) : PageProblem.wrongMethod.page.response(in: head.language)
    response.headers["Allow"] = names.joined(separator: ", ")
    return response
  }
}

/// The hidden field that shows that a form came from the page that this visit was given.
enum FormToken {
  static let name = "form_token"

  static func field(_ visit: Visit, for path: PagePath) -> Markup {
    "<input type=\"hidden\" name=\"\(name)\" value=\"\(visit.token(for: path))\">"
  }
}

extension PagePath {
  fileprivate var isProvider: Bool {
    switch self {
    case .provider, .callback: true
    default: false
    }
  }
}
