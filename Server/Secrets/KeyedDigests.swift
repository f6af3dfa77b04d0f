// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// Digests under keys that the database has only wrapped: what is stored can be compared but not guessed from, however
/// short it is. The keys are made once and stay, because what they digested cannot be digested anew.
struct KeyedDigests: Sendable {
  private let contacts: BlindIndex
  private let limits: BlindIndex
  private let codes: KeyedHash
  private let requests: KeyedHash

  init(blindKey: [UInt8], codesKey: [UInt8]) {
    contacts = BlindIndex(key: blindKey, label: "contacts")
    limits = BlindIndex(key: blindKey, label: "limits")
    codes = KeyedHash(key: codesKey, label: "codes")
    requests = KeyedHash(key: codesKey, label: "requests")
  }

  static func load(_ database: Database, _ master: MasterKey) async throws -> KeyedDigests {
    KeyedDigests(
      blindKey: try await WrappedKey.load("blind index", database, master),
      codesKey: try await WrappedKey.load("code hash", database, master))
  }

  /// Equal contacts, equal bytes: what uniqueness and look-ups stand on.
  func blindIndex(of contact: Contact) -> [UInt8] { contacts.index(of: "\(contact.kind.rawValue) \(contact.text)") }

  /// A name in the shared limits, such as an address, that is not to be kept in the clear.
  func limitName(_ kind: String, _ name: String) -> [UInt8] { limits.index(of: "\(kind) \(name)") }

  /// What is kept of a request that was answered: enough to know it again, nothing of what it held.
  func fingerprint(ofRequest hash: [UInt8]) -> [UInt8] { requests.hash(Hex.encode(hash)) }

  /// What is kept of a code; it belongs to one owner, so that equal codes differ.
  func hash(ofCode code: String, for owner: String) -> [UInt8] { codes.hash(owner, code) }
}
