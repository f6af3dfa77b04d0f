// SPDX-License-Identifier: GPL-3.0-or-later

/// Where settings come from, strongest first: flags, environment, one file, defaults.
struct ConfigurationSources: Sendable {
  var flags: [(name: String, value: String)] = []
  var environment: [String: String] = [:]
  /// PostgreSQL runs as another user when we are root, and that user cannot reach into root's home.
  var isRoot = false
  /// Where a data directory that is no absolute path begins.
  var workingDirectory = "/"
  var file: (path: String, text: String)?
}

/// What is wrong with the configuration, and where.
struct ConfigurationFault: Error, Equatable, CustomStringConvertible {
  var place: String
  var complaint: String
  var description: String { "\(place): \(complaint)" }
}

extension Configuration {
  /// Decides the configuration; every fault at once when there are any.
  static func read(_ sources: ConfigurationSources) -> Result<Configuration, ConfigurationFaults> {
    var configuration = Configuration(dataDirectory: defaultDataDirectory(sources))
    var faults: [ConfigurationFault] = []
    func apply(_ setting: Setting, _ value: String, at place: String) {
      do throws(SettingFault) { try setting.apply(value, &configuration) } catch {
        faults.append(ConfigurationFault(place: place, complaint: error.complaint))
      }
    }
    for line in fileLines(sources.file, &faults) {
      if let setting = Setting.all.first(where: { $0.name == line.name }) {
        apply(setting, line.value, at: line.place)
      } else {
        faults.append(
          ConfigurationFault(place: line.place, complaint: "there is no setting \(line.name)\(nearest(line.name))"))
      }
    }
    for setting in Setting.all {
      if let value = sources.environment[setting.variable] { apply(setting, value, at: setting.variable) }
    }
    for (name, value) in sources.flags {
      guard let setting = Setting.all.first(where: { $0.flag == name }) else {
        faults.append(
          ConfigurationFault(place: name, complaint: "there is no such flag\(nearest(String(name.drop { $0 == "-" })))")
        )
        continue
      }
      if setting.isSecret {
        let complaint = "secrets are not taken from the command line; set \(setting.variable) or the file"
        faults.append(ConfigurationFault(place: name, complaint: complaint))
      } else {
        apply(setting, value, at: name)
      }
    }
    if configuration.dataDirectory.isEmpty {
      faults.append(ConfigurationFault(place: "data-directory", complaint: "set it, since there is no HOME"))
    } else if !configuration.dataDirectory.hasPrefix("/") {
      configuration.dataDirectory = sources.workingDirectory + "/" + configuration.dataDirectory
    }
    faults += configuration.contradictions
    return faults.isEmpty ? .success(configuration) : .failure(ConfigurationFaults(all: faults))
  }

  private var contradictions: [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if (tlsCertificate == nil) != (tlsKey == nil) {
      faults.append(ConfigurationFault(place: "tls-certificate, tls-key", complaint: "set both or neither"))
    }
    if port != 0 && port == adminPort && host == adminHost {
      faults.append(ConfigurationFault(place: "admin-port", complaint: "it is the same as port"))
    }
    if photoBucket.isIncomplete {
      let place = "photo-bucket, photo-bucket-key, photo-bucket-secret"
      faults.append(ConfigurationFault(place: place, complaint: "set all of them or none"))
    }
    for group in providers.incomplete {
      faults.append(ConfigurationFault(place: group, complaint: "set all of them or none"))
    }
    return faults
  }

  private static func defaultDataDirectory(_ sources: ConfigurationSources) -> String {
    if let data = sources.environment["XDG_DATA_HOME"], !data.isEmpty { return data + "/soukd" }
    if sources.isRoot { return "/var/lib/soukd" }
    guard let home = sources.environment["HOME"], !home.isEmpty else { return "" }
    return home + "/.local/share/soukd"
  }

  private static func fileLines(
    _ file: (path: String, text: String)?, _ faults: inout [ConfigurationFault]
  ) -> [(name: String, value: String, place: String)] {
    guard let file else { return [] }
    var lines: [(name: String, value: String, place: String)] = []
    for (number, line) in file.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let text = line.trimmingBlanks
      if text.isEmpty || text.hasPrefix("#") { continue }
      let place = "\(file.path):\(number + 1)"
      guard let equals = text.firstIndex(of: "=") else {
        faults.append(ConfigurationFault(place: place, complaint: "write name = value"))
        continue
      }
      let name = text[..<equals].trimmingBlanks
      lines.append((String(name), String(text[text.index(after: equals)...].trimmingBlanks), place))
    }
    return lines
  }

  /// A hint for a misspelt name.
  private static func nearest(_ name: String) -> String {
    let best = Setting.all.map { (distance($0.name, name), $0.name) }.min { $0 < $1 }
    guard let best, best.0 <= 3 else { return "" }
    return "; did you mean \(best.1)?"
  }

  /// Levenshtein's distance.
  private static func distance(_ a: String, _ b: String) -> Int {
    let b = Array(b.utf8)
    var row = Array(0...b.count)
    for (i, x) in a.utf8.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}

/// Every fault of a configuration.
struct ConfigurationFaults: Error, Equatable, CustomStringConvertible {
  var all: [ConfigurationFault]
  var description: String { all.map(\.description).joined(separator: "\n") }
}

extension Substring {
  var trimmingBlanks: Substring {
    let head = drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let last = head.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return "" }
    return head[...last]
  }
}
