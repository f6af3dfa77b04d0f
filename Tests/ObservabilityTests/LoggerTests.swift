// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Observability
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LoggerTests {
  /// What `body` logs, read back from a file.
  private func lines(_ level: LogLevel = .debug, _ body: (Logger) async -> Void) async throws -> [String] {
    let file = unsafe tmpfile()
    defer { unsafe fclose(file) }
    let descriptor = unsafe fileno(file)
    await body(Logger(level: level, fileDescriptor: descriptor))
    let size = Int(lseek(descriptor, 0, SEEK_END))
    var bytes = [UInt8](repeating: 0, count: size)
    let count = unsafe pread(descriptor, &bytes, size, 0)
    #expect(count == size)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func `a line says when, how grave, what, for which request, and its fields`() async throws {
    let trace = try #require(TraceContext(header: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
    let lines = try await lines { logger in
      LogContext.$current.withValue(LogContext(requestID: "r1", trace: trace)) {
        logger.warning(
          "slow",
          [
            "ms": .milliseconds(.microseconds(1500)), "n": 3, "ok": true, "text": "a\"\\\n\u{1b}å",
            "mail": .secret(Secret("a@example.com")),
          ])
      }
    }
    let line = try #require(lines.first)
    #expect(line.wholeMatch(of: /\{"time":"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ",.*/) != nil)
    #expect(
      line.drop { $0 != "," } == #"""
        ,"level":"warning","message":"slow","request_id":"r1","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736",\#
        "span_id":"00f067aa0ba902b7","ms":1.5,"n":3,"ok":true,"text":"a\"\\\n\u001bå","mail":"‹secret›"}
        """#)
  }

  @Test func `lines below the level are not made`() async throws {
    let lines = try await lines(.warning) { logger in
      logger.info(
        "no",
        [
          "x": .string(
            {
              Issue.record("made"); return ""
            }())
        ])
      logger.error("yes")
    }
    #expect(lines.count == 1)
  }

  @Test func `lines of many tasks do not mix`() async throws {
    let lines = try await lines { logger in
      await withTaskGroup { group in
        for task in 0..<8 {
          group.addTask { for i in 0..<100 { logger.info("line", ["task": .int(task), "i": .int(i), "end": 1]) } }
        }
      }
    }
    #expect(lines.count == 800)
    #expect(lines.allSatisfy { $0.hasPrefix("{\"time\":") && $0.hasSuffix(",\"end\":1}") })
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_827_696_789, "2000-02-29T12:34:56.789Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (1_798_761_599_999, "2026-12-31T23:59:59.999Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func `moments are written as RFC 3339`(_ milliseconds: Int64, _ text: String) {
    #expect(LogTime(milliseconds: milliseconds).description == text)
  }

  @Test func `every day agrees with the C library`() {
    for day in stride(from: -100_000, to: 200_000, by: 37) {
      var seconds = day * 86_400 + 3_723
      var parts = unsafe tm()
      unsafe gmtime_r(&seconds, &parts)
      let expected = unsafe [parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, 1, 2, 3].map(Int.init)
      let text = LogTime(milliseconds: Int64(seconds) * 1000).description
      #expect(text.dropLast(5).split { "-T:".contains($0) }.compactMap { Int($0) } == expected)
    }
  }

  @Test func `a secret is never shown`() {
    let secret = Secret("a@example.com")
    var dumped = ""
    dump([secret], to: &dumped)
    for text in ["\(secret)", String(describing: [secret]), String(reflecting: secret), dumped] {
      #expect(!text.contains("example"))
      #expect(text.contains("‹secret›"))
    }
  }
}
