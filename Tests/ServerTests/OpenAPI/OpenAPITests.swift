// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market
import Testing

@testable import soukd

/// The document says what is served.
struct OpenAPITests {
  private let document = OpenAPIDocument.document

  private func operation(_ endpoint: AnyEndpoint) throws -> JSONValue {
    try #require(document["paths"]?[endpoint.path.description]?[endpoint.method.rawValue.lowercased()])
  }

  private func members(_ value: JSONValue?) -> [(String, JSONValue)] {
    if case .object(let members)? = value { members } else { [] }
  }

  private func elements(_ value: JSONValue?) -> [JSONValue] {
    if case .array(let elements)? = value { elements } else { [] }
  }

  @Test func `every endpoint is in it, and nothing else`() throws {
    #expect(document["openapi"] == "3.1.0")
    #expect(try JSONDecoder().decode(JSONValue.self, from: OpenAPIDocument.bytes) == document)
    var ids: Set<String> = []
    for (path, methods) in members(document["paths"]) {
      for (method, operation) in members(methods) {
        guard case .string(let id)? = operation["operationId"] else { continue }
        ids.insert(id)
        let endpoint = try #require(Contract.endpoints.first { $0.name == id })
        #expect(endpoint.path.description == path && endpoint.method.rawValue.lowercased() == method)
      }
    }
    #expect(ids == Set(Contract.endpoints.map(\.name)))
  }

  @Test func `each operation says with which key it can be called`() throws {
    let schemes = members(document["components"]?["securitySchemes"]).map(\.0)
    #expect(schemes == ["bearer", "key", "guest"])
    for endpoint in Contract.endpoints {
      let keys = elements(try operation(endpoint)["security"]).compactMap { $0["key"] }
      let wanted: [JSONValue]
      switch (endpoint.access, endpoint.traits.keys) {
      case (.key, _): wanted = [.array([])]
      case (_, let scope?): wanted = [.array([.string(scope.rawValue)])]
      case (_, nil): wanted = []
      }
      #expect(keys == wanted, "\(endpoint.name)")
    }
  }

  @Test func `every reference leads somewhere`() {
    func follow(_ value: JSONValue) {
      switch value {
      case .array(let elements): elements.forEach(follow)
      case .object(let members):
        for (name, member) in members {
          if name == "$ref", case .string(let text) = member {
            #expect(SchemaCheck(document).target(text) != nil, "\(text)")
          }
          follow(member)
        }
      default: break
      }
    }
    follow(document)
  }

  @Test func `examples conform to their schemas`() throws {
    let check = SchemaCheck(document)
    for endpoint in Contract.endpoints {
      let operation = try operation(endpoint)
      if let json = operation["requestBody"]?["content"]?["application/json"] {
        #expect(
          check.faults(of: try #require(json["example"]), in: try #require(json["schema"])) == [], "\(endpoint.name)")
        #expect(json["schema"]?["additionalProperties"] == false)
      }
      let success = operation["responses"]?[String(endpoint.traits.status)]
      if let json = success?["content"]?["application/json"] {
        #expect(
          check.faults(of: try #require(json["example"]), in: try #require(json["schema"])) == [], "\(endpoint.name)")
      }
    }
  }

  @Test func `places, queries and headers are parameters`() throws {
    for endpoint in Contract.endpoints {
      let parameters = elements(try operation(endpoint)["parameters"])
      func names(_ place: String) -> [String] {
        parameters.compactMap { parameter in
          guard parameter["in"] == .string(place), case .string(let name)? = parameter["name"] else { return nil }
          return name
        }
      }
      #expect(names("path").sorted() == endpoint.path.placeNames.sorted(), "\(endpoint.name)")
      #expect(names("header").contains("If-Match") == endpoint.traits.requiresMatch)
      #expect(names("header").contains("Idempotency-Key") == (endpoint.traits.idempotency != .none))
      let wire = try Wire(endpoint)
      let sent = wire.address.split(separator: "?").dropFirst().first?.split(separator: "&") ?? []
      for pair in sent {
        #expect(names("query").contains(String(pair.prefix { $0 != "=" })), "\(endpoint.name) \(pair)")
      }
      #expect(Set(names("query")).count == names("query").count)
    }
  }

  @Test func `the fields parameter describes what is taken`() throws {
    let show = Contract.endpoints.first { $0.name == "catalogue.search" }
    let names = FieldNames.ofAnswer(try #require(show))
    #expect(names.isSuperset(of: ["id", "title", "price", "price.amount", "shop.slug", "photo", "photo.width"]))
    #expect(!names.contains("items") && !names.contains("next_cursor"))
    let pattern = try Regex(FieldList.pattern(names))
    for _ in 0..<200 {
      let list = (0..<Int.random(in: 1...5)).map { _ in names.randomElement() ?? "" }.joined(separator: ",")
      #expect(try pattern.wholeMatch(in: list) != nil)
      #expect(throws: Never.self) { try FieldList.read(list, known: names) }
    }
    for list in ["", ",", "id,", "colour", "price-amount", "pricexamount"] {
      #expect(try pattern.wholeMatch(in: list) == nil)
      #expect(throws: InputFault.self) { try FieldList.read(list, known: names) }
    }
  }

  @Test func `every status that an endpoint refuses with is described`() throws {
    for endpoint in Contract.endpoints {
      let described = Set(members(try operation(endpoint)["responses"]).map(\.0))
      for refusal in endpoint.refusals { #expect(described.contains(String(refusal.status)), "\(endpoint.name)") }
      if endpoint.access == .signedIn { #expect(described.contains("401")) }
    }
  }

  @Test func `the reference for people names every endpoint and is well formed`() {
    for endpoint in Contract.endpoints {
      #expect(ReferencePage.html.contains("<section id=\"\(endpoint.name)\">"))
      #expect(ReferencePage.html.contains(HTML.escape(endpoint.summary)))
    }
    for tag in ["section", "table", "tr", "details", "pre", "ul", "main"] {
      #expect(
        ReferencePage.html.split(separator: "<\(tag)").count == ReferencePage.html.split(separator: "</\(tag)>").count)
    }
    #expect(HTML.escape(#"<a href="x">&"#) == "&lt;a href=&quot;x&quot;&gt;&amp;")
  }
}

/// The part of JSON Schema that the document uses, checked in the plainest way.
struct SchemaCheck {
  let document: JSONValue
  init(_ document: JSONValue) { self.document = document }

  func target(_ reference: String) -> JSONValue? {
    reference.split(separator: "/").dropFirst().reduce(document as JSONValue?) { value, step in value?[String(step)] }
  }

  /// What is wrong with a value, as pointers and words.
  func faults(of value: JSONValue, in schema: JSONValue, at pointer: String = "") -> [String] {
    if case .string(let reference)? = schema["$ref"] {
      guard let target = target(reference) else { return ["\(pointer) leads to \(reference)"] }
      return faults(of: value, in: target, at: pointer)
    }
    if case .array(let choices)? = schema["anyOf"] {
      return choices.contains { faults(of: value, in: $0, at: pointer).isEmpty } ? [] : ["\(pointer) fits no choice"]
    }
    if case .array(let words)? = schema["enum"], !words.contains(value) { return ["\(pointer) is none of the words"] }
    switch (schema["type"], value) {
    case ("string", .string(let text)): return text.isFine(schema) ? [] : ["\(pointer) is not such a text: \(text)"]
    case ("integer", .int(let number)):
      if case .int(let least)? = schema["minimum"], number < least { return ["\(pointer) is too small"] }
      if case .int(let most)? = schema["maximum"], number > most { return ["\(pointer) is too large"] }
      return []
    case ("boolean", .bool), ("null", .null), ("number", .int), ("number", .double): return []
    case ("array", .array(let elements)):
      guard let items = schema["items"] else { return ["\(pointer) has no schema of its items"] }
      return elements.enumerated().flatMap { faults(of: $1, in: items, at: "\(pointer)/\($0)") }
    case ("object", .object(let members)):
      var faults: [String] = []
      if case .array(let required)? = schema["required"] {
        for case .string(let name) in required where value[name] == nil {
          faults.append("\(pointer)/\(name) is missing")
        }
      }
      for (name, member) in members {
        if let property = schema["properties"]?[name] {
          faults += self.faults(of: member, in: property, at: "\(pointer)/\(name)")
        } else if schema["additionalProperties"] == false {
          faults.append("\(pointer)/\(name) is unknown")
        }
      }
      return faults
    default: return ["\(pointer) has another type"]
    }
  }
}

extension String {
  /// Whether the text has the length and the pattern that a schema asks for.
  fileprivate func isFine(_ schema: JSONValue) -> Bool {
    if case .int(let least)? = schema["minLength"], unicodeScalars.count < least { return false }
    if case .int(let most)? = schema["maxLength"], unicodeScalars.count > most { return false }
    guard case .string(let pattern)? = schema["pattern"], let regex = try? Regex(pattern) else { return true }
    return (try? regex.matchingSemantics(.unicodeScalar).wholeMatch(in: self)) != nil
  }
}
