// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes JSON by hand, for the answers that are sent most; commas come by themselves.
///
/// The caller opens and closes containers in order and writes a key before each member.
public struct JSONWriter: ~Copyable {
  private let out: OutputBuffer

  public init(capacity: Int = 4096) { out = OutputBuffer(capacity: capacity) }

  public var count: Int { out.count }

  /// The bytes written so far.
  public var bytes: [UInt8] { out.bytes }

  public func beginObject() {
    out.separate()
    out.byte(UInt8(ascii: "{"))
  }

  public func endObject() { out.byte(UInt8(ascii: "}")) }

  public func beginArray() {
    out.separate()
    out.byte(UInt8(ascii: "["))
  }

  public func endArray() { out.byte(UInt8(ascii: "]")) }

  /// A wire name that needs no escapes.
  public func key(_ name: StaticString) {
    out.separate()
    let length = name.utf8CodeUnitCount
    let start = unsafe out.room(length &+ 3)
    unsafe start[0] = UInt8(ascii: "\"")
    unsafe (start + 1).update(from: name.utf8Start, count: length)
    unsafe start[length &+ 1] = UInt8(ascii: "\"")
    unsafe start[length &+ 2] = UInt8(ascii: ":")
    out.wrote(length &+ 3)
  }

  /// A name that is data.
  public func key(data name: String) {
    out.separate()
    out.key(name, snakeCase: false)
  }

  public func string(_ value: String) {
    out.separate()
    out.string(value)
  }

  public func int(_ value: Int) {
    out.separate()
    out.integer(Int64(value))
  }

  public func int(_ value: UInt64) {
    out.separate()
    out.natural(value)
  }

  /// `value` is finite: JSON has no other numbers.
  public func double(_ value: Double) {
    precondition(value.isFinite, "JSON has no infinities and no NaN")
    out.separate()
    out.double(value)
  }

  public func bool(_ value: Bool) {
    out.separate()
    out.bool(value)
  }

  public func null() {
    out.separate()
    out.literal("null")
  }

  /// One whole value that is JSON already.
  public func raw(_ json: [UInt8]) {
    out.separate()
    unsafe json.withUnsafeBufferPointer { unsafe out.append($0) }
  }

  /// The members `name: value`, for the commonest types.
  public func member(_ name: StaticString, _ value: String) {
    key(name)
    out.string(value)
  }

  public func member(_ name: StaticString, _ value: Int) {
    key(name)
    out.integer(Int64(value))
  }

  public func member(_ name: StaticString, _ value: Bool) {
    key(name)
    out.bool(value)
  }

  public func member(_ name: StaticString, _ value: Double) {
    key(name)
    double(value)
  }
}
