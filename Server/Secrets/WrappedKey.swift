// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Postgres

/// A key that all servers of one database share, kept there wrapped by the master key. It is made by whoever asks first
/// and stays: what was made with it cannot be made anew.
enum WrappedKey {
  static func load(_ name: String, _ database: Database, _ master: MasterKey) async throws -> [UInt8] {
    let place = SealedPlace("server_secrets", name)
    try await database.execute(
      """
      insert into server_secrets (name, value)
      values (\(name), \(master.wrap(SecureRandom.bytes(32), as: place)))
      on conflict (name) do nothing
      """)
    let wrapped = try await database.first("select value from server_secrets where name = \(name)") { row in
      try row.next([UInt8].self)
    }
    guard let wrapped else { throw UnreadableColumn(description: "the secret \(name) has gone") }
    do { return try master.unwrap(wrapped, as: place) } catch { throw OtherMasterKey() }
  }
}
