// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop

/// One statement on its way: who waits for it, and where it is. Confined to its pool's loop.
final class Statement: @unchecked Sendable {
  // Unchecked because after its making only the loop's thread touches it.
  let sql: SQL
  /// A statement sent before it in the same breath, such as `begin`; when that fails this one is not run.
  let prefix: String?
  /// Whether it is a read that may share a synchronisation with others; once, for what is sent again is sent alone.
  var mayShare: Bool
  var place = Place.new
  var isCancelled = false
  /// How often it was sent again because the server had certainly not run it.
  var repeats = 0
  var timer: LoopTimer?
  private var continuation: CheckedContinuation<Rows, any Error>?

  enum Place {
    case new
    case waiting
    case sent(Connection)
    case done
  }

  init(_ sql: SQL, prefix: String? = nil, mayShare: Bool = false) {
    self.sql = sql
    self.prefix = prefix
    self.mayShare = mayShare
  }

  var key: StatementCache.Key { StatementCache.Key(text: sql.text, types: sql.parameters.map(\.type.rawValue)) }

  func await(_ continuation: CheckedContinuation<Rows, any Error>) { self.continuation = continuation }

  /// Resumes whoever waits, once.
  func finish(_ result: Result<Rows, any Error>) {
    place = .done
    continuation?.resume(with: result)
    continuation = nil
  }
}
