// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with a document or a value, and where.
public struct JSONError: Error, Sendable, CustomStringConvertible {
  /// The place as an RFC 6901 pointer made of wire names; empty for the whole document.
  public var pointer: String
  /// A stable word for programs: `syntax`, `depth`, `size`, `encoding`, `duplicate_key`, `unknown_field`, `missing`,
  /// `wrong_type`, `out_of_range`, `invalid_value`, `not_finite`, `interleaved`.
  public var code: String
  /// A sentence for people.
  public var detail: String
  /// What a type's own `init(from:)` or `encode(to:)` threw, where that is the reason.
  public var cause: (any Error)?

  public init(pointer: String, code: String, detail: String, cause: (any Error)? = nil) {
    self.pointer = pointer
    self.code = code
    self.detail = detail
    self.cause = cause
  }

  public var description: String { "\(code) at \"\(pointer)\": \(detail)" }
}

/// One step of a pointer, escaped as RFC 6901 section 3 asks.
func pointerStep(_ name: String) -> String {
  var step = "/"
  for scalar in name.unicodeScalars {
    switch scalar {
    case "~": step += "~0"
    case "/": step += "~1"
    default: step.unicodeScalars.append(scalar)
    }
  }
  return step
}
