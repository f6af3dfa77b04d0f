// SPDX-License-Identifier: GPL-3.0-or-later

/// The index could not do what was asked of it.
public struct IndexFailure: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Reason: String, Sendable, Hashable {
    /// There is no generation: rebuild.
    case missing
    /// It was made for another schema: rebuild.
    case stale
    /// Its files are not what was written: rebuild.
    case damaged
    /// Another writer or another rebuild is at work.
    case locked
    /// A newer generation took this one's place: open a writer on that.
    case superseded
    /// The writer commits faster than a reader can read.
    case busy
    /// What was given cannot be indexed: out of order, or too long.
    case refused
    /// The machine said no: disk full, no memory, a bug.
    case failed
  }

  public var reason: Reason
  public var message: String

  public init(_ reason: Reason, _ message: String) {
    self.reason = reason
    self.message = message
  }

  /// Whether a rebuild is the remedy.
  public var asksForRebuild: Bool { reason == .missing || reason == .stale || reason == .damaged }

  public var description: String { "search index \(reason.rawValue): \(message)" }
}
