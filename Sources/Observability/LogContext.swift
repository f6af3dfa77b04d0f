// SPDX-License-Identifier: GPL-3.0-or-later

/// What every log line of a task says by itself.
public struct LogContext: Sendable, Equatable {
  public var requestID: String?
  public var trace: TraceContext?

  public init(requestID: String? = nil, trace: TraceContext? = nil) {
    self.requestID = requestID
    self.trace = trace
  }

  /// Set with `LogContext.$current.withValue(context) { … }`; child tasks inherit it.
  @TaskLocal public static var current = LogContext()
}
