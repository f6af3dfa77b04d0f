// SPDX-License-Identifier: GPL-3.0-or-later

/// A value that no description, interpolation, dump or log line shows.
public struct Secret<Value: Sendable>: Sendable {
  /// The value itself, for the one place that uses it.
  public let revealed: Value

  public init(_ value: Value) { revealed = value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "‹secret›" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Equatable where Value: Equatable {}
