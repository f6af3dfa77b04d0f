// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Postgres

/// Keys that all servers of one database share. Made by whoever asks first.
struct ServerSecrets: Sendable {
  let database: Database

  func key(_ name: String) async throws -> [UInt8] {
    try await database.execute(
      """
      insert into server_secrets (name, value)
      values (\(name), \(SecureRandom.bytes(32)))
      on conflict (name) do nothing
      """)
    let key = try await database.first("select value from server_secrets where name = \(name)") { row in
      try row.next([UInt8].self)
    }
    guard let key else { throw UnreadableColumn(description: "the secret \(name) has gone") }
    return key
  }
}
