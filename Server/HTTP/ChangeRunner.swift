// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Postgres

/// Runs changes, each in one transaction. With an Idempotency-Key the answer is remembered in that same
/// transaction: after a crash either both the effect and its answer are there, or neither.
///
/// What is remembered is sealed, and of the request only a keyed hash is kept: both hold what people sent.
struct ChangeRunner: Sendable {
  let database: Database
  let digests: KeyedDigests
  let seal: FieldSeal

  func run(
    _ call: Call, _ fingerprint: [UInt8], _ change: @escaping @Sendable (Transaction) async throws -> Answer
  ) async throws -> Answer {
    guard let key = call.idempotencyKey else { return try await database.transaction { try await change($0) } }
    // Kept by account, or by key: nobody is given the answer to somebody else's request.
    let principal = call.caller.name
    let fingerprint = digests.fingerprint(ofRequest: fingerprint)
    return try await database.transaction { transaction in
      let request = AnsweredRequest(principal: principal, key: key, fingerprint: fingerprint, seal: seal)
      guard try await request.claim(transaction) else { throw RequestInProgress() }
      if let answer = try await request.remembered(transaction) { return answer }
      let answer = try await change(transaction)
      try await request.remember(answer, transaction)
      return answer
    }
  }
}

/// A request with its Idempotency-Key, as the table of answered requests knows it.
private struct AnsweredRequest: Sendable {
  var principal: String
  var key: String
  var fingerprint: [UInt8]
  var seal: FieldSeal

  private var place: SealedPlace { SealedPlace("answered_requests", "sealed_body", principal, key) }

  /// Takes the key for this transaction; false while another request with it is running.
  func claim(_ transaction: Transaction) async throws -> Bool {
    try await transaction.first(
      "select pg_try_advisory_xact_lock(hashtextextended(\(principal + "\n" + key), 7))"
    ) { row in try row.next(Bool.self) } ?? false
  }

  func remembered(_ transaction: Transaction) async throws -> Answer? {
    let row = try await transaction.first(
      """
      select fingerprint, status, headers, sealed_body
      from answered_requests
      where principal = \(principal) and key = \(key)
      """
    ) { row in
      (
        hash: try row.next([UInt8].self), status: try row.next(Int.self), headers: try row.next([String].self),
        sealed: try row.next([UInt8].self)
      )
    }
    guard let row else { return nil }
    guard row.hash == fingerprint else { throw IdempotencyKeyReused() }
    let body = try seal.openBytes(row.sealed, at: place)
    return Answer(status: row.status, headers: row.headers, body: body)
  }

  func remember(_ answer: Answer, _ transaction: Transaction) async throws {
    guard case .some(let body) = answer.storableBody else { return }
    try await transaction.execute(
      """
      insert into answered_requests (principal, key, fingerprint, status, headers, sealed_body)
      values (\(principal), \(key), \(fingerprint), \(answer.status), \(answer.storableHeaders),
        \(seal.seal(body, at: place)))
      """)
  }
}

extension RawInput {
  /// What makes two requests the same request. If-Match is no part of it: who did not hear the answer, reads the new
  /// version and asks again means the same change, which has happened.
  func fingerprint(_ method: Method) -> [UInt8] {
    SHA256.hash(Array("\(method.rawValue) \(path)\n".utf8) + body)
  }
}

extension Answer {
  fileprivate var storableBody: [UInt8]? {
    switch body {
    case .json(let bytes): bytes
    case .nothing: []
    case .media, .response: nil
    }
  }

  fileprivate var storableHeaders: [String] {
    let named = [
      ("caching", caching.text), ("tag", tag?.text), ("location", location), ("content_location", contentLocation),
    ]
    return named.flatMap { name, value in value.map { [name, $0] } ?? [] }
  }

  fileprivate init(status: Int, headers: [String], body: [UInt8]) {
    var named: [String: String] = [:]
    for index in stride(from: 0, to: headers.count - 1, by: 2) { named[headers[index]] = headers[index + 1] }
    self.init(
      status: status, body: body.isEmpty ? .nothing : .json(body), tag: named["tag"].map(EntityTag.init(text:)),
      location: named["location"], contentLocation: named["content_location"],
      caching: CachingHeader(text: named["caching"] ?? "no-store"), isReplayed: true)
  }
}

struct RequestInProgress: Refusal {
  var problem: ProblemCode { .requestInProgress }
}

struct IdempotencyKeyReused: Refusal {
  var problem: ProblemCode { .idempotencyKeyReused }
}
