// SPDX-License-Identifier: GPL-3.0-or-later

// The map of this module:
//   SQL              a statement written as an interpolated string; interpolated values are bound, never pasted
//   PostgresValue    what can be bound and read; RowReader reads columns by position from Rows
//   Connection       one libpq connection on its loop; Pipeline decides what each answer means
//   ConnectionPool   the connections of one loop; Database is the pools of all loops
//   Reads, Lookup    reads of one turn of a loop that share a synchronisation, or are one statement
//   Transaction      an exclusively held connection; SQLRunner is what it shares with Database
//   Listener, Copy   notifications, and bulk rows in and out
//   Migrator         numbered scripts that bring a schema up to date
//   PrivateCluster   makes and supervises a PostgreSQL of its own in a data directory

/// A statement with its bound values.
///
/// Write it as a string literal: every interpolated value becomes a parameter. The text is the same for every run
/// of one source line, so a connection prepares it once.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
  /// The text with its parameters as `$1`, `$2` and so on.
  public private(set) var text: String
  private(set) var parameters: [Parameter]
  /// The values one after another; parameters say where theirs is.
  private(set) var bytes: [UInt8]

  struct Parameter: Sendable {
    var type: PostgresType
    /// Where its `$n` starts in the text, in bytes.
    var mark: Int
    var offset: Int
    /// No value (null) is -1.
    var length: Int
    var isBinary: Bool
  }

  public init(stringLiteral text: String) {
    self.init(unescaped: text)
  }

  public init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.sql
  }

  /// Raw text without parameters. Never make it from what a user wrote.
  public init(unescaped text: String) {
    self.text = text
    parameters = []
    bytes = []
  }

  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var sql = SQL(unescaped: "")

    public init(literalCapacity: Int, interpolationCount: Int) {
      sql.text.reserveCapacity(literalCapacity + interpolationCount * 3)
      sql.parameters.reserveCapacity(interpolationCount)
    }

    public mutating func appendLiteral(_ literal: String) { sql.text += literal }

    public mutating func appendInterpolation<Value: PostgresValue>(_ value: Value) { sql.bind(value) }

    public mutating func appendInterpolation<Value: PostgresValue>(_ value: Value?) {
      if let value { sql.bind(value) } else { sql.bindNull(of: Value.self) }
    }

    /// Nests a statement; its parameters are numbered anew.
    public mutating func appendInterpolation(_ nested: SQL) { sql.append(nested) }

    /// Raw text: an identifier or keyword that the program itself chose.
    public mutating func appendInterpolation(unescaped text: String) { sql.text += text }
  }

  public static func + (first: SQL, second: SQL) -> SQL {
    var joined = first
    joined.append(second)
    return joined
  }

  public static func += (first: inout SQL, second: SQL) { first.append(second) }

  private mutating func bind<Value: PostgresValue>(_ value: Value) {
    let offset = bytes.count
    value.encode(into: &bytes)
    let length = bytes.count - offset
    let isBinary = !Value.bindsAsText
    if !isBinary { bytes.append(0) }  // libpq wants text values to end with a zero byte
    addParameter(Value.postgresType, offset: offset, length: length, isBinary: isBinary)
  }

  private mutating func bindNull<Value: PostgresValue>(of type: Value.Type) {
    addParameter(Value.postgresType, offset: bytes.count, length: -1, isBinary: !Value.bindsAsText)
  }

  private mutating func addParameter(_ type: PostgresType, offset: Int, length: Int, isBinary: Bool) {
    parameters.append(
      Parameter(type: type, mark: text.utf8.count, offset: offset, length: length, isBinary: isBinary))
    text += "$"
    text += String(parameters.count)
  }

  private mutating func append(_ other: SQL) {
    if other.parameters.isEmpty {
      text += other.text
      return
    }
    let source = other.text.utf8
    var position = source.startIndex
    var consumed = 0
    for (index, parameter) in other.parameters.enumerated() {
      let mark = source.index(position, offsetBy: parameter.mark - consumed)
      text += other.text[position..<mark]
      let offset = bytes.count
      let stored = max(0, parameter.length) + (parameter.isBinary || parameter.length < 0 ? 0 : 1)
      bytes.append(contentsOf: other.bytes[parameter.offset..<parameter.offset + stored])
      addParameter(parameter.type, offset: offset, length: parameter.length, isBinary: parameter.isBinary)
      let markLength = 1 + String(index + 1).utf8.count
      position = source.index(mark, offsetBy: markLength)
      consumed = parameter.mark + markLength
    }
    text += other.text[position...]
  }

  /// Whether a text value holds a zero byte, which PostgreSQL cannot store and C would cut at.
  var hasZeroByteInText: Bool {
    parameters.contains { parameter in
      parameter.length > 0 && !parameter.isBinary
        && bytes[parameter.offset..<parameter.offset + parameter.length].contains(0)
    }
  }
}

extension SQL: CustomStringConvertible {
  /// The text only: bound values may be secret.
  public var description: String { text }
}
