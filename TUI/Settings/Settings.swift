// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

// The map of the settings:
//   Settings        what may be set, with what holds when it is not
//   Setting         each by its name in the file: how it is read, shown and explained
//   SettingsReader  the text of a file -> Settings, and every line that is wrong (pure)
//   KeyCatalog      the key tables of every place, and whether a person's own keys get into each other's way
//   `souk config`   shows, checks and lists; flags and environment win over the file

/// What a person may set about `souk`.
struct Settings: Sendable, Equatable {
  /// How pictures are shown.
  enum Images: String, Sendable, CaseIterable {
    /// Pixels where the terminal can, else block symbols.
    case auto
    case symbols, off
  }

  var server = "http://127.0.0.1:8080"
  var theme = Theme.terminal.name
  var images = Images.auto
  /// Nothing turns or moves by itself.
  var isStill = false
  var usesMouse = true
  /// Lines in place of the full screen.
  var isPlain = false
  /// At most so many colours; nil: as many as the terminal has.
  var colours: ColourDepth?
  var isASCII = false
  /// A person's own keys by the names of actions.
  var keys: [String: [Key]] = [:]

  /// What the screen is told.
  var screenOptions: ScreenOptions {
    var options = ScreenOptions()
    if let colours { options.colours = .atMost(colours) }
    if isASCII { options.glyphs = .ascii }
    options.drawsPixels = images == .auto
    return options
  }
}

/// What is wrong in a file of settings, and where.
struct SettingsFault: Sendable, Equatable, CustomStringConvertible {
  var place: String
  var complaint: String
  var description: String { "\(place): \(complaint)" }
}
