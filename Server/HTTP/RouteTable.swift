// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// Finds a route by method and path. Literal segments win over places.
struct RouteTable<Route: Sendable>: Sendable {
  fileprivate struct Node: Sendable {
    var literals: [String: Node] = [:]
    var places: [Node] = []
    var routes: [Method: Entry] = [:]
  }

  fileprivate struct Entry: Sendable {
    var route: Route
    var placeNames: [String]
  }

  enum Outcome {
    case found(Route, places: [String: String])
    /// The path exists, with these methods.
    case wrongMethod(allowed: [Method])
    case unknownPath
  }

  private var root = Node()

  mutating func add(_ route: Route, _ method: Method, _ path: PathTemplate) {
    root.insert(path.segments[...], method, Entry(route: route, placeNames: path.placeNames))
  }

  /// `segments` are percent-decoded. HEAD asks for what GET has.
  func find(_ method: Method?, _ segments: [String]) -> Outcome {
    var places: [String] = []
    guard let node = root.find(segments[...], &places) else { return .unknownPath }
    guard let method, let entry = node.routes[method] else {
      return .wrongMethod(allowed: node.routes.keys.sorted { $0.rawValue < $1.rawValue })
    }
    return .found(entry.route, places: Dictionary(uniqueKeysWithValues: zip(entry.placeNames, places)))
  }
}

extension RouteTable.Node {
  fileprivate mutating func insert(
    _ segments: ArraySlice<PathTemplate.Segment>, _ method: Method, _ entry: RouteTable.Entry
  ) {
    guard let first = segments.first else {
      precondition(routes[method] == nil, "one route per method and path")
      routes[method] = entry
      return
    }
    switch first {
    case .literal(let word): literals[word, default: .init()].insert(segments.dropFirst(), method, entry)
    case .place:
      if places.isEmpty { places.append(.init()) }
      places[0].insert(segments.dropFirst(), method, entry)
    }
  }

  fileprivate func find(_ segments: ArraySlice<String>, _ places: inout [String]) -> RouteTable.Node? {
    guard let first = segments.first else { return routes.isEmpty ? nil : self }
    if let node = literals[first]?.find(segments.dropFirst(), &places) { return node }
    guard let node = self.places.first else { return nil }
    places.append(first)
    if let found = node.find(segments.dropFirst(), &places) { return found }
    places.removeLast()
    return nil
  }
}
