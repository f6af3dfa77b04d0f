// SPDX-License-Identifier: GPL-3.0-or-later

/// One numbered step of a schema, never changed once it has been applied anywhere.
public struct Migration: Sendable, Hashable {
  public var number: Int
  public var name: String
  /// One or several statements, without parameters.
  public var sql: String

  public init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }

  /// FNV-1a of the text. It guards against accidents, not against malice.
  public var checksum: Int64 {
    let hash = sql.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return Int64(bitPattern: hash)
  }
}

/// Why the database and the program's migrations do not fit together.
public enum MigrationRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  case changed(number: Int, name: String)
  case missing(number: Int, name: String)
  case newer(database: Int, program: Int)
  /// A migration with a lower number than one that has been applied came in later.
  case outOfOrder(number: Int, name: String)
  case numberedTwice(Int)

  public var description: String {
    switch self {
    case .changed(let number, let name): "migration \(number) \(name) was changed after it had been applied"
    case .missing(let number, let name): "migration \(number) \(name) was applied but this program does not know it"
    case .newer(let database, let program):
      "the database is at migration \(database), this program knows \(program): use a newer program"
    case .outOfOrder(let number, let name): "migration \(number) \(name) comes before one that has been applied"
    case .numberedTwice(let number): "two migrations have the number \(number)"
    }
  }
}

/// Brings a database's schema up to date, forward only. Several programs may start at once: one works, others wait.
public struct Migrator: Sendable {
  struct Applied: Sendable, Equatable {
    var number: Int
    var name: String
    var checksum: Int64
  }

  private let database: Database
  /// Any number will do as long as every program uses the same.
  private static let lockKey: Int64 = 0x6d69_6772_6174_6521

  public init(_ database: Database) { self.database = database }

  /// Applies what is missing, each step in a transaction of its own. Returns the steps applied.
  @discardableResult
  public func run(_ migrations: [Migration]) async throws -> [Migration] {
    try await database.withLease { lease in
      // Waiting for the lock may take as long as the other program's migrations.
      _ = try await lease.run(Statement("set statement_timeout = 0"))
      _ = try await lease.run(Statement("select pg_advisory_lock(\(Migrator.lockKey))"))
      do {
        let applied = try await apply(migrations, lease)
        try await settle(lease)
        return applied
      } catch {
        await lease.close("the migration failed")
        throw error
      }
    }
  }

  /// What `run` would apply. Waits while somebody applies.
  public func missing(_ migrations: [Migration]) async throws -> [Migration] {
    try await database.transaction { transaction in
      try await transaction.execute("select pg_advisory_xact_lock_shared(\(Migrator.lockKey))")
      let isThere = try await transaction.first("select to_regclass('schema_migrations') is not null") { row in
        try row.next(Bool.self)
      }
      guard isThere == true else { return migrations }
      let applied = try await transaction.query(
        "select number, name, checksum from schema_migrations order by number"
      ) { row in
        Applied(number: try row.next(Int.self), name: try row.next(String.self), checksum: try row.next(Int64.self))
      }
      return try Migrator.missing(from: applied, in: migrations)
    }
  }

  private func settle(_ lease: Lease) async throws {
    _ = try await lease.run(Statement("select pg_advisory_unlock(\(Migrator.lockKey))"))
    let limit = String(lease.pool.configuration.statementLimit.milliseconds)
    _ = try await lease.run(Statement("select set_config('statement_timeout', \(limit), false)"))
  }

  private func apply(_ migrations: [Migration], _ lease: Lease) async throws -> [Migration] {
    try await lease.script(
      """
      set client_min_messages = warning;
      create table if not exists schema_migrations (
        number bigint primary key,
        name text not null,
        checksum bigint not null,
        applied_at timestamptz not null default now())
      """)
    let rows = try await lease.run(Statement("select number, name, checksum from schema_migrations order by number"))
    let applied = try rows.map { row in
      Applied(number: try row.next(), name: try row.next(), checksum: try row.next())
    }
    let missing = try Migrator.missing(from: applied, in: migrations)
    for migration in missing {
      _ = try await lease.run(Statement("begin"))
      try await lease.script(migration.sql)
      _ = try await lease.run(
        Statement(
          """
          insert into schema_migrations (number, name, checksum)
          values (\(migration.number), \(migration.name), \(migration.checksum))
          """))
      _ = try await lease.run(Statement("commit"))
    }
    return missing
  }

  /// Decides what is to be applied, or why nothing may be.
  static func missing(from applied: [Applied], in migrations: [Migration]) throws(MigrationRefusal) -> [Migration] {
    let known = migrations.sorted { $0.number < $1.number }
    for (one, next) in zip(known, known.dropFirst()) where one.number == next.number {
      throw .numberedTwice(one.number)
    }
    let newest = applied.last?.number ?? Int.min
    if let last = known.last?.number ?? (applied.isEmpty ? nil : 0), newest > last {
      throw .newer(database: newest, program: last)
    }
    for step in applied {
      guard let migration = known.first(where: { $0.number == step.number }) else {
        throw .missing(number: step.number, name: step.name)
      }
      if migration.checksum != step.checksum { throw .changed(number: step.number, name: step.name) }
    }
    let isApplied = Set(applied.map(\.number))
    let rest = known.filter { !isApplied.contains($0.number) }
    if let early = rest.first, early.number < newest { throw .outOfOrder(number: early.number, name: early.name) }
    return rest
  }
}
