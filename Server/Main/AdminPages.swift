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

/// Health and metrics, on a port of their own. They are asked most when something is wrong, so they answer soon even
/// when the database does not.
struct AdminPages: Sendable {
  let metrics: ServerMetrics
  let database: Database
  let server: HTTPServer
  let offload: OffloadPool
  let readiness: Readiness
  let loop: EventLoop
  let index: CatalogueIndex
  /// How long the database may take to answer.
  var patience: Duration = .seconds(2)

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
    let database = database
    let isThere = await soon { try? await database.first("select 1") { row in try row.next(Int.self) } } != nil
    return isThere ? text(200, "ready\n") : text(503, "the database does not answer\n")
  }

  /// What was asked for, unless it takes longer than whoever watches the server waits. A database that hangs does not
  /// even take back a question, so the question is left behind.
  private func soon<Value: Sendable>(_ ask: @escaping @Sendable () async -> Value?) async -> Value? {
    let (answers, continuation) = AsyncStream.makeStream(of: Value?.self)
    let question = Task { continuation.yield(await ask()) }
    let loop = loop
    let patience = patience
    let limit = Task {
      do { try await loop.sleep(for: patience) } catch { return }
      continuation.yield(nil)
    }
    defer {
      question.cancel()
      limit.cancel()
    }
    for await answer in answers { return answer }
    return nil
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
    let search = index.status
    lines += [
      gauge("souk_search_ready", "Whether the search index can be asked", search.isReady ? 1 : 0),
      gauge("souk_search_documents", "Products in the search index", search.documents),
      gauge("souk_search_rebuilds", "How often this process has built the search index anew", search.rebuilds),
      gauge(
        "souk_search_lag_milliseconds", "How long the oldest change of the last commit had waited",
        search.lagMilliseconds),
      gauge("souk_search_waiting", "Searches that wait for a thread", index.waitingCount),
    ]
    let database = database
    if let depth = await soon({ try? await JobQueue(database: database).depth() }) {
      lines.append(gauge("souk_jobs_waiting", "Jobs that wait", depth.waiting))
      lines.append(gauge("souk_jobs_dead", "Jobs that were given up", depth.dead))
    }
    if let schedules = await soon({ try? await ScheduleBook(database: database).health() }) {
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
