// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// What a token endpoint answers (RFC 6749 §5).
enum TokenAnswer {
  static let bytesMax = 64 << 10

  static func idToken(_ json: [UInt8]) -> String? { text("id_token", json) }

  /// The code of a refusal, when it is one that may stand in a log.
  static func errorCode(_ json: [UInt8]) -> String? { text("error", json).flatMap(plainCode) }

  /// Error codes are words (§5.2); anything else is not repeated.
  static func plainCode(_ code: String) -> String? {
    let isPlain = code.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == UInt8(ascii: "_") }
    return isPlain && (1...40).contains(code.utf8.count) ? code : nil
  }

  private static func text(_ name: String, _ json: [UInt8]) -> String? {
    var decoder = JSONDecoder()
    decoder.limits = JSONLimits(depth: 8, sizeBytes: bytesMax)
    guard case .string(let text) = (try? decoder.decode(JSONValue.self, from: json))?[name] else { return nil }
    return text
  }
}
