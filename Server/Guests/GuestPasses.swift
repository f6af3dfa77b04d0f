// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// Makes and reads the passes of guests: an id, when the pass ends, and a keyed hash of both. Reading one touches no
/// database.
struct GuestPasses: Sendable {
  private let key: KeyedHash
  let now: @Sendable () -> Timestamp

  static func load(
    _ database: Database, _ master: MasterKey, now: @escaping @Sendable () -> Timestamp
  ) async throws -> GuestPasses {
    GuestPasses(
      key: KeyedHash(key: try await WrappedKey.load("guest passes", database, master), label: "guest passes"), now: now)
  }

  func issue(for guest: Guest) -> GuestPass {
    let seconds = now().microseconds / 1_000_000 + GuestPass.lifetimeSeconds
    let code = Base64URL.encode(key.hash(guest.id.text, String(seconds)))
    return GuestPass(
      token: "\(guest.id.text).\(seconds).\(code)",
      expiresAt: Timestamp(microseconds: seconds * 1_000_000), guest: guest)
  }

  /// What a `Souk-Guest` header says.
  func read(_ header: String?) -> GuestReading {
    guard let header else { return .absent }
    let parts = header.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let code = Base64URL.decode(parts[2]), key.isHash(code, of: parts[0], parts[1]),
      let id = Guest.ID(parts[0]), let seconds = Int64(parts[1]), seconds > now().microseconds / 1_000_000
    else { return .invalid }
    return .valid(id)
  }
}

/// What a `Souk-Guest` header says.
enum GuestReading: Sendable, Equatable {
  case absent
  case invalid
  case valid(Guest.ID)

  var guest: Guest.ID? { if case .valid(let id) = self { id } else { nil } }
}

struct GuestPassRefused: Refusal {
  var problem: ProblemCode { .unauthenticated }
  var detail: String? {
    "The pass in the \(GuestPass.header) header is not valid, or too old. POST /guests gives another."
  }
}
