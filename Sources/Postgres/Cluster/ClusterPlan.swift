// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a private PostgreSQL lives and how it is set.
public struct ClusterPlan: Sendable {
  /// Holds everything: the data, the socket, the log, the lock.
  public var directory: String
  /// The folder of `postgres` and `initdb`; none means the newest one under /usr/lib/postgresql.
  public var binaries: String?
  /// The role that owns everything and as whom to connect.
  public var role = "owner"
  public var database = "postgres"
  /// Settings of postgresql.conf that go before the ones chosen here.
  public var settings: [String: String] = [:]
  /// How long PostgreSQL may take to accept connections, recovery included.
  public var startLimit = Duration.seconds(300)
  /// How long another PostgreSQL on the same data is waited for: one whose owner died is still shutting down.
  public var takeoverLimit = Duration.seconds(10)
  public var stopLimit = Duration.seconds(30)
  /// How long another process's PostgreSQL that does not answer is waited for: it may be starting.
  public var neighbourLimit = Duration.seconds(15)
  /// Told whatever happens, from the loop.
  public var onEvent: @Sendable (ClusterEvent) -> Void = { _ in }

  public init(directory: String) { self.directory = directory }

  var dataDirectory: String { directory + "/data" }
  var logPath: String { directory + "/postgresql.log" }
  var lockPath: String { directory + "/lock" }

  /// Durable before fast: an acknowledged commit survives a power cut.
  static let durable: [String: String] = [
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "128MB",
    "max_connections": "100", "listen_addresses": "", "unix_socket_permissions": "0700",
    "logging_collector": "off", "log_destination": "stderr", "log_line_prefix": "%m [%p] ", "log_timezone": "UTC",
    "timezone": "UTC", "lc_messages": "C", "wal_level": "replica", "max_wal_size": "1GB", "jit": "off",
    "random_page_cost": "1.1",
    // After a crash every file of the data is made durable first. Until connections are accepted that took 0.74 to
    // 0.82 s with fsync and 0.24 to 0.34 s with syncfs, on a quiet harness.
    "recovery_init_sync_method": "syncfs",
  ]

  func serverArguments(socketDirectory: String) -> [String] {
    let all = ClusterPlan.durable.merging(settings) { _, own in own }
    return ["-D", dataDirectory, "-k", socketDirectory]
      + all.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
  }
}

/// What happens to a private PostgreSQL.
public enum ClusterEvent: Sendable, Equatable {
  case made
  case ready(pid: Int32)
  case died(String)
  case restartFailed(String)
  case stopped
}

/// Why a private PostgreSQL cannot run.
public enum ClusterError: Error, Sendable, CustomStringConvertible {
  case noBinaries(String)
  case noUser(String)
  case held(directory: String, pid: Int32)
  /// Another process runs it, and it does not answer.
  case silent(directory: String, pid: Int32)
  case foreign(directory: String, user: String)
  case notSearchable(directory: String, user: String)
  case files(path: String, problem: String)
  case initdb(log: String)
  case notStarted(log: String)
  case diskFull(directory: String)
  case tooSlow(Duration)

  public var description: String {
    switch self {
    case .noBinaries(let folder): "no PostgreSQL in \(folder): install postgresql or name its bin folder"
    case .noUser(let name): "this machine has no user \(name), and PostgreSQL refuses to run as root"
    case .held(let directory, let pid): "\(directory) is in use by process \(pid)"
    case .silent(let directory, let pid): "the PostgreSQL that process \(pid) runs in \(directory) does not answer"
    case .foreign(let directory, let user):
      "\(directory) belongs to user \(user): run this as that user, or choose another data directory"
    case .notSearchable(let directory, let user):
      "user \(user) may not pass through \(directory): chmod o+x it, or choose another data directory"
    case .files(let path, let problem): "\(path): \(problem)"
    case .initdb(let log): "PostgreSQL's data could not be made: \(log)"
    case .notStarted(let log): "PostgreSQL did not start: \(log)"
    case .diskFull(let directory): "PostgreSQL did not start: the disk that holds \(directory) is full"
    case .tooSlow(let limit): "PostgreSQL accepted no connection within \(limit)"
    }
  }
}
