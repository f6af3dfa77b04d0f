// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market

/// One endpoint as an OpenAPI operation.
struct OperationText {
  let endpoint: AnyEndpoint
  let schemas: (input: Schema, output: Schema)
  let objects: [String: Schema.Object]

  var tag: String { endpoint.name.split(separator: ".").first.map(String.init) ?? "" }
  var inputName: String { if case .reference(let name) = schemas.input { name } else { "" } }

  private var input: Schema.Object? { objects[inputName] }
  private var places: [String] { endpoint.path.placeNames }
  private var sendsJSON: Bool { endpoint.traits.body == .json && !endpoint.method.takesQuery }
  private var isEmptyAnswer: Bool { endpoint.traits.status == 204 }

  var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("operationId", .string(endpoint.name)), ("tags", .array([.string(tag)])), ("summary", .string(endpoint.summary)),
    ]
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if let requestBody { members.append(("requestBody", requestBody)) }
    members.append(("responses", .object(responses)))
    members.append(("security", security))
    return .object(members)
  }

  private var security: JSONValue {
    let bearer = JSONValue.object([("bearer", .array([]))])
    switch endpoint.access {
    case .anyone: return .array([.object([]), bearer] + keys)
    case .guest: return .array([.object([("guest", .array([]))])])
    case .key: return .array([.object([("key", .array([]))])])
    case .session, .signedIn, .member, .admin: return .array([bearer] + keys)
    }
  }

  private var keys: [JSONValue] {
    endpoint.traits.keys.map { [.object([("key", .array([.string($0.rawValue)]))])] } ?? []
  }

  // MARK: What is sent

  private var parameters: [JSONValue] {
    let properties = input?.properties ?? []
    var list = properties.filter { places.contains($0.name) }.map { parameter($0, in: "path", isRequired: true) }
    if !sendsJSON {
      list += properties.filter { !places.contains($0.name) }.map {
        parameter($0, in: "query", isRequired: $0.isRequired)
      }
    }
    if let fieldsParameter { list.append(fieldsParameter) }
    if endpoint.traits.requiresMatch {
      list.append(
        header(
          "If-Match", "The ETag of the version you saw, or *.", #"^(\*|"[0-9]{1,9}(\.[0-9]{1,9})?")$"#,
          isRequired: true,
          example: "\"3\""))
    }
    if endpoint.traits.idempotency != .none {
      list.append(
        header(
          "Idempotency-Key", "Repeat the call with the same key and it takes effect once.", "^[!-~]{1,255}$",
          isRequired: endpoint.traits.idempotency == .required, example: "7f0c2a4e"))
    }
    return list
  }

  private var fieldsParameter: JSONValue? {
    let names = FieldNames.ofAnswer(endpoint)
    if names.isEmpty || isEmptyAnswer { return nil }
    return .object([
      ("name", "fields"), ("in", "query"), ("required", false),
      ("description", "Only these members of the answer, dotted and joined by commas."),
      ("schema", .object([("type", "string"), ("pattern", .string(FieldList.pattern(names)))])),
    ])
  }

  private func parameter(_ property: Schema.Property, in place: String, isRequired: Bool) -> JSONValue {
    .object([
      ("name", .string(snakeCase(property.name))), ("in", .string(place)), ("required", .bool(isRequired)),
      ("schema", property.schema.withoutNull.json),
    ])
  }

  private func header(
    _ name: String, _ description: String, _ pattern: String, isRequired: Bool, example: String
  ) -> JSONValue {
    .object([
      ("name", .string(name)), ("in", "header"), ("required", .bool(isRequired)), ("description", .string(description)),
      ("schema", .object([("type", "string"), ("pattern", .string(pattern))])), ("example", .string(example)),
    ])
  }

  private var requestBody: JSONValue? {
    switch endpoint.traits.body {
    case .none: return nil
    case .file(let types, _):
      let media = types.map {
        ($0, JSONValue.object([("schema", .object([("type", "string"), ("format", "binary")]))]))
      }
      return .object([("required", true), ("content", .object(media))])
    case .json:
      guard sendsJSON, let input else { return nil }
      let schema = input.json(isInput: true, without: places)
      let content = JSONValue.object([
        ("schema", schema), ("example", Self.example(endpoint.exampleInput, without: places)),
      ])
      return .object([("required", true), ("content", .object([("application/json", content)]))])
    }
  }

  // MARK: What is answered

  private var responses: [(String, JSONValue)] {
    var list = [(String(endpoint.traits.status), success)]
    if endpoint.method == .get && endpoint.answersJSON {
      list.append(("304", .object([("description", "What If-None-Match names is still right")])))
    }
    let problem = JSONValue.object([("$ref", "#/components/responses/Problem")])
    list += problemStatuses.map { (String($0), problem) }
    return list
  }

  private var problemStatuses: [Int] {
    var statuses: Set<Int> = [400, 401, 404, 406, 422, 429, 431, 500, 503]
    if requestBody != nil { statuses.formUnion([413, 415]) }
    if endpoint.traits.requiresMatch { statuses.formUnion([412, 428]) }
    if endpoint.traits.idempotency != .none { statuses.insert(409) }
    if endpoint.access.needsAccount && endpoint.access != .session { statuses.insert(403) }
    statuses.formUnion(endpoint.refusals.map(\.status))
    return statuses.sorted()
  }

  private var success: JSONValue {
    if isEmptyAnswer { return .object([("description", "Done")]) }
    var content: [(String, JSONValue)] = []
    switch endpoint.traits.answer {
    case .file(let types):
      content = types.map { ($0, .object([("schema", .object([("type", "string"), ("format", "binary")]))])) }
    case .json, .eventsOrPage:
      let json = JSONValue.object([("schema", schemas.output.json), ("example", Self.example(endpoint.exampleOutput))])
      content = [("application/json", json)]
    }
    if endpoint.traits.answer == .eventsOrPage {
      content.append(("text/event-stream", .object([("schema", .object([("type", "string")]))])))
    }
    return .object([
      ("description", .string(endpoint.summary)), ("headers", .object(answerHeaders)), ("content", .object(content)),
    ])
  }

  private var answerHeaders: [(String, JSONValue)] {
    let text = JSONValue.object([("schema", .object([("type", "string")]))])
    var names = ["X-Request-Id"]
    if endpoint.answersJSON && endpoint.traits.status != 204 {
      names.append("ETag")
    }
    if endpoint.traits.status == 201 { names.append("Location") }
    return names.map { ($0, text) }
  }

  static func problemResponse(_ schema: Schema) -> JSONValue {
    .object([
      ("description", "A problem: its code says which, its errors say where"),
      ("content", .object([("application/problem+json", .object([("schema", schema.json)]))])),
    ])
  }

  /// A value as the wire spells it, without the members that travel in the path.
  static func example(_ value: any Encodable, without places: [String] = []) -> JSONValue {
    guard let bytes = try? JSONEncoder().encode(value),
      let json = try? JSONDecoder().decode(JSONValue.self, from: bytes),
      case .object(let members) = json
    else { return .null }
    return .object(members.filter { !places.contains($0.0) })
  }
}
