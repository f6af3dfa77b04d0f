// SPDX-License-Identifier: GPL-3.0-or-later

/// What an array that is bound or read may hold.
public protocol PostgresArrayElement: Sendable {
  static var arrayType: PostgresType { get }
  static func encodeArray(_ array: [Self], into bytes: inout [UInt8])
  static func decodeArray(_ bytes: Span<UInt8>, _ type: PostgresType) -> [Self]?
}

extension Array: PostgresValue where Element: PostgresArrayElement {
  public static var postgresType: PostgresType { Element.arrayType }
  public func encode(into bytes: inout [UInt8]) { Element.encodeArray(self, into: &bytes) }
  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> [Element]? {
    Element.decodeArray(bytes, type)
  }
}

/// Bytes are a `bytea`, not an array.
extension UInt8: PostgresArrayElement {
  public static var arrayType: PostgresType { .bytea }
  public static func encodeArray(_ array: [UInt8], into bytes: inout [UInt8]) { bytes.append(contentsOf: array) }
  public static func decodeArray(_ bytes: Span<UInt8>, _ type: PostgresType) -> [UInt8]? {
    type == .bytea ? Array(copying: bytes) : nil
  }
}

extension Array where Element == UInt8 {
  init(copying bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
  }
}

extension String: PostgresArrayElement {
  public static var arrayType: PostgresType { .textArray }
}
extension Int: PostgresArrayElement {
  public static var arrayType: PostgresType { .int8Array }
}
extension Int64: PostgresArrayElement {
  public static var arrayType: PostgresType { .int8Array }
}
extension Int32: PostgresArrayElement {
  public static var arrayType: PostgresType { .int4Array }
}
extension Bool: PostgresArrayElement {
  public static var arrayType: PostgresType { .boolArray }
}
extension Double: PostgresArrayElement {
  public static var arrayType: PostgresType { .float8Array }
}

extension PostgresArrayElement where Self: RawRepresentable, RawValue: PostgresArrayElement {
  public static var arrayType: PostgresType { RawValue.arrayType }
}

extension PostgresArrayElement where Self: PostgresValue {
  // The binary form (array_send in arrayfuncs.c): dimensions, has-nulls, element type, then per dimension its
  // size and lower bound, then each element with its length.
  public static func encodeArray(_ array: [Self], into bytes: inout [UInt8]) {
    append(Int32(array.isEmpty ? 0 : 1), to: &bytes)
    append(Int32(0), to: &bytes)
    append(elementType.rawValue, to: &bytes)
    if array.isEmpty { return }
    append(Int32(array.count), to: &bytes)
    append(Int32(1), to: &bytes)
    for element in array {
      let start = bytes.count
      append(Int32(0), to: &bytes)
      element.encode(into: &bytes)
      let length = UInt32(bytes.count - start - 4)
      for index in 0..<4 { bytes[start + index] = UInt8(truncatingIfNeeded: length >> (24 - 8 * index)) }
    }
  }

  public static func decodeArray(_ bytes: Span<UInt8>, _ type: PostgresType) -> [Self]? {
    guard bytes.count >= 12 else { return nil }
    let dimensions = networkOrder(bytes, at: 0, as: Int32.self)
    let element = PostgresType(rawValue: networkOrder(bytes, at: 8, as: UInt32.self))
    if dimensions == 0 { return [] }
    guard dimensions == 1, bytes.count >= 20 else { return nil }
    let count = Int(networkOrder(bytes, at: 12, as: Int32.self))
    var array: [Self] = []
    array.reserveCapacity(count)
    var offset = 20
    for _ in 0..<count {
      guard bytes.count >= offset + 4 else { return nil }
      let length = Int(networkOrder(bytes, at: offset, as: Int32.self))
      offset += 4
      // a null inside an array has no length
      guard length >= 0, bytes.count >= offset + length else { return nil }
      guard let value = Self.decode(bytes.extracting(offset..<offset + length), element) else { return nil }
      array.append(value)
      offset += length
    }
    return array
  }

  /// Strings are inferred on their own, but an array must say that it holds text.
  private static var elementType: PostgresType { postgresType == .inferred ? .text : postgresType }
}
