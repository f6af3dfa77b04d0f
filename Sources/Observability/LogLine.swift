// SPDX-License-Identifier: GPL-3.0-or-later

/// One event as a line of JSON.
enum LogLine {
  static func render(
    _ level: LogLevel, _ message: StaticString, _ fields: KeyValuePairs<String, LogValue>, _ context: LogContext,
    _ time: LogTime
  ) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(256)
    line += "{\"time\":\"\(time)\",\"level\":\"\(level.name)\",\"message\":".utf8
    append(message.description, to: &line)
    if let id = context.requestID { append("request_id", .string(id), to: &line) }
    if let trace = context.trace {
      append("trace_id", .string(trace.traceID), to: &line)
      append("span_id", .string(trace.spanID), to: &line)
    }
    for (name, value) in fields { append(name, value, to: &line) }
    line += "}\n".utf8
    return line
  }

  private static func append(_ name: String, _ value: LogValue, to line: inout [UInt8]) {
    line.append(UInt8(ascii: ","))
    append(name, to: &line)
    line.append(UInt8(ascii: ":"))
    switch value {
    case .string(let text): append(text, to: &line)
    case .int(let number): line += String(number).utf8
    case .double(let number) where number.isFinite: line += number.description.utf8
    case .double(let number): append(number.description, to: &line)
    case .bool(let flag): line += (flag ? "true" : "false").utf8
    case .secret: append("‹secret›", to: &line)
    }
  }

  /// A quoted string, controls escaped, so that no value can begin a line of its own.
  private static func append(_ text: String, to line: inout [UInt8]) {
    let hex = Array("0123456789abcdef".utf8)
    line.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5c: line += [0x5c, byte]
      case 0x0a: line += "\\n".utf8
      case 0..<0x20, 0x7f:
        line += "\\u00".utf8
        line += [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      default: line.append(byte)
      }
    }
    line.append(UInt8(ascii: "\""))
  }
}
