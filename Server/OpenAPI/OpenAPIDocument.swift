// SPDX-License-Identifier: GPL-3.0-or-later
public import JSON
import Market

/// The OpenAPI 3.1 document, made from the contract: what is served and what is described cannot differ.
enum OpenAPIDocument {
  static let text: String = String(decoding: bytes, as: UTF8.self)

  static let bytes: [UInt8] = {
    // A value made of texts and numbers always encodes.
    (try? JSONEncoder().encode(document)) ?? []
  }()

  static let document: JSONValue = {
    var probe = SchemaProbe()
    let operations = Contract.endpoints.map { endpoint in
      OperationText(endpoint: endpoint, schemas: endpoint.probe(&probe), objects: probe.objects)
    }
    let problem = probe.schema(of: Problem.self)
    return .object([
      ("openapi", "3.1.0"),
      (
        "info",
        .object([
          ("title", "Souk"), ("version", .string(Release.version)), ("description", .string(introduction)),
          ("license", .object([("name", "GPL-3.0-or-later"), ("identifier", "GPL-3.0-or-later")])),
        ])
      ),
      ("servers", .array([.object([("url", .string(Contract.basePath))])])),
      ("tags", .array(tags(operations))),
      ("paths", .object(paths(operations))),
      (
        "components",
        .object([
          ("schemas", .object(components(probe, operations))),
          ("responses", .object([("Problem", OperationText.problemResponse(problem))])),
          (
            "securitySchemes",
            .object([
              (
                "bearer",
                .object([
                  ("type", "http"), ("scheme", "bearer"), ("bearerFormat", "JWT"),
                  ("description", "The access token of a session."),
                ])
              ),
              (
                "key",
                .object([
                  ("type", "http"), ("scheme", "bearer"), ("bearerFormat", .string(APIKey.textPrefix + "…")),
                  ("description", "An API key. Where an operation names a scope, the key must have it."),
                ])
              ),
              (
                "guest",
                .object([("type", "apiKey"), ("in", "header"), ("name", .string(GuestPass.header))])
              ),
            ])
          ),
        ])
      ),
    ])
  }()

  private static let introduction = """
    Money is an integer of minor units with an ISO 4217 currency. Errors are RFC 9457 problems with a stable code and a \
    pointer for each field. Lists are cursor pages: give next_cursor back as cursor. What is edited has a strong ETag, \
    and edits name it in If-Match. An Idempotency-Key makes a POST or PATCH safe to repeat for 24 hours.
    """

  private static func tags(_ operations: [OperationText]) -> [JSONValue] {
    var seen: [String] = []
    for operation in operations where !seen.contains(operation.tag) { seen.append(operation.tag) }
    return seen.map { .object([("name", .string($0))]) }
  }

  private static func paths(_ operations: [OperationText]) -> [(String, JSONValue)] {
    var order: [String] = []
    var byPath: [String: [(String, JSONValue)]] = [:]
    for operation in operations {
      let path = operation.endpoint.path.description
      if byPath[path] == nil { order.append(path) }
      byPath[path, default: []].append((operation.endpoint.method.rawValue.lowercased(), operation.json))
    }
    return order.map { ($0, .object(byPath[$0] ?? [])) }
  }

  /// Objects that appear in answers; what is sent is described where it is sent.
  private static func components(_ probe: SchemaProbe, _ operations: [OperationText]) -> [(String, JSONValue)] {
    let inputs = Set(operations.map(\.inputName))
    return probe.objects.filter { !inputs.contains($0.key) }.sorted { $0.key < $1.key }.map { name, object in
      (name, object.json(isInput: false))
    }
  }
}

extension Schema {
  /// As JSON Schema 2020-12, the dialect of OpenAPI 3.1.
  var json: JSONValue {
    switch self {
    case .string(let text): return text.json
    case .integer(let range):
      var members: [(String, JSONValue)] = [("type", "integer"), ("format", "int64")]
      if let range {
        members += [("minimum", .int(Int64(range.lowerBound))), ("maximum", .int(Int64(range.upperBound)))]
      }
      return .object(members)
    case .number: return .object([("type", "number")])
    case .boolean: return .object([("type", "boolean")])
    case .array(let element, let count):
      var members: [(String, JSONValue)] = [("type", "array"), ("items", element.json)]
      if let count {
        members += [("minItems", .int(Int64(count.lowerBound))), ("maxItems", .int(Int64(count.upperBound)))]
      }
      return .object(members)
    case .object(let object): return object.json(isInput: false)
    case .map(let value): return .object([("type", "object"), ("additionalProperties", value.json)])
    case .nullable(let inner): return .object([("anyOf", .array([inner.json, .object([("type", "null")])]))])
    case .reference(let name): return .object([("$ref", .string("#/components/schemas/\(name)"))])
    case .anything: return .object([])
    }
  }

  /// Without the null that a query parameter cannot say.
  var withoutNull: Schema { if case .nullable(let inner) = self { inner } else { self } }
}

extension Schema.Text {
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [("type", "string")]
    if let length {
      members += [("minLength", .int(Int64(length.lowerBound))), ("maxLength", .int(Int64(length.upperBound)))]
    }
    if let pattern { members.append(("pattern", .string(pattern))) }
    if let format { members.append(("format", .string(format))) }
    if let choices { members.append(("enum", .array(choices.map { .string($0) }))) }
    return .object(members)
  }
}

extension Schema.Object {
  /// Unknown members are refused in what is sent, and to be tolerated in what is answered.
  func json(isInput: Bool, without places: [String] = []) -> JSONValue {
    let shown = properties.filter { !places.contains($0.name) }
    var members: [(String, JSONValue)] = [("type", "object")]
    members.append(
      ("properties", .object(shown.map { (snakeCase($0.name), isInput ? $0.schema.json : $0.schema.withoutNull.json) }))
    )
    let required = shown.filter { $0.isRequired && !(isInput && $0.isNullable) }.map {
      JSONValue.string(snakeCase($0.name))
    }
    if !required.isEmpty { members.append(("required", .array(required))) }
    if isInput { members.append(("additionalProperties", false)) }
    return .object(members)
  }
}

extension Schema.Property {
  fileprivate var isNullable: Bool { if case .nullable = schema { true } else { false } }
}

// Documents are written as literals here.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}
