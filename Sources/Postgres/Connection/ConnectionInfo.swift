// SPDX-License-Identifier: GPL-3.0-or-later

/// Where PostgreSQL is and as whom to connect.
public struct ConnectionInfo: Sendable, ExpressibleByStringLiteral {
  /// Keywords and values of libpq; later ones win. `dbname` may be a whole URL.
  private(set) var keywords: [(name: String, value: String)] = []

  /// A URL (`postgresql://user@host/database`) or a string of keywords and values, as libpq reads them.
  public init(url: String) { keywords = [("dbname", url)] }

  public init(stringLiteral url: String) { self.init(url: url) }

  public init(socketDirectory: String, port: Int = 5432, user: String, database: String) {
    keywords = [("host", socketDirectory), ("port", String(port)), ("user", user), ("dbname", database)]
  }

  /// The same server and user, another database.
  public func with(database: String) -> ConnectionInfo {
    var info = self
    // libpq expands only the first dbname; a second one is a plain name.
    info.keywords.append(("dbname", database))
    return info
  }

  /// Whether connecting asks no name server, so that it cannot block.
  var isLocal: Bool { keywords.contains { $0.name == "host" && $0.value.hasPrefix("/") } }
}
