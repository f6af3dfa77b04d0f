// SPDX-License-Identifier: GPL-3.0-or-later

extension Int64: PostgresValue {
  public static var postgresType: PostgresType { .int8 }
  public func encode(into bytes: inout [UInt8]) { append(self, to: &bytes) }

  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> Int64? {
    switch (type, bytes.count) {
    case (.int8, 8): return networkOrder(bytes, at: 0, as: Int64.self)
    case (.int4, 4): return Int64(networkOrder(bytes, at: 0, as: Int32.self))
    case (.int2, 2): return Int64(networkOrder(bytes, at: 0, as: Int16.self))
    case (.oid, 4): return Int64(networkOrder(bytes, at: 0, as: UInt32.self))
    case (.timestamptz, 8), (.timestamp, 8):
      let moment = networkOrder(bytes, at: 0, as: Int64.self)
      // infinity and -infinity are the largest and the smallest number
      if moment == .max || moment == .min { return moment }
      return moment + postgresEpoch
    case (.numeric, _): return Numeric(bytes)?.integer
    default: return nil
    }
  }
}

extension Int: PostgresValue {
  public static var postgresType: PostgresType { .int8 }
  public func encode(into bytes: inout [UInt8]) { append(Int64(self), to: &bytes) }
  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> Int? {
    Int64.decode(bytes, type).map { Int($0) }
  }
}

extension Int32: PostgresValue {
  public static var postgresType: PostgresType { .int4 }
  public func encode(into bytes: inout [UInt8]) { append(self, to: &bytes) }
  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> Int32? {
    Int64.decode(bytes, type).flatMap { Int32(exactly: $0) }
  }
}

extension Bool: PostgresValue {
  public static var postgresType: PostgresType { .bool }
  public func encode(into bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> Bool? {
    type == .bool && bytes.count == 1 ? bytes[0] != 0 : nil
  }
}

extension Double: PostgresValue {
  public static var postgresType: PostgresType { .float8 }
  public func encode(into bytes: inout [UInt8]) { append(bitPattern, to: &bytes) }
  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> Double? {
    switch (type, bytes.count) {
    case (.float8, 8): Double(bitPattern: networkOrder(bytes, at: 0, as: UInt64.self))
    case (.float4, 4): Double(Float(bitPattern: networkOrder(bytes, at: 0, as: UInt32.self)))
    case (.int4, 4): Double(networkOrder(bytes, at: 0, as: Int32.self))
    case (.int2, 2): Double(networkOrder(bytes, at: 0, as: Int16.self))
    case (.numeric, _): Numeric(bytes).flatMap { Double($0.text) }
    default: nil
    }
  }
}

extension String: PostgresValue {
  /// Inferred, so that a string may stand for an enum, a uuid, JSON or a timestamp without a cast.
  public static var postgresType: PostgresType { .inferred }
  public static var bindsAsText: Bool { true }
  public func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }

  public static func decode(_ bytes: Span<UInt8>, _ type: PostgresType) -> String? {
    switch type {
    case .text, .varchar, .bpchar, .name, .json, .unknown, .char: return string(bytes, from: 0)
    case .jsonb: return bytes.isEmpty ? nil : string(bytes, from: 1)  // the first byte is the format's version
    case .uuid: return uuid(bytes)
    case .numeric: return Numeric(bytes)?.text
    default: return type.isUserDefined ? string(bytes, from: 0) : nil
    }
  }

  private static func string(_ bytes: Span<UInt8>, from start: Int) -> String {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe String(decoding: UnsafeBufferPointer(rebasing: buffer[start...]), as: UTF8.self)
    }
  }

  private static func uuid(_ bytes: Span<UInt8>) -> String? {
    if bytes.count != 16 { return nil }
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for index in 0..<16 {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(bytes[index] >> 4)])
      text.append(digits[Int(bytes[index] & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
