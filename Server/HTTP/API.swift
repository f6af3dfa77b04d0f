// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market

/// The API as one function from request to answer. Reading `answer` from top to bottom is reading what happens to
/// a request: found, limited, authenticated, checked, decoded, handled, and told conditionally.
struct API: Sendable {
  let routes: RouteTable<Routes.Route>
  let tokens: AccessTokens
  let passes: GuestPasses
  let limiter: RateLimiter
  let crossOrigin: CrossOrigin

  /// Nil when the path is not the API's.
  ///
  /// Only the handler waits. What comes before and after it are plain functions of their own, because what an async
  /// function works with lies in the memory of each running request.
  func answer(_ request: HTTPRequest, _ head: RequestHead, now: UInt64) async -> RoutedAnswer? {
    var beginning = begin(request, head, now)
    if case .unknownKey(let text) = beginning { beginning = await begin(request, head, now, learning: text) }
    switch beginning {
    case .notOurs, .unknownKey: return nil
    case .answered(let routed): return routed
    case .handled(let visit, let call, let input):
      let result: Result<Answer, any Error>
      do { result = .success(try await visit.route.run(call, input)) } catch { result = .failure(error) }
      return end(visit, request, head, result)
    }
  }

  /// Begins anew with an API key that the database had to be asked about: about once a minute for each.
  private func begin(
    _ request: HTTPRequest, _ head: RequestHead, _ now: UInt64, learning text: String
  ) async -> Beginning {
    do { return begin(request, head, now, .success(try await tokens.ring.learn(text))) } catch {
      return begin(request, head, now, .failure(error))
    }
  }

  private enum Beginning {
    case notOurs
    case answered(RoutedAnswer)
    /// An API key is not known here.
    case unknownKey(String)
    case handled(Visit, Call, RawInput)
  }

  /// A request that has found its route, and what its answer will need.
  private struct Visit {
    let route: Routes.Route
    let account: Account.ID?
    let verdict: RateLimiter.Verdict?
    var fields: [String] = []
  }

  @inline(never)
  private func begin(
    _ request: HTTPRequest, _ head: RequestHead, _ now: UInt64, _ learned: Result<TokenReading, any Error>? = nil
  ) -> Beginning {
    guard let segments = API.segments(request.path) else { return .notOurs }
    switch routes.find(Method(rawValue: API.effectiveMethod(request)), segments) {
    case .unknownPath:
      let response = limited(request, head, now) { ProblemAnswer(.notFound).response(for: head) }
      return .answered(marked(RoutedAnswer(nil, response), request))
    case .wrongMethod(let allowed):
      let response = limited(request, head, now) { wrongMethod(request, head, allowed) }
      return .answered(marked(RoutedAnswer(nil, response), request))
    case .found(let route, let places): return begin(request, head, route, places, now, learned)
    }
  }

  @inline(never)
  private func end(
    _ visit: Visit, _ request: HTTPRequest, _ head: RequestHead, _ result: Result<Answer, any Error>
  ) -> RoutedAnswer {
    var response: HTTPResponse
    var failure: String?
    do {
      response = try ConditionalAnswer(request: request, fields: visit.fields).response(try result.get())
    } catch {
      let problem = ProblemAnswer(error)
      failure = problem.failure
      response = problem.response(for: head)
    }
    if let verdict = visit.verdict { response.headers.add(verdict) }
    let endpoint = visit.route.endpoint
    if endpoint.traits.answer == .eventsOrPage { response.headers.add("Vary", "Accept") }
    return marked(RoutedAnswer(endpoint.name, response, failure: failure, account: visit.account), request)
  }

  private func marked(_ routed: RoutedAnswer, _ request: HTTPRequest) -> RoutedAnswer {
    var routed = routed
    crossOrigin.mark(
      &routed.response, origin: request.headers["Origin"], isPreflight: request.method == .options)
    return routed
  }

  /// What the server does with a body, known from the head alone.
  func bodyPolicy(_ head: HTTPRequestHead, spoolDirectory: String) -> BodyPolicy {
    var policy = BodyPolicy.buffer(bytesMax: API.jsonBytesMax)
    var bytesMax = API.jsonBytesMax
    if let segments = API.segments(head.path),
      case .found(let route, _) = routes.find(Method(rawValue: head.method.rawValue), segments),
      case .file(_, let fileBytesMax) = route.endpoint.traits.body
    {
      policy = .spool(directory: spoolDirectory, bytesMax: fileBytesMax)
      bytesMax = fileBytesMax
    }
    guard let length = head.contentLength, length > bytesMax else { return policy }
    let request = RequestHead(HTTPRequest(head: head), trustedProxies: 0)
    var refusal = ProblemAnswer(.contentTooLarge).response(for: request)
    refusal.headers["X-Request-Id"] = request.requestID
    return .refuse(refusal)
  }

  static let jsonBytesMax = 1 << 20

  /// What is no route has limits too: those of reading.
  private func limited(
    _ request: HTTPRequest, _ head: RequestHead, _ now: UInt64, _ answer: () -> HTTPResponse
  ) -> HTTPResponse {
    let token = tokens.read(request.headers["Authorization"])
    let verdict = limiter.take(.read, by: token.principal?.name ?? head.address, now: now)
    let isAllowed = verdict?.decision.isAllowed ?? true
    var response = isAllowed ? answer() : ProblemAnswer(.tooManyRequests).response(for: head)
    if let verdict { response.headers.add(verdict) }
    return response
  }

  // MARK: One route

  private func begin(
    _ request: HTTPRequest, _ head: RequestHead, _ route: Routes.Route, _ places: [String: String], _ now: UInt64,
    _ learned: Result<TokenReading, any Error>?
  ) -> Beginning {
    let endpoint = route.endpoint
    let token: TokenReading
    switch learned {
    case nil: token = tokens.read(request.headers["Authorization"])
    case .success(let reading): token = reading
    case .failure(let error):
      return .answered(end(Visit(route: route, account: nil, verdict: nil), request, head, .failure(error)))
    }
    if case .unknownKey(let text) = token { return beginUnknown(text, request, head, route, now) }
    let caller = token.principal?.name ?? head.address
    let verdict = limiter.take(endpoint.traits.limit, by: caller, now: now)
    var visit = Visit(route: route, account: token.principal?.account, verdict: verdict)
    do {
      if let verdict, !verdict.decision.isAllowed { throw TooManyRequests() }
      let guest = passes.read(request.headers[GuestPass.header])
      try checkAccess(endpoint, token, guest)
      try checkMedia(endpoint, request)
      let (call, input, fields) = try prepare(
        request, head, route, places, endpoint.access.caller(token.principal, keys: endpoint.traits.keys), token.lease,
        guest.guest)
      visit.fields = fields
      return .handled(visit, call, input)
    } catch {
      return .answered(end(visit, request, head, .failure(error)))
    }
  }

  /// A question about a key costs its address a read, as any read of somebody unknown does that asks the database.
  private func beginUnknown(
    _ text: String, _ request: HTTPRequest, _ head: RequestHead, _ route: Routes.Route, _ now: UInt64
  ) -> Beginning {
    let verdict = limiter.take(.read, by: head.address, now: now)
    if verdict?.decision.isAllowed ?? true { return .unknownKey(text) }
    let visit = Visit(route: route, account: nil, verdict: verdict)
    return .answered(end(visit, request, head, .failure(TooManyRequests())))
  }

  private func checkAccess(_ endpoint: AnyEndpoint, _ token: TokenReading, _ guest: GuestReading) throws {
    if case .invalid = token { throw AccessRefusal.unauthenticated }
    if case .invalid = guest { throw GuestPassRefused() }
    let refusal = endpoint.access.refusal(
      for: token.principal, guest: guest.guest, endpoint.traits.sensitivity, keys: endpoint.traits.keys,
      now: tokens.now())
    if refusal == .keyScopeMissing, let scope = endpoint.traits.keys { throw KeyScopeMissing(scope: scope) }
    if let refusal { throw refusal }
  }

  private func checkMedia(_ endpoint: AnyEndpoint, _ request: HTTPRequest) throws {
    if let accept = request.headers["Accept"], !MediaTypes.accepts(accept, anyOf: endpoint.answerTypes) {
      throw NotAcceptable()
    }
    let hasBody: Bool
    switch request.body {
    case .empty: hasBody = false
    case .bytes, .file: hasBody = true
    }
    // A body where none belongs is told as such, whatever it is.
    guard hasBody, !endpoint.method.takesQuery, endpoint.traits.body != .none else { return }
    guard MediaTypes.isOne(request.headers["Content-Type"], of: endpoint.bodyTypes) else {
      throw UnsupportedMediaType()
    }
  }

  private func prepare(
    _ request: HTTPRequest, _ head: RequestHead, _ route: Routes.Route, _ places: [String: String],
    _ principal: Principal?, _ lease: TokenLease?, _ guest: Guest.ID?
  ) throws -> (Call, RawInput, [String]) {
    let endpoint = route.endpoint
    var query = NamedTexts()
    do throws(FieldError) { try query.addQuery(request.query) } catch { throw InputFault.malformed(error) }
    var fields: [String] = []
    if !route.fields.isEmpty, let list = query.take("fields") {
      fields = try FieldList.read(list, known: route.fields)
    }
    let match = VersionMatch(headers: request.headers.values(for: "If-Match"))
    if endpoint.traits.requiresMatch && match == .absent { throw VersionRequired() }
    var body: [UInt8] = []
    var file: SpooledFile?
    switch request.body {
    case .empty: break
    case .bytes(let bytes): body = bytes
    case .file(let spooled): file = spooled
    }
    if case .file = endpoint.traits.body, file == nil {
      throw InputFault.invalid([FieldError("", "required", "Send the file as the body.")])
    }
    let call = Call(
      requestID: head.requestID, principal: principal, lease: lease, guest: guest,
      network: Network.of(head.address), language: head.language, match: match,
      idempotencyKey: try IdempotencyKey.read(request.headers, endpoint.traits.idempotency),
      lastEventID: request.headers["Last-Event-ID"],
      wantsEvents: request.headers["Accept"].map { MediaTypes.names($0, "text/event-stream") } ?? false, file: file)
    return (call, RawInput(path: request.path, places: places, query: query, body: body), fields)
  }

  private func wrongMethod(_ request: HTTPRequest, _ head: RequestHead, _ allowed: [Method]) -> HTTPResponse {
    let names = allowed.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] } + ["OPTIONS"]
    let isOptions = request.method == .options
    var response = isOptions ? HTTPResponse(status: 204) : ProblemAnswer(.methodNotAllowed).response(for: head)
    response.headers["Allow"] = names.joined(separator: ", ")
    return response
  }

  private static func effectiveMethod(_ request: HTTPRequest) -> String {
    request.method == .head || request.isHead ? "GET" : request.method.rawValue
  }

  /// The decoded segments below the API's base; a segment that does not decode is no segment of ours.
  private static func segments(_ path: String) -> [String]? {
    let base = Contract.basePath.utf8
    let path = path.utf8
    guard path.starts(with: base) else { return nil }
    let rest = path.dropFirst(base.count)
    guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { return nil }
    return rest.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { PercentEncoding.decode(Substring($0)) ?? "\u{0}" }
  }
}

/// An answer and what the log says of it.
struct RoutedAnswer: Sendable {
  /// The endpoint's name; nil when none was found.
  var endpoint: String?
  var response: HTTPResponse
  var failure: String?
  var account: Account.ID?

  init(_ endpoint: String?, _ response: HTTPResponse, failure: String? = nil, account: Account.ID? = nil) {
    self.endpoint = endpoint
    self.response = response
    self.failure = failure
    self.account = account
  }
}

struct TooManyRequests: Refusal { var problem: ProblemCode { .tooManyRequests } }
struct KeyScopeMissing: Refusal {
  var scope: KeyScope
  var problem: ProblemCode { .keyScopeMissing }
  var detail: String? { "This wants an API key with the scope \(scope.rawValue)." }
}

struct NotAcceptable: Refusal { var problem: ProblemCode { .notAcceptable } }
struct UnsupportedMediaType: Refusal { var problem: ProblemCode { .unsupportedMediaType } }
struct VersionRequired: Refusal { var problem: ProblemCode { .versionRequired } }
struct VersionMismatch: Refusal { var problem: ProblemCode { .versionMismatch } }
