// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@testable import Market

struct ContractTests {
  static let endpoints = Contract.endpoints.map(Named.init)

  /// An endpoint that a test's report can name.
  struct Named: Sendable, CustomTestStringConvertible {
    var endpoint: AnyEndpoint
    var testDescription: String { endpoint.name }
  }

  /// The properties of an endpoint's input, none when it takes nothing.
  static func input(_ endpoint: AnyEndpoint) -> [Schema.Property] {
    var probe = SchemaProbe()
    guard case .reference(let name) = endpoint.probe(&probe).input else { return [] }
    return probe.objects[name]?.properties ?? []
  }

  @Test func `names are unique, and so are methods with paths`() {
    #expect(Set(Contract.endpoints.map(\.name)).count == Contract.endpoints.count)
    let addresses = Contract.endpoints.map { endpoint in
      let segments = endpoint.path.segments.map { if case .literal(let word) = $0 { word } else { "*" } }
      return "\(endpoint.method) \(segments)"
    }
    #expect(Set(addresses).count == addresses.count)
  }

  @Test(arguments: endpoints) func `an endpoint says what it is for`(named: Named) {
    let endpoint = named.endpoint
    #expect(endpoint.summary.count >= 10 && endpoint.summary.first?.isUppercase == true)
    #expect(!endpoint.summary.hasSuffix("."))
    #expect(endpoint.name.split(separator: ".").count == 2)
    #expect(endpoint.name.allSatisfy { $0.isLowercase || $0 == "." || $0 == "_" })
  }

  @Test(arguments: endpoints) func `every place of the path is a required field of the input`(named: Named) {
    let fields = Self.input(named.endpoint)
    for place in named.endpoint.path.placeNames {
      #expect(fields.first { $0.name == place }?.isRequired == true, "\(place)")
      #expect(place == snakeCase(place))
    }
  }

  @Test(arguments: endpoints) func `every schema is complete`(named: Named) {
    var probe = SchemaProbe()
    let (input, output) = named.endpoint.probe(&probe)
    for schema in [input, output] { expectComplete(schema, probe, named.endpoint.name, []) }
  }

  private func expectComplete(_ schema: Schema, _ probe: SchemaProbe, _ place: String, _ seen: Set<String>) {
    switch schema {
    case .anything: Issue.record("\(place) may be anything")
    case .array(let inner, _), .nullable(let inner), .map(let inner): expectComplete(inner, probe, place, seen)
    case .object(let object):
      for property in object.properties { expectComplete(property.schema, probe, "\(place).\(property.name)", seen) }
    case .reference(let name):
      guard let object = probe.objects[name] else {
        Issue.record("\(place) names \(name), which is not described")
        return
      }
      if !seen.contains(name) { expectComplete(.object(object), probe, place + "." + name, seen.union([name])) }
    case .string, .integer, .number, .boolean: break
    }
  }

  @Test(arguments: endpoints) func `the query takes single values`(named: Named) {
    guard named.endpoint.method.takesQuery else { return }
    for field in Self.input(named.endpoint) {
      var schema = field.schema
      if case .nullable(let inner) = schema { schema = inner }
      switch schema {
      case .string, .integer, .boolean: break
      default: Issue.record("\(field.name) is no single value")
      }
    }
  }

  @Test(arguments: endpoints) func `examples obey the rules and read back`(named: Named) throws {
    let endpoint = named.endpoint
    if let ruled = endpoint.exampleInput as? any Ruled { #expect(faults(of: ruled) == []) }
    if let ruled = endpoint.exampleOutput as? any Ruled { #expect(faults(of: ruled) == []) }
    try expectReadsBack(endpoint.exampleInput)
    try expectReadsBack(endpoint.exampleOutput)
  }

  private func faults<Value: Ruled>(of value: Value) -> [FieldError] { value.faults }

  private func expectReadsBack<Value: Codable>(_ value: Value) throws {
    let bytes = try JSONEncoder().encode(value)
    let back = try JSONDecoder().decode(Value.self, from: bytes)
    #expect(try JSONEncoder().encode(back) == bytes)
  }

  @Test(arguments: endpoints) func `changes are guarded as the conventions say`(named: Named) {
    let (endpoint, traits) = (named.endpoint, named.endpoint.traits)
    switch endpoint.method {
    case .get:
      #expect(traits.caching != .never)
      #expect(!traits.requiresMatch && traits.idempotency == .none)
    case .post:
      // Making something new has no version to name; moving something that is there has.
      #expect(traits.requiresMatch == !endpoint.path.placeNames.isEmpty)
      #expect((traits.body == .none) == Self.input(endpoint).allSatisfy { endpoint.path.placeNames.contains($0.name) })
      // Codes and proofs work once by themselves. A device asks with its code more often than people sign in.
      let isQuestion = endpoint.name == Identity.redeemDevice.name
      #expect(traits.idempotency != .none || traits.limit == .signIn || isQuestion)
    case .put, .patch, .delete: #expect(traits.requiresMatch)
    }
    if endpoint.method != .get { #expect(traits.caching == .never && traits.limit != .read) }
    // Remembered answers are kept by account: a caller without one would be given a stranger's.
    if traits.idempotency != .none { #expect(endpoint.access.needsAccount) }
    if !endpoint.path.placeNames.isEmpty { #expect(endpoint.refusals.contains(.notFound)) }
    if traits.status == 204 { #expect(endpoint.exampleOutput is Nothing) }
    if endpoint.access.needsAccount && endpoint.method == .get { #expect(traits.caching == .personal) }
  }

  @Test(arguments: endpoints) func `no key may prove, administer or see to its account`(named: Named) {
    let endpoint = named.endpoint
    guard endpoint.traits.keys != nil else { return }
    #expect(endpoint.traits.sensitivity == .plain)
    switch endpoint.access {
    case .anyone, .signedIn, .member: break
    case .guest, .session, .key, .admin: Issue.record("a scope opens nothing here")
    }
    #expect(!endpoint.path.description.hasPrefix("/me"))
  }

  @Test func `every list takes a limit and a cursor, and refuses cursors of others`() {
    for endpoint in Contract.endpoints {
      let names = Self.input(endpoint).map(\.name)
      guard names.contains("cursor") else { continue }
      #expect(names.contains("limit"))
      #expect(endpoint.refusals.contains(.invalidCursor))
    }
  }
}

struct ProblemTests {
  @Test func `codes are words, statuses are errors, and types have pages`() {
    for code in ProblemCode.allCases {
      #expect(code.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
      #expect((400...599).contains(code.status))
      #expect(code.typeURL == "/docs/problems#\(code.rawValue)")
    }
    #expect(ProblemCode.allCases.filter { $0.status == 500 } == [.internalFailure])
  }

  @Test func `a problem carries what is known of it`() {
    let fault = FieldError("/title", "required", "This must not be empty.")
    let problem = ProblemCode.invalidInput.problem(in: .german, instance: "abc", errors: [fault])
    #expect(problem.status == 422 && problem.code == "invalid_input" && problem.instance == "abc")
    #expect(problem.title == "Ungültige Eingabe" && problem.errors == [fault])
    #expect(ProblemCode.notFound.problem().errors == nil)
    #expect(ProblemCode.notAPicture.problem(detail: "Why").detail == "Why")
  }

  @Test(arguments: [(-1, Availability.soldOut), (0, .soldOut), (1, .low), (3, .low), (4, .inStock), (.max, .inStock)])
  func `availability is stock in words`(stock: Int, availability: Availability) {
    #expect(Availability(stock: stock) == availability)
  }
}
