// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in a distributed trace: the W3C `traceparent` header, version 00.
public struct TraceContext: Sendable, Equatable, CustomStringConvertible {
  /// 32 hexadecimal digits, not all zero.
  public let traceID: String
  /// 16 hexadecimal digits, not all zero.
  public let spanID: String
  public var isSampled: Bool

  /// Begins a trace.
  public init(isSampled: Bool = false) {
    traceID = Self.randomDigits(bytes: 16)
    spanID = Self.randomDigits(bytes: 8)
    self.isSampled = isSampled
  }

  /// Reads a header; nil when it is not valid, and a new trace should begin. Later versions are read as the
  /// specification's section 3.2.4 asks: what follows the flags is not looked at.
  public init?(header: String) {
    let bytes = Array(header.utf8)
    guard bytes.count >= 55, bytes[2] == 0x2d, bytes[35] == 0x2d, bytes[52] == 0x2d,
      let version = Self.digits(bytes[0..<2]), version != "ff",
      version == "00" ? bytes.count == 55 : bytes.count == 55 || bytes[55] == 0x2d,
      let trace = Self.digits(bytes[3..<35]), trace.contains(where: { $0 != "0" }),
      let span = Self.digits(bytes[36..<52]), span.contains(where: { $0 != "0" }),
      let flags = Self.digits(bytes[53..<55]), let flagBits = UInt8(flags, radix: 16)
    else { return nil }
    traceID = trace
    spanID = span
    isSampled = flagBits & 1 == 1
  }

  private init(traceID: String, spanID: String, isSampled: Bool) {
    self.traceID = traceID
    self.spanID = spanID
    self.isSampled = isSampled
  }

  /// The header's value.
  public var description: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

  /// A new span in the same trace.
  public func child() -> TraceContext {
    TraceContext(traceID: traceID, spanID: Self.randomDigits(bytes: 8), isSampled: isSampled)
  }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The system's generator is seeded by the kernel; an all-zero result is drawn again.
  private static func randomDigits(bytes: Int) -> String {
    var text = ""
    repeat {
      text = (0..<bytes).map { _ in
        let byte = UInt8.random(in: .min ... .max)
        return (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
    } while text.allSatisfy { $0 == "0" }
    return text
  }
}
