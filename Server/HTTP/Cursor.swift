// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market

/// Signs and reads the places in lists that clients carry around. A cursor belongs to one list: its question is
/// part of what is signed.
struct CursorSeal: Sendable {
  private let key: HMACKey

  init(key: HMACKey) { self.key = key }

  /// A cursor for the values of the last item's sort key, under the question that was asked.
  func seal(_ values: [String], question: String) -> String {
    let payload = Array(values.joined(separator: "\u{1f}").utf8)
    return "c" + Base64URL.encode(signature(payload, question) + payload)
  }

  /// The values, when the cursor was made by this market for this very question.
  func open(_ cursor: String?, question: String, count: Int) throws -> [String]? {
    guard let cursor else { return nil }
    guard cursor.hasPrefix("c"), let bytes = Base64URL.decode(String(cursor.dropFirst())),
      bytes.count > CursorSeal.signatureLength
    else {
      throw InvalidCursor()
    }
    let payload = Array(bytes[CursorSeal.signatureLength...])
    guard constantTimeEquals(Array(bytes[..<CursorSeal.signatureLength]), signature(payload, question)) else {
      throw InvalidCursor()
    }
    let values = String(decoding: payload, as: UTF8.self).split(separator: "\u{1f}", omittingEmptySubsequences: false)
    guard values.count == count else { throw InvalidCursor() }
    return values.map(String.init)
  }

  private static let signatureLength = 12

  private func signature(_ payload: [UInt8], _ question: String) -> [UInt8] {
    Array(key.authenticate(Array(question.utf8) + [0] + payload).prefix(CursorSeal.signatureLength))
  }
}

struct InvalidCursor: Refusal {
  var problem: ProblemCode { .invalidCursor }
}
