// SPDX-License-Identifier: GPL-3.0-or-later

/// One limit on one field, said once: it checks a value and it refines the schema.
public struct Rule<Value>: Sendable {
  public let field: String
  let check: @Sendable (Value) -> [FieldError]
  let refine: @Sendable (Schema) -> Schema
}

/// An input whose fields have limits beyond their types.
public protocol Ruled: Sendable {
  static var rules: [Rule<Self>] { get }
}

extension Ruled {
  /// Everything that is wrong, all at once.
  public var faults: [FieldError] { Self.rules.flatMap { $0.check(self) } }

  static func refine(_ object: inout Schema.Object) {
    for rule in rules {
      guard let index = object.properties.firstIndex(where: { $0.name == rule.field }) else {
        preconditionFailure("a rule names a field: \(rule.field)")
      }
      object.properties[index].schema = rule.refine(object.properties[index].schema)
    }
  }
}

/// What text may hold.
public enum TextShape: Sendable {
  /// One line: no control characters, something to see, no blanks at the ends.
  case line
  /// Several lines: of the control characters only line feed and tab.
  case prose
  /// Lower-case words joined by hyphens, as in an address.
  case slug
  /// Letters, digits, dots, hyphens and underscores.
  case code
  /// Slugs from the root of the category tree down, joined by slashes.
  case categoryPath

  public var pattern: String {
    switch self {
    case .line: #"^([^\u0000-\u0020\u007F-\u00A0]([^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0])?)?$"#
    case .prose: #"^[^\u0000-\u0008\u000B-\u001F\u007F-\u009F]*$"#
    case .slug: "^[a-z0-9]+(-[a-z0-9]+)*$"
    case .code: "^[A-Za-z0-9][A-Za-z0-9._-]*$"
    case .categoryPath: "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"
    }
  }

  func accepts(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    switch self {
    case .line:
      guard let first = scalars.first, let last = scalars.last else { return true }
      return !scalars.contains(where: \.isControl) && !first.isBlank && !last.isBlank
    case .prose: return !scalars.contains { $0.isControl && $0 != "\n" && $0 != "\t" }
    case .slug:
      return text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
      }
    case .categoryPath:
      return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        TextShape.slug.accepts(String($0))
      }
    case .code:
      guard let first = scalars.first, first.isAlphanumeric else { return false }
      return scalars.allSatisfy { $0.isAlphanumeric || $0 == "." || $0 == "_" || $0 == "-" }
    }
  }

  var complaint: String {
    switch self {
    case .line: "Use one line of visible text without blanks at its ends."
    case .prose: "Control characters are not allowed."
    case .slug: "Use lower-case letters, digits and single hyphens between them."
    case .categoryPath: "Use a category's path such as jewellery/rings."
    case .code: "Use letters, digits, dots, hyphens and underscores."
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isControl: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }
  fileprivate var isBlank: Bool { self == " " || value == 0xa0 }
  fileprivate var isAlphanumeric: Bool {
    ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
  }
}

extension Rule {
  public static func text(
    _ field: String, _ path: any KeyPath<Value, String> & Sendable, _ length: ClosedRange<Int>,
    _ shape: TextShape = .line
  ) -> Rule {
    text(field, length, shape) { $0[keyPath: path] }
  }

  public static func text(
    _ field: String, _ path: any KeyPath<Value, String?> & Sendable, _ length: ClosedRange<Int>,
    _ shape: TextShape = .line
  ) -> Rule {
    text(field, length, shape) { $0[keyPath: path] }
  }

  public static func text(
    _ field: String, _ path: any KeyPath<Value, Patch<String>> & Sendable, _ length: ClosedRange<Int>,
    _ shape: TextShape = .line, mayClear: Bool = false
  ) -> Rule {
    patched(field, path, mayClear: mayClear, text(field, length, shape) { $0[keyPath: path].newValue })
  }

  public static func number(
    _ field: String, _ path: any KeyPath<Value, Int> & Sendable, _ range: ClosedRange<Int>
  ) -> Rule {
    number(field, range) { $0[keyPath: path] }
  }

  public static func number(
    _ field: String, _ path: any KeyPath<Value, Int?> & Sendable, _ range: ClosedRange<Int>
  ) -> Rule {
    number(field, range) { $0[keyPath: path] }
  }

  public static func number(
    _ field: String, _ path: any KeyPath<Value, Patch<Int>> & Sendable, _ range: ClosedRange<Int>
  ) -> Rule {
    patched(field, path, mayClear: false, number(field, range) { $0[keyPath: path].newValue })
  }

  /// A field of any type that a patch may set but not clear.
  public static func keeps<Field>(_ field: String, _ path: any KeyPath<Value, Patch<Field>> & Sendable) -> Rule {
    patched(field, path, mayClear: false, Rule(field: field, check: { _ in [] }, refine: { $0 }))
  }

  public static func words(
    _ field: String, _ path: any KeyPath<Value, [String]> & Sendable, count: ClosedRange<Int>, each: ClosedRange<Int>
  ) -> Rule {
    words(field, count, each) { $0[keyPath: path] }
  }

  public static func words(
    _ field: String, _ path: any KeyPath<Value, [String]?> & Sendable, count: ClosedRange<Int>, each: ClosedRange<Int>
  ) -> Rule {
    words(field, count, each) { $0[keyPath: path] }
  }

  public static func words(
    _ field: String, _ path: any KeyPath<Value, Patch<[String]>> & Sendable, count: ClosedRange<Int>,
    each: ClosedRange<Int>
  ) -> Rule {
    patched(field, path, mayClear: false, words(field, count, each) { $0[keyPath: path].newValue })
  }

  // MARK: How

  private static func text(
    _ field: String, _ length: ClosedRange<Int>, _ shape: TextShape, _ read: @escaping @Sendable (Value) -> String?
  ) -> Rule {
    Rule(
      field: field,
      check: { value in
        read(value).flatMap { textFault($0, at: "/" + snakeCase(field), length, shape) }.map { [$0] } ?? []
      },
      refine: { $0.refined(to: .string(.init(length: length, pattern: shape.pattern))) })
  }

  private static func number(
    _ field: String, _ range: ClosedRange<Int>, _ read: @escaping @Sendable (Value) -> Int?
  ) -> Rule {
    Rule(
      field: field,
      check: { value in
        guard let number = read(value), !range.contains(number) else { return [] }
        let detail = "Use a whole number from \(range.lowerBound) to \(range.upperBound)."
        return [FieldError("/" + snakeCase(field), "out_of_range", detail)]
      },
      refine: { $0.refined(to: .integer(range)) })
  }

  private static func words(
    _ field: String, _ count: ClosedRange<Int>, _ each: ClosedRange<Int>,
    _ read: @escaping @Sendable (Value) -> [String]?
  ) -> Rule {
    Rule(
      field: field,
      check: { value in
        guard let words = read(value) else { return [] }
        let pointer = "/" + snakeCase(field)
        if !count.contains(words.count) {
          return [FieldError(pointer, "wrong_count", "Give from \(count.lowerBound) to \(count.upperBound) of them.")]
        }
        return words.indices.compactMap { textFault(words[$0], at: "\(pointer)/\($0)", each, .line) }
      },
      refine: {
        $0.refined(to: .array(.string(.init(length: each, pattern: TextShape.line.pattern)), count: count))
      })
  }

  private static func patched<Field>(
    _ field: String, _ path: any KeyPath<Value, Patch<Field>> & Sendable, mayClear: Bool, _ rule: Rule
  ) -> Rule {
    Rule(
      field: field,
      check: { value in
        if case .clear = value[keyPath: path], !mayClear {
          return [FieldError("/" + snakeCase(field), "required", "This cannot be cleared. Leave it out to keep it.")]
        }
        return rule.check(value)
      },
      refine: { schema in
        let refined = rule.refine(schema)
        if case .nullable(let inner) = refined, !mayClear { return inner }
        return refined
      })
  }

  private static func textFault(
    _ text: String, at pointer: String, _ length: ClosedRange<Int>, _ shape: TextShape
  ) -> FieldError? {
    let count = text.unicodeScalars.count
    if count < length.lowerBound {
      let isEmpty = text.isEmpty
      return FieldError(
        pointer, isEmpty ? "required" : "too_short",
        isEmpty ? "This must not be empty." : "Use at least \(length.lowerBound) characters.")
    }
    if count > length.upperBound {
      return FieldError(pointer, "too_long", "Use at most \(length.upperBound) characters; these are \(count).")
    }
    return shape.accepts(text) ? nil : FieldError(pointer, "wrong_format", shape.complaint)
  }
}

extension Schema {
  /// The same place in the schema with more limits; a nullable place stays nullable.
  fileprivate func refined(to schema: Schema) -> Schema {
    if case .nullable = self { .nullable(schema) } else { schema }
  }
}
