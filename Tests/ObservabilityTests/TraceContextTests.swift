// SPDX-License-Identifier: GPL-3.0-or-later
import Observability
import Testing

struct TraceContextTests {
  static let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  @Test func `a header comes back, and a child keeps its trace`() throws {
    let trace = try #require(TraceContext(header: Self.good))
    #expect(trace.description == Self.good)
    #expect(trace.isSampled)
    let child = trace.child()
    #expect(child.traceID == trace.traceID && child.spanID != trace.spanID && child.isSampled)
    #expect(TraceContext(header: child.description) == child)
  }

  @Test(arguments: ["00", "02", "fe"])
  func `flags other than sampled are not passed on`(_ flags: String) throws {
    let trace = try #require(TraceContext(header: Self.good.dropLast(2) + flags))
    #expect(trace.description.hasSuffix("-00"))
  }

  @Test(arguments: [
    "", "00", String(good.dropLast()), good + "0", good + "-00", "ff" + good.dropFirst(2), "0g" + good.dropFirst(2),
    good.uppercased(), " " + good, "00_" + good.dropFirst(3), "01" + good.dropFirst(2) + "x",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b-01",
  ])
  func `a header that is not valid is none`(_ header: String) {
    #expect(TraceContext(header: header) == nil)
  }

  @Test func `a later version may say more`() {
    #expect(TraceContext(header: "01" + Self.good.dropFirst(2) + "-more")?.isSampled == true)
  }

  @Test func `new traces are valid and differ`() {
    let traces = (0..<100).map { _ in TraceContext(isSampled: true) }
    #expect(Set(traces.map(\.traceID)).count == 100)
    #expect(traces.allSatisfy { TraceContext(header: $0.description) == $0 })
  }
}
