// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Postgres

/// Seals anew what older data keys have sealed. A run does what fits well into a job's lease and leaves the rest to
/// another job; one that is interrupted begins again where it began, and finds done what it did.
struct SealAnew: Job {
  static let kind = "secrets.seal_anew"
  /// The key that seals by now.
  var key: Int
  /// Where to go on: an index into the list of sealed columns, and the last row that was done.
  var column = 0
  var after: [String] = []
  /// Values that did not open. They stay, and the last run fails for them, so that somebody looks.
  var broken = 0

  init(key: Int) { self.key = key }

  /// `rows` of one transaction, `steps` of one run.
  func run(_ database: Database, _ seal: FieldSeal, rows: Int = 200, steps: Int = 50) async throws {
    try await seal.reload(database)
    // Its time may come a little later by this machine's clock: the job is tried again.
    guard seal.newest >= key else { throw KeyNotReady(key: key) }
    var work = self
    for _ in 0..<steps {
      guard work.column < SealedColumn.all.count else {
        if work.broken > 0 { throw BrokenSeals(count: work.broken) }
        return
      }
      work = try await work.step(database, seal, rows)
    }
    try await Jobs.add(work, in: database)
  }

  /// Does some rows of one column; gives what is left.
  private func step(_ database: Database, _ seal: FieldSeal, _ rowsMax: Int) async throws -> SealAnew {
    let column = SealedColumn.all[self.column]
    let newest = seal.newest
    return try await database.transaction { transaction in
      var rest = self
      let rows = try await transaction.query(
        column.rows(notSealedBy: newest, after: after, limit: rowsMax), SealedColumn.Row.read)
      for row in rows {
        let place = column.place(row.key)
        guard let value = try? seal.openBytes(row.sealed, at: place) else {
          rest.broken += 1
          continue
        }
        try await transaction.execute(column.replace(row, by: seal.seal(value, at: place)))
      }
      rest.after = rows.count < rowsMax ? [] : rows.last?.key ?? []
      if rest.after.isEmpty { rest.column += 1 }
      return rest
    }
  }
}

struct KeyNotReady: Error, CustomStringConvertible {
  var key: Int
  var description: String { "data key \(key) does not seal yet" }
}

struct BrokenSeals: Error, CustomStringConvertible {
  var count: Int
  var description: String {
    count == 1
      ? "1 sealed field does not open and was left as it is"
      : "\(count) sealed fields do not open and were left as they are"
  }
}
