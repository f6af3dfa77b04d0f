// SPDX-License-Identifier: GPL-3.0-or-later
// What the program tells about itself.
//
//   Logger        one line of JSON per event, one write(2) per line
//   LogValue      what a field may hold; Secret hides the rest
//   LogContext    task-local request and trace, added to each line
//   TraceContext  W3C traceparent
//   Metrics       registry of Counter, Gauge and Histogram, rendered as Prometheus text
import Glibc

/// Writes log lines at or above a level to a file descriptor.
public struct Logger: Sendable {
  public var level: LogLevel
  public let fileDescriptor: Int32

  public init(level: LogLevel = .info, fileDescriptor: Int32 = 2) {
    self.level = level
    self.fileDescriptor = fileDescriptor
  }

  /// The message is a literal, so that what varies goes into typed fields.
  public func log(
    _ level: LogLevel, _ message: StaticString, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
  ) {
    guard level >= self.level else { return }
    write(LogLine.render(level, message, fields(), LogContext.current, .now))
  }

  public func debug(_ message: StaticString, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]) {
    log(.debug, message, fields())
  }

  public func info(_ message: StaticString, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]) {
    log(.info, message, fields())
  }

  public func notice(_ message: StaticString, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]) {
    log(.notice, message, fields())
  }

  public func warning(_ message: StaticString, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]) {
    log(.warning, message, fields())
  }

  public func error(_ message: StaticString, _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]) {
    log(.error, message, fields())
  }

  /// One call, so that lines of several threads do not mix; a line that cannot be written is dropped.
  private func write(_ line: [UInt8]) {
    var result: Int
    repeat { result = unsafe Glibc.write(fileDescriptor, line, line.count) } while result < 0 && errno == EINTR
  }
}
