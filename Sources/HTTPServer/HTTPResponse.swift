// SPDX-License-Identifier: GPL-3.0-or-later

/// An answer. The server adds Date, Content-Length or chunks, and, where it helps, compression and ranges.
public struct HTTPResponse: Sendable {
  public var status: Int
  public var headers: HTTPHeaders
  public var body: Body
  /// Whether the body may be compressed for clients that accept it. Turn off where secrets meet chosen text.
  public var mayCompress = true

  public enum Body: Sendable {
    case empty
    case bytes([UInt8])
    /// A file, sent by the kernel; ranges are answered.
    case file(path: String)
    case stream(HTTPStream)
  }

  public init(status: Int = 200, headers: HTTPHeaders = HTTPHeaders(), body: Body = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public init(status: Int = 200, contentType: String, _ bytes: [UInt8]) {
    self.status = status
    headers = ["Content-Type": contentType]
    body = .bytes(bytes)
  }

  /// A refusal as RFC 9457 describes it. `code` is a stable word for programs.
  public static func problem(_ status: Int, code: String, title: String) -> HTTPResponse {
    let text = #"{"type":"about:blank","status":\#(status),"code":"\#(escaped(code))","title":"\#(escaped(title))"}"#
    return HTTPResponse(status: status, contentType: "application/problem+json", Array(text.utf8))
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
