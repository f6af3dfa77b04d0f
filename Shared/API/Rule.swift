// SPDX-License-Identifier: GPL-3.0-or-later

/// One limit on one field, said once: it checks a value and it refines the schema.
public struct Rule<Value>: Sendable {
  public let field: String
  /// Other fields that it looks at: when one of these is wrong, it has nothing to say.
  var needs: Set<String> = []
  let check: @Sendable (Value) -> [FieldError]
  let refine: @Sendable (Schema) -> Schema

  /// What it looks at, as the wire spells it.
  fileprivate var fields: [String] { ([field] + needs).map(snakeCase) }
}

/// An input whose fields have limits beyond their types.
public protocol Ruled: Sendable {
  static var rules: [Rule<Self>] { get }
}

extension Ruled {
  /// Everything that is wrong, all at once.
  public var faults: [FieldError] { faults(besides: []) }

  /// What else is wrong when some fields, as the wire spells them, are known to be. One rule speaks for a field: the
  /// first that it breaks.
  public func faults(besides known: Set<String>) -> [FieldError] {
    var (wrong, faults) = (known, [FieldError]())
    for rule in Self.rules where !rule.fields.contains(where: wrong.contains) {
      let found = rule.check(self)
      if !found.isEmpty { wrong.insert(snakeCase(rule.field)) }
      faults += found
    }
    return faults
  }

  static func refine(_ object: inout Schema.Object) {
    for rule in rules {
      guard let index = object.properties.firstIndex(where: { $0.name == rule.field }) else {
        preconditionFailure("a rule names a field: \(rule.field)")
      }
      object.properties[index].schema = rule.refine(object.properties[index].schema)
    }
  }
}

extension Rule {
  public static func text<Field: InputField>(
    _ field: String, _ path: any KeyPath<Value, Field> & Sendable, _ length: ClosedRange<Int>,
    _ shape: TextShape = .line, mayClear: Bool = false
  ) -> Rule where Field.Content == String {
    let schema = Schema.string(.init(length: length, pattern: shape.pattern))
    return limiting(field, path, to: schema, mayClear: mayClear) { text, pointer in
      textFault(text, at: pointer, length, shape).map { [$0] } ?? []
    }
  }

  public static func number<Field: InputField>(
    _ field: String, _ path: any KeyPath<Value, Field> & Sendable, _ range: ClosedRange<Int>
  ) -> Rule where Field.Content == Int {
    limiting(field, path, to: .integer(range)) { number, pointer in
      if range.contains(number) { return [] }
      let detail = "Use a whole number from \(range.lowerBound) to \(range.upperBound)."
      return [FieldError(pointer, "out_of_range", detail)]
    }
  }

  public static func words<Field: InputField>(
    _ field: String, _ path: any KeyPath<Value, Field> & Sendable, count: ClosedRange<Int>, each: ClosedRange<Int>
  ) -> Rule where Field.Content == [String] {
    let schema = Schema.array(.string(.init(length: each, pattern: TextShape.line.pattern)), count: count)
    return limiting(field, path, to: schema) { words, pointer in
      if !count.contains(words.count) {
        return [FieldError(pointer, "wrong_count", "Give from \(count.lowerBound) to \(count.upperBound) of them.")]
      }
      return words.indices.compactMap { textFault(words[$0], at: "\(pointer)/\($0)", each, .line) }
    }
  }

  /// Some of a closed set; one that is named twice counts once.
  public static func choices<Choice: WireEnum>(
    _ field: String, _ path: any KeyPath<Value, [Choice]> & Sendable, count: ClosedRange<Int>
  ) -> Rule {
    let pointer = "/" + snakeCase(field)
    return Rule(
      field: field,
      check: { value in
        if count.contains(Set(value[keyPath: path]).count), value[keyPath: path].count <= count.upperBound { return [] }
        return [
          FieldError(pointer, "wrong_count", "Give from \(count.lowerBound) to \(count.upperBound) of them.")
        ]
      }, refine: { _ in .array(Choice.schema, count: count) })
  }

  /// How many there are of a list of any things.
  public static func count<Item>(
    _ field: String, _ path: any KeyPath<Value, [Item]> & Sendable, _ range: ClosedRange<Int>
  ) -> Rule {
    let pointer = "/" + snakeCase(field)
    return Rule(
      field: field,
      check: { value in
        if range.contains(value[keyPath: path].count) { return [] }
        let detail = "Give from \(range.lowerBound) to \(range.upperBound) of them."
        return [FieldError(pointer, "wrong_count", detail)]
      },
      refine: { if case .array(let item, _) = $0 { .array(item, count: range) } else { $0 } })
  }

  /// A contact that must be an e-mail address.
  public static func email(_ field: String, _ path: any KeyPath<Value, Contact> & Sendable) -> Rule {
    let schema = Schema.string(.init(length: 6...Contact.lengthMax, pattern: "^\(Contact.emailPattern)$"))
    return limiting(field, path, to: schema) { contact, pointer in
      if contact.kind == .email { return [] }
      return [FieldError(pointer, "wrong_format", "Use an e-mail address such as ines@example.org.")]
    }
  }

  /// A field of any type that a patch may set but not clear.
  public static func keeps<Field>(_ field: String, _ path: any KeyPath<Value, Patch<Field>> & Sendable) -> Rule {
    limiting(field, path, to: nil) { _, _ in [] }
  }

  // MARK: How

  /// Checks what a field says, and narrows its place in the schema. What says nothing is fine.
  private static func limiting<Field: InputField>(
    _ field: String, _ path: any KeyPath<Value, Field> & Sendable, to narrower: Schema?, mayClear: Bool = false,
    _ faults: @escaping @Sendable (Field.Content, _ pointer: String) -> [FieldError]
  ) -> Rule {
    let pointer = "/" + snakeCase(field)
    return Rule(
      field: field,
      check: { value in
        let said = value[keyPath: path]
        if said.clears {
          return mayClear ? [] : [FieldError(pointer, "required", "This cannot be cleared. Leave it out to keep it.")]
        }
        return said.content.map { faults($0, pointer) } ?? []
      },
      refine: { schema in
        guard case .nullable(let inner) = schema else { return narrower ?? schema }
        return Field.takesNull || mayClear ? .nullable(narrower ?? inner) : narrower ?? inner
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
