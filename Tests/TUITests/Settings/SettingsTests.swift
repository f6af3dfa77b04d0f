// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal
import Testing

@testable import souk

@Suite struct SettingsTests {
  private func read(_ text: String) -> (settings: Settings, faults: [String]) {
    let (settings, faults) = SettingsReader.read(text, path: "f")
    return (settings, faults.map(\.description))
  }

  @Test func `every setting is read, remarks and blanks are not`() {
    let (settings, faults) = read(
      """
      # how I like it
      server = https://souk.example/
      theme=high-contrast
        images = symbols
      motion = off

      mouse = off
      plain = on
      colours = 16
      glyphs = ascii
      key.refresh = f5 ctrl-r
      key.publish =
      """)
    #expect(faults.isEmpty)
    #expect(
      settings
        == Settings(
          server: "https://souk.example", theme: "high-contrast", images: .symbols, isStill: true, usesMouse: false,
          isPlain: true, colours: .sixteen, isASCII: true,
          keys: ["refresh": [Key(.function(5)), .control("r")], "publish": []]))
  }

  @Test func `what a file says of each setting is what is shown of it`() {
    let text = Setting.all.map { "\($0.name) = \($0.show(Settings()))" }.joined(separator: "\n")
    let (settings, faults) = read(text)
    #expect(faults.isEmpty)
    #expect(settings == Settings())
  }

  @Test(arguments: [
    ("nonsense", "f:1: write name = value"),
    ("themes = dark", "f:1: there is no setting themes; did you mean theme?"),
    ("theme = pink", "f:1: use terminal, light, dark, high-contrast or colour-blind"),
    ("motion = no", "f:1: use on or off"),
    ("server = souk.example", "f:1: an address begins with http:// or https://"),
    ("\nkey.opn = x", "f:2: there is no action opn; did you mean open? (souk config keys lists them)"),
    ("key.open = ctrl-i", "f:1: ctrl-i is no key that a terminal can send"),
    ("key.create = e", "f:1: e for create takes the key of edit in Products"),
    ("key.create = n\nkey.edit = n", "f:1: n is for create and for edit in Products"),
    ("key.down = [", "f:1: [ for down takes the key of previous-section in Browse"),
    ("key.leave = x", "f:1: x is typed as text in a cell of Products"),
  ])
  func `a wrong line is told with its place and changes nothing else`(text: String, complaint: String) {
    let (settings, faults) = read(text + "\ntheme = dark")
    #expect(faults.first == complaint)
    #expect(settings.theme == "dark")
  }

  @Test func `flags win over the environment, and that over the file`() throws {
    let directory = ScratchDirectory()
    let path = directory.path + "/souk.conf"
    try PrivateFile.write(path, Array("server = http://file\ntheme = dark\nimages = auto".utf8))
    func values(_ flags: Invocation, _ environment: [String: String] = [:]) throws -> Settings {
      var flags = flags
      flags.values["config"] = path
      let places = Places { _ in directory.path }
      return try #require(SettingsFile(flags, places: places) { environment[$0] }).values
    }
    #expect(try values(Invocation()).server == "http://file")
    let environment = ["SOUK_SERVER": "http://environment", "ACCESSIBLE": "1"]
    #expect(try values(Invocation(), environment).server == "http://environment")
    #expect(try values(Invocation(), environment).isPlain)
    let flags = Invocation(values: ["server": "http://flag", "theme": "light"], switches: ["no-images", "no-motion"])
    let all = try values(flags, environment)
    #expect((all.server, all.theme, all.images, all.isStill) == ("http://flag", "light", .off, true))
    let gone = Invocation(values: ["config": directory.path + "/gone"])
    #expect(SettingsFile(gone, places: Places { _ in nil }) { _ in nil } == nil)
  }
}
