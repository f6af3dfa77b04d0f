// SPDX-License-Identifier: GPL-3.0-or-later

/// A request method: any token; the usual ones have names.
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init(stringLiteral value: String) { rawValue = value }

  public static let get: HTTPMethod = "GET"
  public static let head: HTTPMethod = "HEAD"
  public static let post: HTTPMethod = "POST"
  public static let put: HTTPMethod = "PUT"
  public static let patch: HTTPMethod = "PATCH"
  public static let delete: HTTPMethod = "DELETE"
  public static let options: HTTPMethod = "OPTIONS"
}

/// What is known of a request before its body.
public struct HTTPRequestHead: Sendable {
  /// The method to answer. A HEAD request says GET here: the server sends the same headers and leaves the body out.
  public var method: HTTPMethod
  /// Whether the client asked with HEAD.
  public var isHead: Bool
  /// The path as it was sent, still percent-encoded.
  public var path: String
  /// What follows the question mark, as it was sent.
  public var query: String?
  public var headers: HTTPHeaders
  /// The announced size of the body; nil when there is none or it comes in chunks.
  public var contentLength: Int?
  public var remoteAddress: String
  public var isTLS: Bool

  public init(
    method: HTTPMethod = .get, isHead: Bool = false, path: String, query: String? = nil,
    headers: HTTPHeaders = HTTPHeaders(), contentLength: Int? = nil, remoteAddress: String = "", isTLS: Bool = false
  ) {
    self.method = method
    self.isHead = isHead
    self.path = path
    self.query = query
    self.headers = headers
    self.contentLength = contentLength
    self.remoteAddress = remoteAddress
    self.isTLS = isTLS
  }
}

/// A whole request.
@dynamicMemberLookup
public struct HTTPRequest: Sendable {
  public var head: HTTPRequestHead
  public var body: Body

  public enum Body: Sendable {
    case empty
    case bytes([UInt8])
    case file(SpooledFile)
  }

  public init(head: HTTPRequestHead, body: Body = .empty) {
    self.head = head
    self.body = body
  }

  public subscript<Value>(dynamicMember path: WritableKeyPath<HTTPRequestHead, Value>) -> Value {
    get { head[keyPath: path] }
    set { head[keyPath: path] = newValue }
  }
}

/// What happens to the body of a request, decided from its head.
public enum BodyPolicy: Sendable {
  /// Answer now and close; the body is not read.
  case refuse(HTTPResponse)
  /// The request may have no body.
  case none
  /// Keep up to so many bytes in memory.
  case buffer(bytesMax: Int)
  /// Write up to so many bytes to a new file in the directory.
  case spool(directory: String, bytesMax: Int)

  var bytesMax: Int {
    switch self {
    case .refuse, .none: 0
    case .buffer(let bytesMax): bytesMax
    case .spool(_, let bytesMax): bytesMax
    }
  }
}
