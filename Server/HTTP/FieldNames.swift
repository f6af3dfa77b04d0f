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
}
