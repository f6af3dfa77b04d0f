// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import Market
import Observability

/// The outermost handler: the API and the pages beside it, each request timed, counted, logged and named. An object,
/// because all of them share it.
final class Front: Sendable {
  private let api: API
  private let pages: Pages
  private let storefronts: StorefrontPages
  private let metrics: ServerMetrics
  private let log: Logger
  private let trustedProxies: Int

  init(
    api: API, pages: Pages, storefronts: StorefrontPages, metrics: ServerMetrics, log: Logger, trustedProxies: Int
  ) {
    self.api = api
    self.pages = pages
    self.storefronts = storefronts
    self.metrics = metrics
    self.log = log
    self.trustedProxies = trustedProxies
  }

  func answer(_ request: HTTPRequest) async -> HTTPResponse {
    let start = ContinuousClock.now
    let head = RequestHead(request, trustedProxies: trustedProxies)
    let trace = request.headers["traceparent"].flatMap(TraceContext.init(header:))?.child()
    let context = LogContext(requestID: head.requestID, trace: trace)
    return await LogContext.$current.withValue(context) {
      if let page = DocumentationPages.answer(request) {
        return end(RoutedAnswer("docs", page), request, head, since: start)
      }
      let now = Front.milliseconds()
      if let routed = await api.answer(request, head, now: now) { return end(routed, request, head, since: start) }
      if let routed = await storefronts.answer(request, head, now: now) {
        return end(routed, request, head, since: start)
      }
      return end(await pages.answer(request, head, now: now), request, head, since: start)
    }
  }

  /// What the server does with a body, known from the head alone.
  func bodyPolicy(_ head: HTTPRequestHead, spoolDirectory: String) -> BodyPolicy {
    pages.bodyPolicy(head) ?? api.bodyPolicy(head, spoolDirectory: spoolDirectory)
  }

  /// `routed` is nil when nothing has that address.
  @inline(never)
  private func end(
    _ routed: RoutedAnswer?, _ request: HTTPRequest, _ head: RequestHead, since start: ContinuousClock.Instant
  ) -> HTTPResponse {
    let routed = routed ?? RoutedAnswer(nil, ProblemAnswer(.notFound).response(for: head))
    var response = routed.response
    response.headers["X-Request-Id"] = head.requestID
    let elapsed = ContinuousClock.now - start
    metrics.count(routed.endpoint, status: response.status, elapsed)
    note(request, routed, elapsed)
    return response
  }

  /// One line per request at the debug level; failures of ours always, with their reason.
  private func note(_ request: HTTPRequest, _ routed: RoutedAnswer, _ elapsed: Duration) {
    if let failure = routed.failure {
      log.error("a request failed", ["endpoint": .string(routed.endpoint ?? "-"), "reason": .string(failure)])
    }
    log.debug(
      "request",
      [
        "endpoint": .string(routed.endpoint ?? "-"), "method": .string(request.method.rawValue),
        "status": .int(routed.response.status), "milliseconds": .milliseconds(elapsed),
      ])
  }

  /// A clock that never goes back.
  private static func milliseconds() -> UInt64 {
    let (seconds, attoseconds) = (ContinuousClock.now - origin).components
    return UInt64(seconds) * 1000 + UInt64(attoseconds / 1_000_000_000_000_000)
  }

  private static let origin = ContinuousClock.now - .seconds(1)
}
