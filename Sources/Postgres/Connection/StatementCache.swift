// SPDX-License-Identifier: GPL-3.0-or-later

/// The statements that one connection has prepared, at most `capacity`; the least recently used gives way.
struct StatementCache {
  /// A statement is prepared for its text and the types of its parameters.
  struct Key: Hashable {
    var text: String
    var types: [UInt32]

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
  }

  private struct Entry {
    var name: String
    var lastUse: UInt64
  }

  private let capacity: Int
  private var entries: [Key: Entry] = [:]
  private var failures: [Key: PostgresError] = [:]
  private var uses: UInt64 = 0
  private var named = 0

  init(capacity: Int) {
    precondition(capacity > 0, "a cache holds at least one statement")
    self.capacity = capacity
  }

  var count: Int { entries.count }

  /// The name of a prepared statement, if it is prepared already.
  mutating func find(_ key: Key) -> String? {
    uses += 1
    guard let index = entries.index(forKey: key) else { return nil }
    entries.values[index].lastUse = uses
    return entries.values[index].name
  }

  /// Names a statement that is about to be prepared; `evicted` must then be deallocated.
  mutating func add(_ key: Key) -> (name: String, evicted: String?) {
    var evicted: String?
    if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      evicted = oldest.value.name
      entries[oldest.key] = nil
    }
    named += 1
    let name = "s\(named)"
    entries[key] = Entry(name: name, lastUse: uses)
    return (name, evicted)
  }

  /// Forgets a statement that could not be prepared. Others may have been sent already that count on it: the server
  /// tells them only that there is no such statement, and this is why.
  mutating func failed(_ key: Key, _ error: PostgresError) {
    entries[key] = nil
    failures[key] = error
  }

  /// Why a statement that was found here is not there after all.
  func failure(of key: Key) -> PostgresError? { failures[key] }

  /// Once nothing is under way, nothing counts on what failed.
  mutating func forgetFailures() {
    if !failures.isEmpty { failures.removeAll() }
  }

  /// Forgets a statement that could not be prepared or no longer fits. Returns its name.
  @discardableResult
  mutating func remove(_ key: Key) -> String? { entries.removeValue(forKey: key)?.name }
}
