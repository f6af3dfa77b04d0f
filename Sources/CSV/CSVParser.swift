// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads comma-separated values (RFC 4180) piece by piece, in memory that no input can make grow.
///
///     TextToUTF8    bytes of a file to UTF-8, whatever encoding it has
///     CSVDialect    what separates the fields, told or found out
///     CSVParser     pieces of UTF-8 to records and faults, in their order
///     FormulaGuard  what a spreadsheet would run, made harmless and back
///     CSVWriter     records to bytes
///
/// Forgiving where nothing is lost: any line end, blank lines, a last line without an end, quotes in the midst of a plain field.
/// What cannot be read is a fault with its place, and reading goes on with the next record.
public struct CSVParser: Sendable {
  private enum State {
    case fieldStart
    case plain
    case quoted
    /// A quote inside of a quoted field: its end, or the first of two.
    case quoteSeen
    /// The rest of a record that has a fault is passed over; a quoted field of it to its end.
    case skipping
    case skippingQuoted
    case skippingQuoteSeen
  }

  private let dialect: CSVDialect
  private let limits: CSVLimits
  private var state = State.fieldStart
  private var record = PartialRecord()
  /// The line that is being read, from 1.
  private var line = 1
  private var recordLine = 1
  private var quoteLine = 1
  private var lastWasReturn = false

  public init(_ dialect: CSVDialect = CSVDialect(), limits: CSVLimits = CSVLimits()) {
    self.dialect = dialect
    self.limits = limits
  }

  /// Reads on; `take` is given each record or fault that is complete.
  public mutating func read(
    _ bytes: [UInt8], _ take: (Result<CSVRecord, CSVFault>) throws -> Void
  ) rethrows {
    for byte in bytes {
      if lastWasReturn {
        lastWasReturn = false
        // The second half of one line end.
        if byte == UInt8(ascii: "\n") { continue }
      }
      if let result = step(byte) { try take(result) }
    }
  }

  /// Ends the input: what stands without a line end is a record too.
  public mutating func end(_ take: (Result<CSVRecord, CSVFault>) throws -> Void) rethrows {
    switch state {
    case .quoted: try take(.failure(CSVFault(.unclosedQuote, line: quoteLine, field: record.fieldNumber)))
    case .fieldStart where record.isEmpty, .skipping, .skippingQuoted, .skippingQuoteSeen: break
    case .fieldStart, .plain, .quoteSeen: if let result = endRecord() { try take(result) }
    }
    self = CSVParser(dialect, limits: limits)
  }

  private mutating func step(_ byte: UInt8) -> Result<CSVRecord, CSVFault>? {
    let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    switch state {
    case .fieldStart, .plain:
      if isLineEnd { return endLine(byte) }
      if byte == dialect.delimiter { return endField() }
      if byte == UInt8(ascii: "\""), state == .fieldStart {
        state = .quoted
        quoteLine = line
        return nil
      }
      state = .plain
      return append(byte)
    case .quoted:
      if byte == UInt8(ascii: "\"") {
        state = .quoteSeen
        return nil
      }
      countLine(byte)
      return append(byte)
    case .quoteSeen:
      if byte == UInt8(ascii: "\"") {
        state = .quoted
        return append(byte)
      }
      if isLineEnd { return endLine(byte) }
      if byte == dialect.delimiter { return endField() }
      return fail(.textAfterQuote, then: .skipping)
    case .skipping, .skippingQuoteSeen:
      if state == .skippingQuoteSeen, byte == UInt8(ascii: "\"") {
        state = .skippingQuoted
        return nil
      }
      state = .skipping
      if isLineEnd { beginLine(after: byte) }
      return nil
    case .skippingQuoted:
      if byte == UInt8(ascii: "\"") { state = .skippingQuoteSeen } else { countLine(byte) }
      return nil
    }
  }

  private mutating func append(_ byte: UInt8) -> Result<CSVRecord, CSVFault>? {
    let skip: State = state == .quoted ? .skippingQuoted : .skipping
    if byte == 0 { return fail(.zeroByte, then: skip) }
    if record.fieldCount >= limits.fieldBytesMax { return fail(.fieldTooLong(limits.fieldBytesMax), then: skip) }
    if record.byteCount >= limits.recordBytesMax { return fail(.recordTooLong(limits.recordBytesMax), then: skip) }
    record.append(byte)
    return nil
  }

  private mutating func endField() -> Result<CSVRecord, CSVFault>? {
    guard record.fieldNumber < limits.fieldsMax else { return fail(.tooManyFields(limits.fieldsMax), then: .skipping) }
    record.endField()
    state = .fieldStart
    return nil
  }

  private mutating func endLine(_ byte: UInt8) -> Result<CSVRecord, CSVFault>? {
    let isBlank = state == .fieldStart && record.isEmpty
    let result = isBlank ? nil : endRecord()
    beginLine(after: byte)
    return result
  }

  private mutating func endRecord() -> Result<CSVRecord, CSVFault>? {
    record.endField()
    defer { record = PartialRecord() }
    do { return .success(CSVRecord(line: recordLine, fields: try record.fields())) } catch {
      return .failure(CSVFault(.notUTF8, line: recordLine, field: error.field))
    }
  }

  private mutating func fail(_ reason: CSVFault.Reason, then next: State) -> Result<CSVRecord, CSVFault> {
    let fault = CSVFault(reason, line: recordLine, field: record.fieldNumber)
    record = PartialRecord()
    state = next
    return .failure(fault)
  }

  private mutating func countLine(_ byte: UInt8) {
    if byte == UInt8(ascii: "\n") { line += 1 }
  }

  private mutating func beginLine(after byte: UInt8) {
    line += 1
    lastWasReturn = byte == UInt8(ascii: "\r")
    recordLine = line
    record = PartialRecord()
    state = .fieldStart
  }
}

/// The fields of one line, which may span several lines of the file.
public struct CSVRecord: Sendable, Equatable {
  /// The line that it begins on, from 1.
  public var line: Int
  public var fields: [String]

  public init(line: Int, fields: [String]) {
    self.line = line
    self.fields = fields
  }
}

/// How much is taken in.
public struct CSVLimits: Sendable {
  public var fieldBytesMax: Int
  public var recordBytesMax: Int
  public var fieldsMax: Int

  public init(fieldBytesMax: Int = 64 << 10, recordBytesMax: Int = 256 << 10, fieldsMax: Int = 256) {
    self.fieldBytesMax = fieldBytesMax
    self.recordBytesMax = recordBytesMax
    self.fieldsMax = fieldsMax
  }
}

/// The bytes of a record so far, and where its fields end.
private struct PartialRecord: Sendable {
  struct Unreadable: Error { var field: Int }

  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  var byteCount: Int { bytes.count }
  var fieldCount: Int { bytes.count - (ends.last ?? 0) }
  /// Of the field that is being read, from 1.
  var fieldNumber: Int { ends.count + 1 }
  var isEmpty: Bool { bytes.isEmpty && ends.isEmpty }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }
  mutating func endField() { ends.append(bytes.count) }

  func fields() throws(Unreadable) -> [String] {
    var fields: [String] = []
    fields.reserveCapacity(ends.count)
    var start = 0
    for end in ends {
      guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
        throw Unreadable(field: fields.count + 1)
      }
      fields.append(text)
      start = end
    }
    return fields
  }
}
