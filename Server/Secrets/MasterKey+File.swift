// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Glibc
import Observability

// The map of secrets:
//   MasterKey     32 bytes that are never in the database; every other key is wrapped by it
//   FieldSeal     seals personal fields with data keys, which the database keeps wrapped
//   SealedColumns where sealed values are; SealAnew, the job after a rotation
//   KeyedDigests  blind indexes and hashes of short secrets

extension MasterKey {
  /// Given as `SOUK_MASTER_KEY`, or kept in a file of the data directory that is made at the first start.
  static func load(_ configuration: Configuration) throws -> MasterKey {
    if let given = configuration.masterKey, let key = MasterKey(given.revealed) { return key }
    try Files.makeDirectory(configuration.dataDirectory)
    let path = configuration.dataDirectory + "/master-key"
    // Whoever creates the file wins; a rival start reads what was written.
    if let made = try create(path) { return made }
    let text = String(decoding: try Files.read(path).filter { $0 > 0x20 }, as: UTF8.self)
    guard let bytes = Hex.decode(text), let key = MasterKey(bytes) else { throw UnusableMasterKey(path: path) }
    return key
  }

  /// Nil when the file is there already. It appears whole, or not at all.
  private static func create(_ path: String) throws -> MasterKey? {
    if unsafe access(path, F_OK) == 0 { return nil }
    let key = MasterKey()
    let temporary = "\(path).\(RandomID.make())"
    try Files.write(Array((Hex.encode(key.bytes) + "\n").utf8), to: temporary, mode: 0o600)
    defer { unsafe unlink(temporary) }
    return unsafe link(temporary, path) == 0 ? key : nil
  }
}

struct UnusableMasterKey: Error, CustomStringConvertible {
  var path: String
  var description: String {
    "\(path) does not hold 64 hexadecimal digits. Put the file back from a backup, or set SOUK_MASTER_KEY."
  }
}
