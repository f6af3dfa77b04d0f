// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import Market
import Observability

/// The outermost handler: the API and the pages beside it, each request timed, counted, logged and named.
struct Front: Sendable {
  let api: API
  let pages: Pages
  let metrics: ServerMetrics
  let log: Logger
  let trustedProxies: Int

  func answer(_ request: HTTPRequest) async -> HTTPResponse {
    let start = ContinuousClock.now
    let head = RequestHead(request, trustedProxies: trustedProxies)
    let trace = request.headers["traceparent"].flatMap(TraceContext.init(header:))?.child()
    let context = LogContext(requestID: head.requestID, trace: trace)
    return await LogContext.$current.withValue(context) {
      var routed = await route(request, head)
      routed.response.headers["X-Request-Id"] = head.requestID
      let elapsed = ContinuousClock.now - start
      metrics.count(routed.endpoint, status: routed.response.status, elapsed)
      note(request, routed, elapsed)
      return routed.response
    }
  }

  /// What the server does with a body, known from the head alone.
  func bodyPolicy(_ head: HTTPRequestHead, spoolDirectory: String) -> BodyPolicy {
    pages.bodyPolicy(head) ?? api.bodyPolicy(head, spoolDirectory: spoolDirectory)
  }

  private func route(_ request: HTTPRequest, _ head: RequestHead) async -> RoutedAnswer {
    if let page = DocumentationPages.answer(request) { return RoutedAnswer("docs", page) }
    if let answer = await pages.answer(request, head, now: Front.milliseconds()) { return answer }
    if let answer = await api.answer(request, head, now: Front.milliseconds()) { return answer }
    return RoutedAnswer(nil, ProblemAnswer(.notFound).response(for: head))
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
