// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Observability
import Postgres

/// The database, and the private PostgreSQL beneath it when there is one.
struct DataStore: Sendable {
  let database: Database
  private let cluster: PrivateCluster?

  /// With `database-url` that server is used; without, a private one is made in the data directory and supervised.
  static func open(
    _ configuration: Configuration, _ loops: LoopGroup, _ control: EventLoop, _ log: Logger
  ) async throws -> DataStore {
    var pool = PoolConfiguration()
    pool.connectionsMax = configuration.databaseConnectionsPerLoop
    // Statements end before the requests that wait for them do.
    pool.statementLimit = .seconds(max(1, configuration.requestSeconds - 1))
    if let url = configuration.databaseURL {
      return DataStore(database: try await reach(ConnectionInfo(url: url.revealed), loops, pool), cluster: nil)
    }
    var plan = ClusterPlan(directory: configuration.dataDirectory + "/postgresql")
    plan.onEvent = { event in
      switch event {
      case .made: log.info("a private PostgreSQL was made")
      case .ready(let pid): log.info("the private PostgreSQL is ready", ["pid": .int(Int(pid))])
      case .died(let reason): log.error("the private PostgreSQL died and is started again", ["reason": .string(reason)])
      default: log.info("the private PostgreSQL", ["event": .string(String(describing: event))])
      }
    }
    let cluster = try await PrivateCluster.start(plan, on: control)
    return DataStore(database: Database(cluster.info, loops: loops.loops, configuration: pool), cluster: cluster)
  }

  /// Opens the database that was named, and finds out at once whether it is there.
  private static func reach(
    _ info: ConnectionInfo, _ loops: LoopGroup, _ pool: PoolConfiguration
  ) async throws -> Database {
    let database = Database(info, loops: loops.loops, configuration: pool)
    do { try await database.execute("select 1") } catch let failure as PoolExhausted {
      await database.close()
      throw DatabaseUnreachable(info.place ?? ConnectionPlace(), failure)
    }
    return database
  }

  func close() async {
    await database.close()
    await cluster?.stop()
  }
}
