// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// One setting: `theme = dark` in the file.
struct Setting: Sendable {
  var name: String
  var help: String
  /// Returns what is wrong with the value, if anything is.
  var apply: @Sendable (String, inout Settings) -> String?
  var show: @Sendable (Settings) -> String

  static let all: [Setting] = [
    Setting(
      name: "server", help: "the server to talk to",
      apply: { text, settings in
        guard let address = Souk.serverAddress(text) else { return "an address begins with http:// or https://" }
        settings.server = address
        return nil
      }, show: { $0.server }),
    choice("theme", "the colours of the full screen", Theme.all.map(\.name), { $0 }, \.theme) { $0 },
    choice(
      "images", "pixels where the terminal can draw them, symbols, or none", Settings.Images.allCases.map(\.rawValue),
      Settings.Images.init(rawValue:), \.images
    ) { $0.rawValue },
    flag("motion", "whether anything turns by itself", \.isStill, on: false),
    flag("mouse", "whether clicks and the wheel are taken", \.usesMouse),
    flag("plain", "lines in place of the full screen", \.isPlain),
    choice(
      "colours", "how many at most", ["auto", "none", "8", "16", "256"],
      { text in depths.first { $0.0 == text }.map(\.1) }, \.colours
    ) { colours in depths.first { $0.1 == colours }?.0 ?? "auto" },
    choice("glyphs", "the signs that boxes and marks are made of", ["unicode", "ascii"], { $0 == "ascii" }, \.isASCII) {
      $0 ? "ascii" : "unicode"
    },
  ]

  private static let depths: [(String, ColourDepth?)] = [
    ("auto", nil), ("none", .mono), ("8", .eight), ("16", .sixteen), ("256", .indexed),
  ]

  private typealias Path<Value> = WritableKeyPath<Settings, Value> & Sendable

  private static func choice<Value>(
    _ name: String, _ help: String, _ words: [String], _ read: @escaping @Sendable (String) -> Value?,
    _ path: any Path<Value>, _ show: @escaping @Sendable (Value) -> String
  ) -> Setting {
    Setting(
      name: name, help: "\(help): \(words.joined(separator: ", "))",
      apply: { text, settings in
        guard words.contains(text), let value = read(text) else {
          return "use \(words.dropLast().joined(separator: ", ")) or \(words.last ?? "")"
        }
        settings[keyPath: path] = value
        return nil
      }, show: { show($0[keyPath: path]) })
  }

  /// `on` or `off`; `on` says what the value is when the file says "on".
  private static func flag(_ name: String, _ help: String, _ path: any Path<Bool>, on: Bool = true) -> Setting {
    choice(name, help, ["on", "off"], { ($0 == "on") == on }, path) { $0 == on ? "on" : "off" }
  }
}
