// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import SearchIndex

/// Readers beside a writer, and a writer that is killed.
@Suite(.timeLimit(.minutes(3)))
struct CrowdTests {
  @Test func `pages neither repeat nor skip what stays, while a writer commits`() async throws {
    let fixture = try Fixture()
    let kept = (0..<1500).map { at in
      var out = document("kept\(at)", "ring", weight: Int64(10_000 - at * 5))
      out.numbers = ["price": Int64(at % 40)]
      return out
    }
    try fixture.build(kept)
    let index = fixture.index
    let isDone = Atomic(false)
    let writing = Task {
      try await onThread {
        let writer = try index.writer()
        var turn = 0
        while !isDone.load(ordering: .acquiring) {
          for step in 0..<10 {
            let at = turn * 10 + step
            var new = document("new\(at % 200)", "ring", weight: Int64(at * 37 % 10_000))
            new.numbers = ["price": Int64(at % 40)]
            if at % 3 == 0 { try writer.remove(id: new.id) } else { try writer.put(new) }
            // The same document again, as an edit of something that is not its weight.
            try writer.put(kept[at % kept.count])
          }
          try writer.commit()
          turn += 1
        }
        return turn
      }
    }
    let expected = Set(kept.map(\.id))
    let orders: [SearchQuery.Order] = [.relevance, .weight, .number("price", isDescending: true)]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for order in orders {
        group.addTask {
          try await onThread {
            for round in 0..<4 {
              let ids = try fixture.allPages(SearchQuery(text: "ring", order: order, limit: 40 + round * 60))
              let found = ids.filter { $0.hasPrefix("kept") }
              #expect(found.count == expected.count && Set(found) == expected, "\(order)")
              _ = try index.count(FacetQuery(SearchQuery(text: "ring"), axes: ["colour"]))
            }
          }
        }
      }
      try await group.waitForAll()
    }
    isDone.store(true, ordering: .releasing)
    #expect(try await writing.value > 0)
    try index.inspect()
  }

  @Test func `what is committed is found by readers that are open`() throws {
    let fixture = try Fixture()
    try fixture.build([document("a", "ring")])
    #expect(try fixture.ids("ring") == ["a"])
    let writer = try fixture.index.writer()
    try writer.put(document("b", "ring", weight: -1))
    try writer.remove(id: "a")
    try writer.commit()
    // A reader looks for commits ten times a second.
    while try fixture.ids("ring") != ["b"] { usleep(1000) }
  }

  @Test func `a writer that is killed leaves what it committed, and lets go`() async throws {
    let schema = IndexSchema(version: 1, fields: ["title", "body"], numbers: ["n"])
    let fixture = try Fixture(schema: schema)
    try fixture.build([], position: Array("0".utf8))
    try await onThread {
      for round in 0..<8 {
        let program = try RunningProgram("search-writer", [fixture.index.directory])
        let pid = try #require(Int32(program.nextComplaint()))
        var told = 0
        for _ in 0..<(5 + round * 3) { told = try #require(Int(program.nextComplaint())) }
        // Somewhere within the next changes or their commit.
        kill(pid, SIGKILL)
        let end = program.end()
        #expect(end.code == nil)
        try Self.checkLeft(fixture, atLeast: told)
      }
    }
  }

  private static func checkLeft(_ fixture: Fixture, atLeast told: Int) throws {
    try fixture.index.inspect()
    let position: Int
    do {
      let writer = try fixture.index.writer()
      position = try #require(Int(String(decoding: writer.position, as: UTF8.self)))
    }
    #expect(position >= told)
    let index = try SearchIndex(directory: fixture.index.directory, schema: fixture.index.schema)
    let found = Set(try index.search(SearchQuery(text: "common", limit: 1000)).hits.map(\.id))
    #expect(found == Set((max(1, position - 49)...position).map { "d\($0)" }))
    #expect(try index.search(SearchQuery(text: "word\(position)")).hits.map(\.id) == ["d\(position)"])
    let counts = try index.count(FacetQuery(SearchQuery(), axes: ["third"]))
    #expect(counts.axes[0].values.map(\.count).reduce(0, +) == found.count)
  }
}
