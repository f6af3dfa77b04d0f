// SPDX-License-Identifier: GPL-3.0-or-later

/// Bytes for Xapian's side, little-endian. The layouts are told in `Sources/CXapian`.
struct PackedOutput {
  var bytes: [UInt8] = []

  mutating func u8(_ value: UInt8) { bytes.append(value) }
  mutating func u16(_ value: Int) { number(UInt16(value)) }
  mutating func u32(_ value: Int) { number(UInt32(value)) }
  mutating func i32(_ value: Int32) { number(UInt32(bitPattern: value)) }
  mutating func i64(_ value: Int64) { number(UInt64(bitPattern: value)) }
  mutating func u64(_ value: UInt64) { number(value) }
  mutating func raw(_ more: [UInt8]) { bytes += more }
  mutating func raw(_ text: String) { bytes += text.utf8 }

  /// In groups of seven bits, the lowest first.
  mutating func varint(_ value: UInt32) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// A text that its size stands before.
  mutating func sized(_ text: String) {
    varint(UInt32(text.utf8.count))
    bytes += text.utf8
  }

  private mutating func number(_ value: some FixedWidthInteger) {
    var rest = value
    for _ in 0..<MemoryLayout.size(ofValue: value) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }
}

/// Reads packed bytes; what ends too early is damage.
struct PackedInput {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func u8() throws -> UInt8 { try take(1).first! }
  mutating func u16() throws -> UInt16 { try number() }
  mutating func u32() throws -> UInt32 { try number() }
  mutating func u64() throws -> UInt64 { try number() }

  mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, bytes.count - at >= count else { throw IndexFailure(.damaged, "packed bytes end too early") }
    at += count
    return bytes[at - count..<at]
  }

  mutating func varint() throws -> UInt32 {
    var value: UInt32 = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      let byte = try u8()
      value |= UInt32(byte & 0x7F) << UInt32(shift)
      if byte < 0x80 { return value }
    }
    throw IndexFailure(.damaged, "a packed number is too long")
  }

  mutating func sized() throws -> String { String(decoding: try take(Int(try varint())), as: UTF8.self) }

  mutating func rest() throws -> [UInt8] { Array(try take(bytes.count - at)) }

  private mutating func number<Number: FixedWidthInteger>() throws -> Number {
    try take(MemoryLayout<Number>.size).reversed().reduce(0) { $0 << 8 | Number($1) }
  }
}
