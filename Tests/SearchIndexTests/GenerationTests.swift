// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import SearchIndex

@Suite(.timeLimit(.minutes(2)))
struct GenerationTests {
  private func reason(_ body: () throws -> Void) -> IndexFailure.Reason? {
    do {
      try body()
      return nil
    } catch {
      return (error as? IndexFailure)?.reason
    }
  }

  @Test func `an index that was never built is missing`() throws {
    let fixture = try Fixture()
    #expect(reason { try fixture.index.check() } == .missing)
    #expect(reason { _ = try fixture.index.search(SearchQuery()) } == .missing)
    #expect(reason { _ = try fixture.index.writer() } == .missing)
    try fixture.build([])
    try fixture.index.check()
    try fixture.index.inspect()
    #expect(try fixture.index.search(SearchQuery(text: "anything")).hits.isEmpty)
    let writer = try fixture.index.writer()
    try writer.put(document("first", "a ring"))
    try writer.commit()
    #expect(try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema).documentCount() == 1)
  }

  @Test func `a rebuild serves the old until it is done, and then the new`() throws {
    let fixture = try Fixture()
    try fixture.build([document("old", "ring")], position: [1])
    let writer = try fixture.index.writer()
    #expect(writer.position == [1])
    let builder = try fixture.index.rebuild()
    #expect(reason { _ = try fixture.index.rebuild() } == .locked)
    try builder.write(segment: 0, [document("new", "ring")])
    #expect(try fixture.ids("ring") == ["old"])
    // Changes go on meanwhile.
    try writer.put(document("later", "ring", weight: -1))
    try writer.commit(position: [2])
    #expect(try builder.finish(position: [1]) == 1)
    #expect(reason { try writer.commit(position: [3]) } == .superseded)
    let fresh = try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema)
    #expect(try fresh.search(SearchQuery(text: "ring")).hits.map(\.id) == ["new"])
    // Only the new one is left on the disk.
    #expect(try Generation.all(in: fixture.index.directory).map(\.number) == [2])
    #expect(
      try Files.names(in: Generation.current(in: fixture.index.directory)!.path) == [
        "columns", "completions", "documents", "sizes",
      ])
  }

  @Test func `a rebuild does not fail by those who still write into the old generation`() async throws {
    for _ in 0..<10 {
      let fixture = try Fixture()
      try fixture.build([document("old", "ring")])
      let folder = try #require(Generation.current(in: fixture.index.directory)).documents
      let late = LateWriting()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          // A writer makes a few files with each commit, not more for as long as it is looked at.
          for number in 0..<500 where !late.isOver.load(ordering: .acquiring) {
            let file = unsafe open("\(folder)/late-\(number)", O_WRONLY | O_CREAT, 0o644)
            if file >= 0 { close(file) }
            late.isWriting.store(true, ordering: .releasing)
          }
        }
        let builder = try fixture.index.rebuild()
        try builder.write(segment: 0, [document("new", "ring")])
        while !late.isWriting.load(ordering: .acquiring) { await Task.yield() }
        let count = Result { try builder.finish() }
        late.isOver.store(true, ordering: .releasing)
        #expect(try count.get() == 1)
        try await group.waitForAll()
      }
      #expect(try fixture.ids("ring") == ["new"])
      // What was left is gone with the next one.
      let builder = try fixture.index.rebuild()
      _ = try builder.finish()
      #expect(try Generation.all(in: fixture.index.directory).count == 1)
    }
  }

  @Test func `one writer at a time, and the next one goes on where it ended`() throws {
    let fixture = try Fixture()
    try fixture.build([document("a", "ring")])
    do {
      let writer = try fixture.index.writer()
      #expect(reason { _ = try fixture.index.writer() } == .locked)
      try writer.put(document("b", "ring", weight: -1))
      #expect(writer.changeCount == 1)
      try writer.commit(position: [7])
      #expect(writer.changeCount == 0)
    }
    #expect(try fixture.index.writer().position == [7])
  }

  @Test func `a rebuild that was broken off is cleaned away by the next`() throws {
    let fixture = try Fixture()
    try fixture.build([document("a", "ring")])
    do {
      let builder = try fixture.index.rebuild()
      try builder.write(segment: 0, [document("b", "ring")])
    }
    #expect(try Generation.all(in: fixture.index.directory).count == 2)
    try fixture.build([document("c", "ring")])
    #expect(try Generation.all(in: fixture.index.directory).count == 1)
    #expect(try fixture.index.search(SearchQuery(text: "ring")).hits.map(\.id).count == 1)
  }

  @Test func `segments are in order, full and all there, or it is refused`() throws {
    let fixture = try Fixture()
    let full = (0..<IndexBuilder.segmentSize).map { document("d\($0)", weight: Int64(-$0)) }
    func failure(_ segments: [(Int, [IndexDocument])]) throws -> IndexFailure.Reason? {
      let builder = try fixture.index.rebuild()
      return reason {
        for (number, batch) in segments { try builder.write(segment: number, batch) }
        try builder.finish()
      }
    }
    #expect(try failure([(0, [document("a", weight: 1), document("b", weight: 2)])]) == .refused)
    #expect(try failure([(1, [document("a")])]) == .refused)
    #expect(try failure([(0, [document("a")]), (1, [document("b")])]) == .refused)
    #expect(try failure([(0, full), (1, [document("b", weight: 5)])]) == .refused)
    #expect(try failure([(0, full), (0, full)]) == .refused)
    #expect(try failure([(0, [])]) == .refused)
    #expect(try failure([(1, [document("b", weight: -9999)]), (0, full)]) == nil)
    #expect(try fixture.index.documentCount() == full.count + 1)
  }

  @Test func `a cursor goes on in the next generation where its document is`() throws {
    let fixture = try Fixture()
    let documents = (0..<10).map { document("d\($0)", "ring", weight: Int64(100 - $0)) }
    try fixture.build(documents)
    var page = SearchQuery(text: "ring", limit: 4)
    let first = try fixture.index.search(page)
    page.after = first.next.flatMap { Cursor(bytes: $0.bytes) }
    try fixture.build(documents + [document("before", "ring", weight: 1000), document("behind", "ring", weight: 50)])
    let fresh = try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema)
    #expect(try fresh.search(page).hits.map(\.id) == ["d4", "d5", "d6", "d7"])
    try fixture.build([document("other", "ring")])
    let newest = try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema)
    #expect(reason { _ = try newest.search(page) } == .superseded)
  }

  @Test func `another schema makes it stale`() throws {
    let fixture = try Fixture()
    try fixture.build([document("a", "ring")])
    var schema = Fixture.schema
    schema.version += 1
    let index = try SearchIndex(directory: fixture.index.directory, schema: schema)
    #expect(reason { try index.check() } == .stale)
    #expect(reason { _ = try index.writer() } == .stale)
    #expect(IndexFailure(.stale, "").asksForRebuild && !IndexFailure(.locked, "").asksForRebuild)
  }

  @Test(arguments: [
    "documents/iamglass", "documents/postlist.glass", "documents/docdata.glass", "documents/termlist.glass",
    "completions/iamglass", "completions/postlist.glass", "completions/docdata.glass", "columns", "sizes",
  ])
  func `a file that is gone, short or garbled is damage`(name: String) throws {
    for kind in ["gone", "empty", "half", "garbled"] {
      let fixture = try Fixture()
      try fixture.build(
        (0..<3000).map { document("d\($0)", "ring word\($0)", body: "plain text \($0 % 7)", weight: Int64(-$0)) },
        completions: (0..<500).map { Completion(text: "ring word\($0)", weight: Int64($0)) })
      try fixture.index.inspect()
      let path = Generation.current(in: fixture.index.directory)!.path + "/" + name
      let size = try #require(Files.size(path))
      switch kind {
      case "gone": unsafe unlink(path)
      case "empty": unsafe truncate(path, 0)
      case "half": unsafe truncate(path, size / 2)
      default: try overwrite(path, size)
      }
      let index = try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema)
      let checked = reason {
        try index.check()
        // What opening does not see, reading everything does.
        try index.inspect()
      }
      #expect(checked == .damaged || checked == .missing, "\(name) \(kind)")
      // The remedy works, whatever is there.
      try fixture.build([document("again", "ring")])
      try index.check()
      #expect(try index.search(SearchQuery(text: "ring")).hits.map(\.id) == ["again"])
    }
  }

  private func overwrite(_ path: String, _ size: Int) throws {
    let file = unsafe open(path, O_WRONLY)
    defer { close(file) }
    var random = Random(size)
    let noise = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    #expect(unsafe write(file, noise, size) == size)
  }

  @Test(arguments: ["", "\n", "x", "-1", "99", "99999999999999999999999"])
  func `a pointer to nothing is a missing index`(text: String) throws {
    let fixture = try Fixture()
    try fixture.build([document("a", "ring")])
    try Files.replace(fixture.index.directory + "/current", with: text)
    let index = try SearchIndex(directory: fixture.index.directory, schema: Fixture.schema)
    #expect([.missing, .damaged].contains(reason { try index.check() }))
    try fixture.build([document("b", "ring")])
    #expect(try index.search(SearchQuery(text: "ring")).hits.map(\.id) == ["b"])
  }
}

/// How far somebody is who writes into a folder that is given up.
private final class LateWriting: Sendable {
  let isWriting = Atomic(false)
  let isOver = Atomic(false)
}
