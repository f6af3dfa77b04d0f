// SPDX-License-Identifier: GPL-3.0-or-later
internal import CPostgres

/// Where a connection leads and as whom, for messages: whatever is secret in a `ConnectionInfo` is not in here.
public struct ConnectionPlace: Sendable, Equatable, CustomStringConvertible {
  /// A name, an address, or the directory of a socket; nil for libpq's own socket.
  public var host: String?
  public var port: String?
  public var database: String?
  public var user: String?

  public init(host: String? = nil, port: String? = nil, database: String? = nil, user: String? = nil) {
    self.host = host
    self.port = port
    self.database = database
    self.user = user
  }

  public var description: String {
    var parts: [String] = []
    switch host {
    case nil: parts.append("the local socket")
    case let host? where host.hasPrefix("/"): parts.append("socket \(host)/.s.PGSQL.\(port ?? "5432")")
    case let host?: parts.append("host \(host), port \(port ?? "5432")")
    }
    if let database { parts.append("database \(database)") }
    if let user { parts.append("user \(user)") }
    return parts.joined(separator: ", ")
  }
}

extension ConnectionInfo {
  /// Nil when libpq cannot read the URL or the keywords. Its own complaint is not passed on: it quotes them whole.
  public var place: ConnectionPlace? {
    var place = ConnectionPlace()
    for (index, keyword) in keywords.enumerated() {
      // Only the first dbname may be a whole URL.
      let isWhole = index == 0 && keyword.name == "dbname" && keyword.value.isConnectionString
      if isWhole {
        guard place.read(keyword.value) else { return nil }
      } else {
        place.note(keyword.name, keyword.value)
      }
    }
    return place
  }
}

extension ConnectionPlace {
  fileprivate mutating func note(_ name: String, _ value: String) {
    switch name {
    case "host": host = host ?? value
    case "hostaddr": host = value
    case "port": port = value
    case "dbname": database = value
    case "user": user = value
    default: break
    }
  }

  /// Takes over what a URL or a string of keywords says; false when it is neither.
  fileprivate mutating func read(_ text: String) -> Bool {
    guard let options = unsafe PQconninfoParse(text, nil) else { return false }
    defer { unsafe PQconninfoFree(options) }
    var option = unsafe options
    while let name = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val, unsafe value.pointee != 0 {
        unsafe note(String(cString: name), String(cString: value))
      }
      unsafe option += 1
    }
    return true
  }
}

extension String {
  /// As libpq tells them from the plain name of a database (manual, section 34.1.1).
  fileprivate var isConnectionString: Bool {
    hasPrefix("postgresql://") || hasPrefix("postgres://") || utf8.contains(UInt8(ascii: "="))
  }
}
