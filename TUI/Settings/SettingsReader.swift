// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// Reads a file of settings: `name = value` on each line, `#` before remarks, `key.NAME = KEYS` for keys.
enum SettingsReader {
  /// The settings of a text on top of those that hold without it, and every line that is wrong. A wrong line changes
  /// nothing.
  static func read(_ text: String, path: String, _ standard: Settings = Settings()) -> (Settings, [SettingsFault]) {
    var settings = standard
    var faults: [(line: Int, complaint: String)] = []
    var lines: [String: Int] = [:]
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let content = trimmed(line)
      if content.isEmpty || content.hasPrefix("#") { continue }
      guard let equals = content.firstIndex(of: "=") else {
        faults.append((index + 1, "write name = value"))
        continue
      }
      let name = String(trimmed(content[..<equals]))
      let value = String(trimmed(content[content.index(after: equals)...]))
      let complaint: String?
      if name.hasPrefix("key.") {
        lines[String(name.dropFirst(4))] = index + 1
        complaint = bind(String(name.dropFirst(4)), value, &settings)
      } else if let setting = Setting.all.first(where: { $0.name == name }) {
        complaint = setting.apply(value, &settings)
      } else {
        let guess = ArgumentParser.nearest(name, among: Setting.all.map(\.name)).map { "; did you mean \($0)?" } ?? ""
        complaint = "there is no setting \(name)\(guess)"
      }
      if let complaint { faults.append((index + 1, complaint)) }
    }
    for conflict in KeyCatalog.conflicts(settings.keys) {
      faults.append((lines[conflict.action] ?? 0, conflict.description))
    }
    let told = faults.sorted { $0.line < $1.line }
    return (settings, told.map { SettingsFault(place: "\(path):\($0.line)", complaint: $0.complaint) })
  }

  /// Gives an action its keys, none when there are none; says what is wrong with them.
  private static func bind(_ action: String, _ value: String, _ settings: inout Settings) -> String? {
    guard KeyCatalog.names.contains(action) else {
      let guess = ArgumentParser.nearest(action, among: KeyCatalog.names).map { "; did you mean \($0)?" } ?? ""
      return "there is no action \(action)\(guess) (souk config keys lists them)"
    }
    var keys: [Key] = []
    for word in value.split(separator: " ") {
      guard let key = Key(spelling: String(word)) else { return "\(word) is no key that a terminal can send" }
      keys.append(key)
    }
    settings.keys[action] = keys
    return nil
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let head = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let last = head.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return "" }
    return head[...last]
  }
}
