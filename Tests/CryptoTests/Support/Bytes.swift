// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import JSON
import Testing

/// The bytes of hexadecimal digits that a test has written.
func bytes(_ hex: String) -> [UInt8] {
  guard let bytes = Hex.decode(hex) else { fatalError("\(hex) is hexadecimal") }
  return bytes
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

func parsed(_ json: String) throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: Array(json.utf8)) }

extension JSONValue {
  /// A member that is text; the test fails without it.
  func text(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    guard case .string(let text) = self[name] else {
      throw MissingMember(description: "no text \(name) in \(self)")
    }
    return text
  }

  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

  var json: [UInt8] { get throws { try JSONEncoder().encode(self) } }
}

struct MissingMember: Error, CustomStringConvertible { let description: String }
