// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import soukd

struct RouteTableTests {
  private static func found(_ outcome: RouteTable<String>.Outcome) -> String {
    switch outcome {
    case .found(let route, let places): "\(route) \(places.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })"
    case .wrongMethod(let allowed): "\(allowed.map(\.rawValue))"
    case .unknownPath: "unknown"
    }
  }

  @Test(
    arguments: [
      (Method.get, ["products"], "list []"), (.post, ["products"], "create []"),
      (.get, ["products", "new"], "form []"),
      (.get, ["products", "7"], #"show ["product=7"]"#), (.get, ["products", "new", "photo"], #"photo ["id=new"]"#),
      (.get, ["products", ""], #"show ["product="]"#), (.delete, ["products"], #"["GET", "POST"]"#),
      (.put, ["products", "new"], #"["GET"]"#), (.get, [], "unknown"), (.get, [""], "unknown"),
      (.get, ["x"], "unknown"),
      (.get, ["products", "7", "x"], "unknown"), (.get, ["products", "7", "photo", ""], "unknown"),
      (nil, ["products"], #"["GET", "POST"]"#), (.patch, ["products", "7"], #"edit ["product=7"]"#),
      (.put, ["products", "7"], #"["GET", "PATCH"]"#),
    ] as [(Method?, [String], String)]) func `literals win, places are named by the route`(
      method: Method?, segments: [String], outcome: String
    )
  {
    var table = RouteTable<String>()
    table.add("list", .get, "/products")
    table.add("create", .post, "/products")
    table.add("form", .get, "/products/new")
    table.add("show", .get, "/products/{product}")
    table.add("edit", .patch, "/products/{product}")
    table.add("photo", .get, "/products/{id}/photo")
    #expect(Self.found(table.find(method, segments)) == outcome)
  }

  @Test func `every endpoint is found by its filled path, and only there`() {
    var table = RouteTable<String>()
    for endpoint in Contract.endpoints { table.add(endpoint.name, endpoint.method, endpoint.path) }
    for endpoint in Contract.endpoints {
      for _ in 0..<20 {
        var expected: [String: String] = [:]
        let segments = endpoint.path.segments.map { segment -> String in
          switch segment {
          case .literal(let word): return word
          case .place(let name):
            expected[name] = "~\(UInt32.random(in: 0 ... .max))"
            return expected[name] ?? ""
          }
        }
        guard case .found(let name, let places) = table.find(endpoint.method, segments) else {
          Issue.record("\(endpoint.name) is not found")
          return
        }
        #expect(name == endpoint.name && places == expected)
        if case .found = table.find(endpoint.method, segments + ["~", "~", "~"]) {
          Issue.record("too long a path is found")
        }
      }
    }
  }
}
