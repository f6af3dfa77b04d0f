// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer
import Market

/// What every answer needs to know of its request, whatever becomes of it.
struct RequestHead: Sendable {
  var requestID: String
  var language: Language
  var address: String

  init(_ request: HTTPRequest, trustedProxies: Int) {
    requestID = RequestHead.acceptable(request.headers["X-Request-Id"]) ?? RandomID.make()
    language = Language.preferred(by: request.headers["Accept-Language"])
    address = RequestHead.client(request, trustedProxies)
  }

  /// A caller's own id, when it is short and plain enough for logs and headers.
  private static func acceptable(_ id: String?) -> String? {
    guard let id, (1...64).contains(id.utf8.count) else { return nil }
    let isPlain = id.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
    return isPlain ? id : nil
  }

  /// The address that the outermost trusted proxy saw.
  private static func client(_ request: HTTPRequest, _ trustedProxies: Int) -> String {
    guard trustedProxies > 0 else { return request.remoteAddress }
    let hops = request.headers.values(for: "X-Forwarded-For").flatMap { $0.split(separator: ",") }
    let index = hops.count - trustedProxies
    return index >= 0 && index < hops.count ? String(hops[index].trimmingBlanks) : request.remoteAddress
  }
}
