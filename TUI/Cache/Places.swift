// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Where the client keeps its files, as the XDG base directories say.
struct Places: Sendable, Equatable {
  var cacheDirectory: String
  var stateDirectory: String
  var configDirectory: String

  /// From the environment; relative paths in it count as unset, as the specification asks.
  init(environment: (String) -> String?) {
    func directory(_ name: String, _ fallback: String) -> String {
      if let given = environment(name), given.hasPrefix("/") { return given + "/souk" }
      return (environment("HOME") ?? "/tmp") + fallback + "/souk"
    }
    cacheDirectory = directory("XDG_CACHE_HOME", "/.cache")
    stateDirectory = directory("XDG_STATE_HOME", "/.local/state")
    configDirectory = directory("XDG_CONFIG_HOME", "/.config")
  }

  var configFile: String { "\(configDirectory)/souk.conf" }

  static var current: Places { Places(environment: Environment.value) }

  /// A server's name as a file name: what is no letter or digit becomes a hyphen, and a sum keeps names apart.
  static func fileName(_ server: String, account: String) -> String {
    let whole = server + " " + account
    // FNV-1a, 64 bits.
    let sum = whole.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let plain = server.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return String(plain.prefix(40)) + "-" + String(sum, radix: 36)
  }

  func cacheFile(server: String, account: String) -> String {
    "\(cacheDirectory)/\(Places.fileName(server, account: account)).cache"
  }

  func outboxFile(server: String, account: String) -> String {
    "\(stateDirectory)/\(Places.fileName(server, account: account)).outbox"
  }

  func shelfFile(server: String, account: String) -> String {
    "\(stateDirectory)/\(Places.fileName(server, account: account)).shelf"
  }

  func sessionFile(server: String) -> String { "\(stateDirectory)/\(Places.fileName(server, account: "")).session" }

  /// Makes a directory and its parents, for the owner only.
  static func makeDirectory(_ path: String) {
    var made = ""
    for part in path.split(separator: "/") {
      made += "/" + part
      unsafe mkdir(made, 0o700)
    }
  }
}

/// The environment of the process.
enum Environment {
  static func value(_ name: String) -> String? {
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }

  static func isSet(_ name: String) -> Bool { value(name).map { !$0.isEmpty } ?? false }
}
