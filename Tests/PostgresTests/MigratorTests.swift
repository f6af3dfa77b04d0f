// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MigratorTests {
  private static let steps = [
    Migration(number: 1, name: "one", sql: "create table one (a int8); insert into one values (1);"),
    Migration(number: 2, name: "two", sql: "create table two (a int8); select pg_sleep(0.05); -- done"),
    Migration(number: 3, name: "three", sql: "insert into one values (3)"),
  ]

  @Test func `runners that start at once apply each step once`() async throws {
    try await withTestDatabase { database, loops in
      let applied = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<4 {
          group.addTask(executorPreference: loops.next()) { try await Migrator(database).run(Self.steps).count }
        }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(applied.sorted() == [0, 0, 0, 3])
      #expect(try await database.values("select a from one order by a", as: Int.self) == [1, 3])
      #expect(try await database.values("select number from schema_migrations order by 1", as: Int.self) == [1, 2, 3])
    }
  }

  @Test func `what does not fit is refused with its reason`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      let migrator = Migrator(database)
      try await migrator.run(Self.steps)
      var changed = Self.steps
      changed[1].sql += " "
      await #expect(throws: MigrationRefusal.changed(number: 2, name: "two")) { try await migrator.run(changed) }
      await #expect(throws: MigrationRefusal.newer(database: 3, program: 2)) {
        try await migrator.run(Array(Self.steps.prefix(2)))
      }
      await #expect(throws: MigrationRefusal.missing(number: 2, name: "two")) {
        try await migrator.run([Self.steps[0], Self.steps[2]])
      }
      await #expect(throws: MigrationRefusal.outOfOrder(number: 0, name: "early")) {
        try await migrator.run([Migration(number: 0, name: "early", sql: "select 1")] + Self.steps)
      }
      await #expect(throws: MigrationRefusal.numberedTwice(3)) {
        try await migrator.run(Self.steps + [Migration(number: 3, name: "again", sql: "select 1")])
      }
      #expect(try await migrator.run(Self.steps).isEmpty)
    }
  }

  @Test func `a step that fails leaves nothing of itself`() async throws {
    try await withTestDatabase(loops: 1) { database, _ in
      let broken = Migration(number: 2, name: "broken", sql: "create table half (a int8); select 1 / 0;")
      await #expect(throws: PostgresError.self) { try await Migrator(database).run([Self.steps[0], broken]) }
      #expect(try await database.values("select to_regclass('half') is null", as: Bool.self) == [true])
      #expect(try await database.values("select number from schema_migrations", as: Int.self) == [1])
      try await Migrator(database).run(Self.steps)
    }
  }
}
