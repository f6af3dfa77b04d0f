// SPDX-License-Identifier: GPL-3.0-or-later

/// What somebody looks for.
public struct SearchQuery: Sendable, Hashable {
  /// As it was typed; any text is a query. See `TypedText`.
  public var text: String
  /// ISO 639-1: whose stems, synonyms and small words count.
  public var languages: [String]
  /// All of them hold.
  public var filters: [Filter]
  public var order: Order
  public var limit: Int
  /// Where the page before ended.
  public var after: Cursor?
  /// Whether a spelling that is known, or fewer words, may take the place of words that match nothing.
  public var mayChangeWords: Bool
  /// Whether the last word may be the beginning of one.
  public var isLastWordOpen: Bool

  public init(
    text: String = "", languages: [String] = [], filters: [Filter] = [], order: Order = .relevance, limit: Int = 24,
    after: Cursor? = nil, mayChangeWords: Bool = true, isLastWordOpen: Bool = false
  ) {
    self.text = text
    self.languages = languages
    self.filters = filters
    self.order = order
    self.limit = limit
    self.after = after
    self.mayChangeWords = mayChangeWords
    self.isLastWordOpen = isLastWordOpen
  }

  public enum Order: Sendable, Hashable {
    /// Exact keys, then matches in the first field, then in the first two, and so on; each in falling order of weight.
    case relevance
    /// In falling order of weight.
    case weight
    /// Documents without the number come last.
    case number(String, isDescending: Bool)
  }

  public enum Filter: Sendable, Hashable {
    /// Has one of the values on the axis.
    case any(String, [String])
    /// Has none of them.
    case none(String, [String])
    /// One of its variants has, on each axis, one of the values.
    case variant([String: [String]])
    case number(String, ClosedRange<Int64>)
    case near(Place, metres: Int)
  }

  static let limitMax = 1000
}

/// The end of a page: the next one begins behind it. What changes meanwhile is neither shown twice nor lost, unless it
/// changes its own place in the order.
public struct Cursor: Sendable, Hashable {
  /// The list within the order: a tier of relevance; 1 for documents without the number.
  var tier: UInt32
  var docid: UInt32
  var number: Int64?
  /// Docids of another generation are other documents: there the last one of the page is looked up by its id.
  var generation: UInt32
  var id: String
  /// The words that took the place of those typed.
  var text: String?

  init(tier: Int, docid: UInt32, number: Int64?, generation: Int, id: String, text: String?) {
    self.tier = UInt32(tier)
    self.docid = docid
    self.number = number
    self.generation = UInt32(truncatingIfNeeded: generation)
    self.id = id
    self.text = text
  }

  /// For the owner to seal and hand out.
  public var bytes: [UInt8] {
    var out = PackedOutput()
    out.u32(Int(tier))
    out.u32(Int(docid))
    out.u32(Int(generation))
    out.u8(number == nil ? 0 : 1)
    if let number { out.u64(UInt64(bitPattern: number)) }
    out.sized(id)
    if let text { out.raw("+" + text) }
    return out.bytes
  }

  public init?(bytes: [UInt8]) {
    var input = PackedInput(bytes)
    do {
      tier = try input.u32()
      docid = try input.u32()
      generation = try input.u32()
      number = try input.u8() == 0 ? nil : Int64(bitPattern: try input.u64())
      id = try input.sized()
      text = input.isAtEnd ? nil : String(decoding: try input.rest().dropFirst(), as: UTF8.self)
    } catch {
      return nil
    }
  }
}
