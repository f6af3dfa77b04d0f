// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Terminal

extension CommandRunner {
  /// The settings as they hold now, in the words of the file.
  func showConfig() throws {
    let values = Setting.all.map { ($0.name, $0.show(settings.values)) }
    let keys = settings.values.keys.sorted { $0.key < $1.key }
      .map { ("key.\($0.key)", $0.value.map(\.description).joined(separator: " ")) }
    if out.isJSON {
      let members = (values + keys).map { ($0.0, JSONValue.string($0.1)) }
      return out.bytes(try JSONEncoder().encode(JSONValue.object(members)))
    }
    out.line("# \(settings.path)\(settings.isThere ? "" : " (not there: these are the standard settings)")")
    for (name, value) in values + keys { out.line("\(name) = \(value)") }
  }

  /// Every line of the file that is wrong.
  func checkConfig() throws {
    if !settings.isThere { return out.line("\(settings.path) is not there, which is fine.") }
    for fault in settings.faults { out.line(fault.description) }
    if !settings.faults.isEmpty {
      throw CommandFailure.usage("\(Words.count(settings.faults.count, "fault", "faults")).")
    }
    out.line("\(settings.path) is fine.")
  }

  /// Every action of the full screen with its keys, as a file may name them.
  func listKeys() throws {
    var seen = Set<String>()
    var rows: [[String]] = []
    for place in KeyCatalog.places {
      for action in KeyTable.with(settings.values.keys, place.tables).flatMap(\.actions) where action.id != .move {
        guard seen.insert(action.name).inserted else { continue }
        let keys = action.keys.map(\.description).joined(separator: " ")
        let isEverywhere = place.tables.last?.actions.contains { $0.name == action.name } ?? false
        rows.append([
          action.name, keys, isEverywhere ? "everywhere" : action.group.isEmpty ? place.name : "lists", action.title,
        ])
      }
    }
    if out.isJSON {
      let items = rows.map { row in
        JSONValue.object([
          ("action", .string(row[0])), ("keys", .array(row[1].split(separator: " ").map { .string(String($0)) })),
          ("place", .string(row[2])), ("title", .string(row[3])),
        ])
      }
      return out.bytes(try JSONEncoder().encode(JSONValue.object([("items", .array(items))])))
    }
    out.table(
      TextTable([.init("ACTION"), .init("KEYS"), .init("WHERE"), .init("WHAT", isFlexible: true)], rows: rows))
  }
}
