// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market

/// The reference for people, made from the same contract as the document for programs.
enum ReferencePage {
  static let html: String = HTML.page(title: "API reference", introduction + contents + sections)

  private static let introduction = """
    <h1>Souk API</h1>
    <p>Everything lives under <code>\(Contract.basePath)</code> and speaks JSON.
    The same description for programs: <a href="\(Contract.basePath)/openapi.json">openapi.json</a>.
    Errors: <a href="/docs/problems">problems</a>.</p>
    <pre>curl -s '\(Contract.basePath)/products?q=silver+ring&amp;limit=3'</pre>
    """

  private static let contents: String = {
    let lines = Contract.endpoints.map { endpoint in
      "<li><a href=\"#\(endpoint.name)\">\(HTML.escape(endpoint.summary))</a></li>"
    }
    return "<nav><ul>\(lines.joined())</ul></nav>"
  }()

  private static let sections: String = {
    var text = ""
    var tag = ""
    for endpoint in Contract.endpoints {
      let own = endpoint.name.split(separator: ".").first.map(String.init) ?? ""
      if own != tag { text += "<h2>\(HTML.escape(own))</h2>" }
      tag = own
      text += section(endpoint)
    }
    return text
  }()

  private static func section(_ endpoint: AnyEndpoint) -> String {
    """
    <section id="\(endpoint.name)">
    <h3><span class="method">\(endpoint.method.rawValue)</span> <code>\(HTML.escape(endpoint.path.description))</code></h3>
    <p>\(HTML.escape(endpoint.summary)). <span class="soft">\(access(endpoint.access))\(behaviour(endpoint.traits))</span></p>
    \(fields(endpoint))\(example(endpoint))
    </section>
    """
  }

  private static func access(_ access: Access) -> String {
    switch access {
    case .anyone: "For anyone."
    case .guest: "For guests, by their pass."
    case .signedIn: "For the signed in."
    case .key: "For API keys, whatever their scopes."
    case .session: "For the signed in, even before the second factor."
    case .member(let role): "For members of the shop\(role == .owner ? ", owners only" : "")."
    case .admin(let scope): "For administrators of \(scope.rawValue)."
    }
  }

  private static func behaviour(_ traits: Traits) -> String {
    var text = traits.sensitivity == .sensitive ? " Wants a second factor proven in the last five minutes." : ""
    if traits.requiresMatch { text += " Wants If-Match." }
    if traits.idempotency != .none { text += " Takes an Idempotency-Key." }
    if let scope = traits.keys { text += " API keys need the scope <code>\(scope.rawValue)</code>." }
    return text
  }

  private static func fields(_ endpoint: AnyEndpoint) -> String {
    var probe = SchemaProbe()
    guard case .reference(let name) = endpoint.probe(&probe).input, let object = probe.objects[name],
      !object.properties.isEmpty
    else { return "" }
    let rows = object.properties.map { property in
      let place =
        endpoint.path.placeNames.contains(property.name) ? "path" : endpoint.method.takesQuery ? "query" : "body"
      return """
        <tr><td><code>\(snakeCase(property.name))</code></td><td>\(place)\(property.isRequired ? "" : ", optional")</td>
        <td>\(HTML.escape(property.schema.words))</td></tr>
        """
    }
    return "<table><tr><th>Field</th><th>In</th><th>What</th></tr>\(rows.joined())</table>"
  }

  private static func example(_ endpoint: AnyEndpoint) -> String {
    guard endpoint.traits.status != 204, endpoint.answersJSON else { return "" }
    let answer = OperationText.example(endpoint.exampleOutput)
    guard let bytes = try? JSONEncoder().encode(answer) else { return "" }
    return
      "<details><summary>Example answer</summary><pre>\(HTML.escape(String(decoding: bytes, as: UTF8.self)))</pre></details>"
  }
}

extension Schema {
  /// The schema in a few words.
  fileprivate var words: String {
    switch self {
    case .string(let text):
      if let choices = text.choices {
        return choices.count > 12 ? "one of \(choices.count) codes" : choices.joined(separator: " | ")
      }
      if let length = text.length { return "text of \(length.lowerBound) to \(length.upperBound) characters" }
      return text.format ?? text.pattern.map { "text like \($0)" } ?? "text"
    case .integer(let range):
      return range.map { "whole number from \($0.lowerBound) to \($0.upperBound)" } ?? "whole number"
    case .number: return "number"
    case .boolean: return "true or false"
    case .array(let element, let count):
      return "list of \(count.map { "\($0.lowerBound) to \($0.upperBound) " } ?? "")\(element.words)"
    case .object(let object): return object.name
    case .map(let value): return "map of \(value.words)"
    case .nullable(let inner): return inner.words
    case .reference(let name): return name
    case .anything: return "anything"
    }
  }
}
