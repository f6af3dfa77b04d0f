// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Observability
import Postgres

/// The database, and the private PostgreSQL beneath it when there is one: of this process, or of another `soukd` that has
/// the data directory.
struct DataStore: Sendable {
  private enum Beneath: Sendable {
    case named
    case own(PrivateCluster)
    case neighbours(NeighbourCluster)
  }

  let database: Database
  private let beneath: Beneath

  /// With `database-url` that server is used; without, a private one is made in the data directory and supervised. What
  /// `visits`, because it only needs the database and ends by itself, uses the one that runs there already.
  static func open(
    _ configuration: Configuration, _ loops: LoopGroup, _ control: EventLoop, _ log: Logger, visits: Bool
  ) async throws -> DataStore {
    var pool = PoolConfiguration()
    pool.connectionsMax = configuration.databaseConnectionsPerLoop
    // Statements end before the requests that wait for them do.
    pool.statementLimit = .seconds(max(1, configuration.requestSeconds - 1))
    if let url = configuration.databaseURL {
      return DataStore(database: try await reach(ConnectionInfo(url: url.revealed), loops, pool), beneath: .named)
    }
    let plan = plan(configuration, log)
    switch try await visits ? PrivateCluster.reach(plan, on: control) : start(plan, on: control) {
    case .own(let cluster):
      let database = Database(cluster.info, loops: loops.loops, configuration: pool)
      return DataStore(database: database, beneath: .own(cluster))
    case .neighbours(let neighbour):
      log.info("another process runs the database", ["pid": .int(Int(neighbour.holder))])
      do {
        return DataStore(
          database: try await reach(neighbour.info, loops, pool), beneath: .neighbours(neighbour))
      } catch let failure as DatabaseUnreachable {
        throw NeighbourProblem.closed(
          directory: neighbour.directory, pid: neighbour.holder, reason: failure.reason)
      }
    }
  }

  private static func start(_ plan: ClusterPlan, on control: EventLoop) async throws -> ReachedCluster {
    do { return .own(try await PrivateCluster.start(plan, on: control)) } catch ClusterError.held(
      let directory, let pid)
    { throw NeighbourProblem.taken(directory: directory, pid: pid) }
  }

  private static func plan(_ configuration: Configuration, _ log: Logger) -> ClusterPlan {
    var plan = ClusterPlan(directory: configuration.dataDirectory + "/postgresql")
    plan.onEvent = { event in
      switch event {
      case .made: log.info("a private PostgreSQL was made")
      case .ready(let pid): log.info("the private PostgreSQL is ready", ["pid": .int(Int(pid))])
      case .died(let reason): log.error("the private PostgreSQL died and is started again", ["reason": .string(reason)])
      default: log.info("the private PostgreSQL", ["event": .string(String(describing: event))])
      }
    }
    return plan
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

  /// Brings the schema up to date. That of another process's database is not changed under its feet, unless that is what
  /// was asked for.
  func settleSchema(isAskedFor: Bool) async throws {
    let migrator = Migrator(database)
    guard case .neighbours(let neighbour) = beneath, !isAskedFor else {
      try await migrator.run(Migrations.all)
      return
    }
    guard let first = try await migrator.missing(Migrations.all).first else { return }
    throw NeighbourProblem.older(pid: neighbour.holder, migration: "\(first.number) \(first.name)")
  }

  /// Why something failed: when the database is another process's and has gone, that is why.
  func explained(_ error: any Error) async -> any Error {
    guard case .neighbours(let neighbour) = beneath, error is PostgresError || error is PoolExhausted,
      !(await neighbour.answers())
    else { return error }
    return NeighbourProblem.left(directory: neighbour.directory, pid: neighbour.holder)
  }

  func close() async {
    await database.close()
    if case .own(let cluster) = beneath { await cluster.stop() }
  }
}
