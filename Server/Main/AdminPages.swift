// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import HTTPServer
import Observability
import Postgres
import Synchronization

/// Whether the server takes requests: false before it listens and while it drains.
final class Readiness: Sendable {
  private let state = Atomic(false)
  var isServing: Bool {
    get { state.load(ordering: .acquiring) }
    set { state.store(newValue, ordering: .releasing) }
  }
}

/// Health and metrics, on a port of their own.
struct AdminPages: Sendable {
  let metrics: ServerMetrics
  let database: Database
  let server: HTTPServer
  let offload: OffloadPool
  let readiness: Readiness

  func answer(_ request: HTTPRequest) async -> HTTPResponse {
    switch request.path {
    case "/healthz": return text(200, "alive\n")
    case "/readyz": return await ready()
    case "/metrics": return text(200, metrics.registry.rendered() + (await live()))
    default: return text(404, "healthz, readyz and metrics are here\n")
    }
  }

  private func ready() async -> HTTPResponse {
    guard readiness.isServing else { return text(503, "not serving\n") }
    do {
      _ = try await database.first("select 1") { row in try row.next(Int.self) }
      return text(200, "ready\n")
    } catch {
      return text(503, "the database does not answer\n")
    }
  }

  /// Figures that are asked for when metrics are.
  private func live() async -> String {
    let http = server.statistics
    let pool = database.statistics
    var lines = [
      gauge("souk_connections_open", "Open client connections", http.connectionsOpen),
      gauge(
        "souk_connections_lingering", "Ended connections whose clients may still be sending", http.connectionsLingering),
      gauge("souk_requests_running", "Requests under way", http.requestsRunning),
      gauge("souk_clients_gone", "Clients that left before their answer", http.clientsGone),
      gauge("souk_deadlines_missed", "Requests that took too long", http.deadlinesMissed),
      gauge("souk_database_connections", "Open database connections", pool.open),
      gauge("souk_database_waiting", "Statements that wait for a connection", pool.waiting),
      gauge("souk_database_statements", "Statements run", pool.statements),
      gauge("souk_offload_waiting", "Work that waits for an offload thread", offload.waitingCount),
    ]
    if let depth = try? await JobQueue(database: database).depth() {
      lines.append(gauge("souk_jobs_waiting", "Jobs that wait", depth.waiting))
      lines.append(gauge("souk_jobs_dead", "Jobs that were given up", depth.dead))
    }
    if let schedules = try? await ScheduleBook(database: database).health() {
      lines.append(
        "# HELP souk_schedule_age_seconds Time since a schedule last finished\n# TYPE souk_schedule_age_seconds gauge\n"
      )
      for schedule in schedules {
        lines.append(
          "souk_schedule_age_seconds{schedule=\"\(schedule.name)\"} \(schedule.secondsSinceFinished ?? -1)\n")
      }
    }
    return lines.joined()
  }

  private func gauge(_ name: String, _ help: String, _ value: Int) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) gauge\n\(name) \(value)\n"
  }

  private func text(_ status: Int, _ text: String) -> HTTPResponse {
    HTTPResponse(status: status, contentType: "text/plain; version=0.0.4; charset=utf-8", Array(text.utf8))
  }
}
