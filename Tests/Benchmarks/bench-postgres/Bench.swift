// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import Postgres
import TestSupport

/// Measures prepared selects by key, each alone and as reads that share:
/// `bench-postgres [loops] [tasks per loop] [seconds] [connections per loop]`.
func measure(_ arguments: [String]) throws {
  let numbers = arguments.dropFirst().compactMap { Int($0) }
  let loopCount = numbers.first ?? 1
  let taskCount = numbers.dropFirst().first ?? 64
  let seconds = numbers.dropFirst(2).first ?? 3
  let connections = numbers.dropFirst(3).first ?? PoolConfiguration().connectionsMax
  try EventLoop(name: "main").runUntilComplete {
    var configuration = PoolConfiguration()
    configuration.connectionsMax = connections
    try await withTestDatabase(loops: loopCount, configuration: configuration) { database, loops in
      try await database.execute("create table p (id int8 primary key, title text, price int8)")
      try await database.execute("insert into p select g, 'title ' || g, g * 3 from generate_series(1, 10000) g")
      try await database.execute("analyze p")
      let info = try await TestCluster.shared()
      print("socket \(info.socketDirectory)")
      for (name, runner) in [("alone", database as any SQLRunner), ("as reads", database.reads)] {
        let rate = await selects(runner, loops, tasks: taskCount, seconds: seconds)
        print("\(loopCount) loops x \(taskCount) tasks, \(connections) connections, \(name): \(Int(rate)) selects/s")
      }
    }
  }
}

/// Selects per second of so many tasks on each loop.
private func selects(_ runner: any SQLRunner, _ loops: LoopGroup, tasks: Int, seconds: Int) async -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  let end = start + .seconds(seconds)
  let total = await withTaskGroup(of: Int.self) { group in
    for loop in loops.loops {
      for _ in 0..<tasks {
        group.addTask(executorPreference: loop) {
          var done = 0
          while clock.now < end {
            let id = Int.random(in: 1...10000)
            let row = try? await runner.first("select id, title, price from p where id = \(id)") { row in
              (try row.next(Int.self), try row.next(String.self), try row.next(Int.self))
            }
            precondition(row?.2 == id * 3, "the row is the one asked for")
            done += 1
          }
          return done
        }
      }
    }
    return await group.reduce(0, +)
  }
  return Double(total) / ((clock.now - start) / .seconds(1))
}
