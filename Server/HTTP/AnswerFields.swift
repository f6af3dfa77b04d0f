// SPDX-License-Identifier: GPL-3.0-or-later
import Market

/// The members that the `fields` parameter of an endpoint may name, dotted: those of its answer, or of the items of
/// a page. They come from the answer's type, so a member that one answer happens to lack is known too.
struct AnswerFields: Sendable, Equatable {
  let names: [String]

  init(_ answer: Schema, _ objects: [String: Schema.Object]) {
    var shown = answer
    if case .reference(let name) = answer,
      let items = objects[name]?.properties.first(where: { $0.name == "items" }),
      case .array(let item, _) = items.schema
    {
      shown = item
    }
    names = AnswerFields.members(of: shown, objects, levels: 3)
  }

  init(of endpoint: AnyEndpoint) {
    var probe = SchemaProbe()
    let answer = endpoint.probe(&probe).output
    self.init(answer, probe.objects)
  }

  static let countMax = 50

  /// What a list of them looks like.
  var pattern: String {
    let name = names.map { $0.split(separator: ".").joined(separator: #"\."#) }.joined(separator: "|")
    return "^(\(name))(,(\(name))){0,\(AnswerFields.countMax - 1)}$"
  }

  /// Reads dotted names joined by commas.
  func read(_ list: String) throws(InputFault) -> [String] {
    let fields = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard fields.count <= AnswerFields.countMax, !fields.contains("") else {
      throw .invalid([
        FieldError("/fields", "wrong_format", "Use field names joined by commas, such as id,title,price.amount.")
      ])
    }
    if let unknown = fields.first(where: { !names.contains($0) }) {
      let known = names.joined(separator: ", ")
      throw .invalid([
        FieldError("/fields", "unknown_field", "There is no field \(unknown.prefix(60)). There are: \(known).")
      ])
    }
    return fields
  }

  private static func members(of schema: Schema, _ objects: [String: Schema.Object], levels: Int) -> [String] {
    switch schema {
    case .nullable(let inner), .array(let inner, _): members(of: inner, objects, levels: levels)
    case .reference(let name):
      objects[name].map { members(of: .object($0), objects, levels: levels) } ?? []
    case .object(let object):
      levels == 0
        ? []
        : object.properties.flatMap { property in
          let name = snakeCase(property.name)
          return [name] + members(of: property.schema, objects, levels: levels - 1).map { "\(name).\($0)" }
        }
    case .string, .integer, .number, .boolean, .map, .anything: []
    }
  }
}
