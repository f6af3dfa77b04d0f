// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Synchronization

/// The wire names of a type's fields, probed once per type.
enum FieldNames {
  private static let known = Mutex<[ObjectIdentifier: Set<String>]>([:])

  static func of<Value: Decodable>(_ type: Value.Type) -> Set<String> {
    let key = ObjectIdentifier(type)
    if let names = known.withLock({ $0[key] }) { return names }
    var probe = SchemaProbe()
    var names: Set<String> = []
    if case .reference(let name) = probe.schema(of: type), let object = probe.objects[name] {
      names = Set(object.properties.map { snakeCase($0.name) })
    }
    known.withLock { $0[key] = names }
    return names
  }

  /// The dotted names of everything that an answer may hold; of a page, what its items may hold.
  static func ofAnswer(_ endpoint: AnyEndpoint) -> Set<String> {
    guard endpoint.answersJSON else { return [] }
    var probe = SchemaProbe()
    let (_, output) = endpoint.probe(&probe)
    guard case .reference(let name) = output, let object = probe.objects[name] else { return [] }
    let items = object.properties.first { $0.name == "items" }?.schema
    return Set(names(in: items ?? output, probe.objects, levels: 4))
  }

  private static func names(in schema: Schema, _ objects: [String: Schema.Object], levels: Int) -> [String] {
    switch schema {
    case .array(let inner, _), .nullable(let inner): return names(in: inner, objects, levels: levels)
    case .reference(let name):
      guard levels > 0, let object = objects[name] else { return [] }
      return object.properties.flatMap { property in
        let own = snakeCase(property.name)
        return [own] + names(in: property.schema, objects, levels: levels - 1).map { own + "." + $0 }
      }
    default: return []
    }
  }
}
