// SPDX-License-Identifier: GPL-3.0-or-later

/// One page of what was found.
public struct Hits: Sendable, Hashable {
  public struct Hit: Sendable, Hashable {
    public var id: String
    public var payload: [UInt8]
  }

  public var hits: [Hit] = []
  /// Nil at the end of the list.
  public var next: Cursor?
  /// The words that were looked for in place of those typed, which match nothing.
  public var replacement: Replacement?
  /// Whether more was typed than is looked for.
  public var isTextCut = false

  public enum Replacement: Sendable, Hashable {
    /// Words that nobody uses, spelt as others that are.
    case corrected(String)
    /// Without some of the words.
    case shortened(String)

    public var text: String {
      switch self {
      case .corrected(let text), .shortened(let text): text
      }
    }
  }
}

/// A number that is exact, or an honest guess.
public struct Count: Sendable, Hashable {
  public var value: Int
  public var isExact: Bool

  public init(_ value: Int, isExact: Bool) {
    self.value = value
    self.isExact = isExact
  }
}

/// Which axes to count, for the matches of a query on all its pages.
public struct FacetQuery: Sendable, Hashable {
  public var query: SearchQuery
  /// An axis that the query filters by is counted as if it did not: what else could be chosen.
  public var axes: [String]
  /// The commonest values that are told of each axis.
  public var valuesMax: Int

  /// Above so many matches, counts are estimates.
  public static let exactMax = 10_000

  public init(_ query: SearchQuery, axes: [String], valuesMax: Int = 50) {
    self.query = query
    self.axes = axes
    self.valuesMax = valuesMax
  }
}

/// How many documents match, and how many of them have each value.
public struct FacetCounts: Sendable, Hashable {
  public struct Axis: Sendable, Hashable {
    public var axis: String
    /// The commonest first.
    public var values: [Value]
    /// How many values there are, of which the commonest are told; above `FacetQuery.exactMax` matches, at least so many.
    public var distinct: Int
    public var isExact: Bool
  }

  public struct Value: Sendable, Hashable {
    public var value: String
    public var count: Int
  }

  public var total: Count
  public var axes: [Axis]
}
