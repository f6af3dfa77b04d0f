// SPDX-License-Identifier: GPL-3.0-or-later

/// The settings that hold for this run, and where they came from.
struct SettingsFile: Sendable {
  var path: String
  var isThere: Bool
  var values: Settings
  var faults: [SettingsFault]

  /// Reads the file that is named, or the one in its usual place, and lets the environment and the flags have their say.
  /// Nil when a file that was named is not there.
  init?(_ invocation: Invocation, places: Places, environment: (String) -> String?) {
    let named = invocation.values["config"] ?? environment("SOUK_CONFIG").flatMap { $0.isEmpty ? nil : $0 }
    path = named ?? places.configFile
    let bytes = PrivateFile.read(path)
    if named != nil, bytes == nil { return nil }
    isThere = bytes != nil
    (values, faults) = SettingsReader.read(String(decoding: bytes ?? [], as: UTF8.self), path: path)
    overrule(invocation, environment)
  }

  private mutating func overrule(_ invocation: Invocation, _ environment: (String) -> String?) {
    if let server = environment("SOUK_SERVER"), !server.isEmpty { values.server = server }
    if let server = invocation.values["server"] { values.server = server }
    if let theme = invocation.values["theme"] { values.theme = theme }
    if invocation.isOn("no-images") { values.images = .off }
    if invocation.isOn("no-motion") { values.isStill = true }
    // ACCESSIBLE is what several programs look for (huh, gum); who needs lines sets it once.
    if let wish = environment("ACCESSIBLE"), !wish.isEmpty { values.isPlain = true }
    if invocation.isOn("plain") { values.isPlain = true }
  }
}
