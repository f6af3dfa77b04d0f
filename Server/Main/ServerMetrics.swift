// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Observability

/// What the server measures of itself.
struct ServerMetrics: Sendable {
  let registry = Metrics()
  private let latencies: [String: Histogram]
  private let otherLatency: Histogram
  private let answers: [String: [Counter]]

  init() {
    let latency = registry.histogram(
      "souk_request_seconds", help: "Time from the whole request to the whole answer", labels: ["endpoint"])
    let answered = registry.counter(
      "souk_requests_total", help: "Requests answered", labels: ["endpoint", "status_class"])
    var latencies: [String: Histogram] = [:]
    var answers: [String: [Counter]] = [:]
    for name in Contract.endpoints.map(\.name) + PagePath.names + StorefrontPath.names + ["other"] {
      latencies[name] = latency[name]
      answers[name] = (1...5).map { answered[name, "\($0)xx"] }
    }
    self.latencies = latencies
    self.answers = answers
    otherLatency = latency["other"]
  }

  func count(_ endpoint: String?, status: Int, _ elapsed: Duration) {
    let name = endpoint ?? "other"
    (latencies[name] ?? otherLatency).observe(elapsed)
    let classes = answers[name] ?? answers["other"] ?? []
    let index = status / 100 - 1
    if classes.indices.contains(index) { classes[index].add() }
  }
}
