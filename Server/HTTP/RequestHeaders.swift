// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market

/// The Accept and Content-Type headers.
enum MediaTypes {
  /// Whether an Accept header lets one of the types through.
  static func accepts(_ header: String, anyOf types: [String]) -> Bool {
    types.isEmpty
      || header.split(separator: ",").contains { part in
        let range = essence(part)
        if part.split(separator: ";").dropFirst().contains(where: { isZeroWeight($0.trimmingBlanks) }) { return false }
        return types.contains { matches(range, $0) }
      }
  }

  /// Whether the header names the type itself, not just a range that holds it.
  static func names(_ header: String, _ type: String) -> Bool {
    header.split(separator: ",").contains { essence($0) == type }
  }

  /// Whether a Content-Type is one of the types, whatever its parameters.
  static func isOne(_ header: String?, of types: [String]) -> Bool {
    guard let header else { return false }
    return types.contains(essence(header[...]))
  }

  private static func essence(_ part: Substring) -> String {
    (part.split(separator: ";").first?.trimmingBlanks ?? "").lowercased()
  }

  private static func matches(_ range: String, _ type: String) -> Bool {
    if range == "*/*" || range == type { return true }
    guard range.hasSuffix("/*") else { return false }
    return type.hasPrefix(range.dropLast())
  }

  private static func isZeroWeight(_ parameter: Substring) -> Bool {
    parameter.hasPrefix("q=0") && parameter.dropFirst(3).allSatisfy { $0 == "0" || $0 == "." }
  }
}

/// The Idempotency-Key header: up to 255 visible characters.
enum IdempotencyKey {
  static func read(_ headers: HTTPHeaders, _ policy: Idempotency) throws -> String? {
    guard policy != .none else { return nil }
    guard let key = headers["Idempotency-Key"] else {
      if policy == .required {
        throw InputFault.invalid([
          FieldError("/Idempotency-Key", "required", "Send an Idempotency-Key header with this call.")
        ])
      }
      return nil
    }
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw InputFault.malformed(
        FieldError("/Idempotency-Key", "wrong_format", "Use 1 to 255 visible ASCII characters."))
    }
    return key
  }
}

/// The `fields` parameter: dotted names joined by commas.
enum FieldList {
  static let countMax = 50

  static func read(_ list: String, known: Set<String>) throws -> [String] {
    let fields = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard fields.count <= countMax else {
      throw InputFault.invalid([FieldError("/fields", "wrong_count", "Name at most \(countMax) fields.")])
    }
    if fields.allSatisfy(known.contains) { return fields }
    throw InputFault.invalid([
      FieldError(
        "/fields", "unknown_field", "Join names by commas. There are: \(known.sorted().joined(separator: ", ")).")
    ])
  }

  /// What a list of these names looks like, as a regular expression.
  static func pattern(_ known: Set<String>) -> String {
    let name = known.sorted().map { $0.split(separator: ".").joined(separator: #"\."#) }.joined(separator: "|")
    return "^(\(name))(,(\(name))){0,\(countMax - 1)}$"
  }
}

extension AnyEndpoint {
  var answersJSON: Bool { if case .file = traits.answer { false } else { true } }

  var answerTypes: [String] {
    if traits.status == 204 { return [] }
    switch traits.answer {
    case .json: return ["application/json", "application/problem+json"]
    case .file(let types): return types
    case .eventsOrPage: return ["application/json", "text/event-stream"]
    }
  }

  var bodyTypes: [String] {
    switch traits.body {
    case .json: method == .patch ? ["application/json", "application/merge-patch+json"] : ["application/json"]
    case .file(let types, _): types
    case .none: []
    }
  }
}

extension HTTPHeaders {
  /// RateLimit and RateLimit-Policy, and Retry-After when there is nothing left.
  mutating func add(_ verdict: RateLimiter.Verdict) {
    let name = verdict.limit.rawValue
    self["RateLimit-Policy"] = "\"\(name)\";q=\(verdict.perMinute);w=60"
    self["RateLimit"] = "\"\(name)\";r=\(verdict.decision.remaining);t=\(verdict.decision.resetSeconds)"
    if !verdict.decision.isAllowed { self["Retry-After"] = String(verdict.decision.retrySeconds) }
  }
}
