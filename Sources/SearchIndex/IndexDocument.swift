// SPDX-License-Identifier: GPL-3.0-or-later

/// What an index is of. Another schema needs another generation.
public struct IndexSchema: Sendable, Hashable {
  /// Raised by the owner when the same fields come to mean something else.
  public var version: Int
  /// Fields of text, the most telling first: matches within the first come before those that need the second, and so on.
  public var fields: [String]
  /// Numbers that lists are ordered by and ranges are cut from.
  public var numbers: [String]

  public init(version: Int, fields: [String], numbers: [String]) {
    precondition((1...Term.levelsMax).contains(fields.count), "an index has one to eight fields of text")
    precondition(Set(fields).count == fields.count && Set(numbers).count == numbers.count, "names are used once")
    self.version = version
    self.fields = fields
    self.numbers = numbers
  }

  /// Told in each generation. The first number is the layout's own.
  var signature: String { "5|\(version)|\(fields.joined(separator: ","))|\(numbers.joined(separator: ","))" }

  func number(named name: String) -> Int? { numbers.firstIndex(of: name) }
}

/// A value on an axis: colour and red, country and PT.
public struct Keyword: Sendable, Hashable {
  public var axis: String
  public var value: String
  /// Whether its documents can be counted (`FacetQuery`), besides being filtered by it.
  public var isCounted: Bool

  public init(_ axis: String, _ value: String, isCounted: Bool = true) {
    self.axis = axis
    self.value = value
    self.isCounted = isCounted
  }
}

/// A document as its owner hands it over.
public struct IndexDocument: Sendable, Hashable {
  public var id: String
  /// Lists without another order, and equal matches, are in falling order of it: popularity, for example.
  public var weight: Int64
  /// The language of its texts, as ISO 639-1 says it; nil or one without a stemmer is indexed as written.
  public var language: String?
  /// By the names of the schema's fields.
  public var texts: [String: String]
  /// By the names of the schema's numbers.
  public var numbers: [String: Int64]
  public var keywords: [Keyword]
  /// What the variants of the document are, each on its own axes: filters of several axes hold for one variant.
  public var variants: [[Keyword]]
  /// Numbers and names that find it first when they are typed exactly.
  public var keys: [String]
  public var place: Place?
  /// Comes back with every hit.
  public var payload: [UInt8]

  public init(
    id: String, weight: Int64, language: String? = nil, texts: [String: String] = [:], numbers: [String: Int64] = [:],
    keywords: [Keyword] = [], variants: [[Keyword]] = [], keys: [String] = [], place: Place? = nil,
    payload: [UInt8] = []
  ) {
    self.id = id
    self.weight = weight
    self.language = language
    self.texts = texts
    self.numbers = numbers
    self.keywords = keywords
    self.variants = variants
    self.keys = keys
    self.place = place
    self.payload = payload
  }
}

/// A text that is offered to people who type its beginning.
public struct Completion: Sendable, Hashable {
  public var text: String
  /// Which is offered first.
  public var weight: Int64
  public var payload: [UInt8]

  public init(text: String, weight: Int64, payload: [UInt8] = []) {
    self.text = text
    self.weight = weight
    self.payload = payload
  }
}
