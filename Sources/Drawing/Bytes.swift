// SPDX-License-Identifier: GPL-3.0-or-later

/// Appends numbers (little-endian), texts and lists to a growing array of bytes.
package struct ByteWriter {
  package var bytes: [UInt8] = []

  package init() {}

  package mutating func byte(_ value: UInt8) { bytes.append(value) }

  package mutating func number(_ value: Int) {
    let value = UInt64(bitPattern: Int64(value))
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }

  package mutating func real(_ value: Double) { number(Int(truncatingIfNeeded: value.bitPattern)) }

  package mutating func block(_ value: [UInt8]) {
    number(value.count)
    bytes += value
  }

  package mutating func text(_ value: String) { block(Array(value.utf8)) }

  package mutating func list<Element>(_ values: [Element], _ write: (inout ByteWriter, Element) -> Void) {
    number(values.count)
    for value in values { write(&self, value) }
  }

  /// The bytes with their count before them: four bytes, little-endian.
  package func framed() -> [UInt8] {
    let count = UInt32(bytes.count)
    return [
      UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8),
      UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 24),
    ] + bytes
  }
}

/// Takes apart what `ByteWriter` wrote; trusts no count it reads.
package struct ByteReader {
  /// The bytes are not what was agreed on.
  package struct Malformed: Error {
    package init() {}
  }

  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package mutating func byte() throws(Malformed) -> UInt8 {
    guard position < bytes.count else { throw Malformed() }
    defer { position += 1 }
    return bytes[position]
  }

  package mutating func number() throws(Malformed) -> Int {
    guard bytes.count - position >= 8 else { throw Malformed() }
    var value: UInt64 = 0
    for offset in 0..<8 { value |= UInt64(bytes[position + offset]) << UInt64(8 * offset) }
    position += 8
    return Int(Int64(bitPattern: value))
  }

  package mutating func real() throws(Malformed) -> Double {
    Double(bitPattern: UInt64(bitPattern: Int64(try number())))
  }

  package mutating func block() throws(Malformed) -> [UInt8] {
    let count = try number()
    guard count >= 0 && count <= bytes.count - position else { throw Malformed() }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  package mutating func text() throws(Malformed) -> String { String(decoding: try block(), as: UTF8.self) }

  package mutating func list<Element>(
    _ read: (inout ByteReader) throws(Malformed) -> Element
  ) throws(Malformed) -> [Element] {
    let count = try number()
    // Each element takes a byte at least.
    guard count >= 0 && count <= bytes.count - position else { throw Malformed() }
    var values: [Element] = []
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }

  package mutating func choice<Value: RawRepresentable>(
    _ type: Value.Type
  ) throws(Malformed) -> Value where Value.RawValue == UInt8 {
    guard let value = Value(rawValue: try byte()) else { throw Malformed() }
    return value
  }

  package func end() throws(Malformed) {
    if position != bytes.count { throw Malformed() }
  }
}
