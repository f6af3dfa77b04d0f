// SPDX-License-Identifier: GPL-3.0-or-later

/// How a request says where its body ends (RFC 9112, section 6), strictly: what two readers could understand
/// differently is refused.
struct Framing {
  var contentLength: Int?
  var isChunked = false
  var hosts = 0
  /// The client ends the connection with this request (section 9.6).
  var wantsEnd = false
  var problem: HTTPResponse?

  init(_ headers: HTTPHeaders) {
    var lengths: [String] = []
    var encodings: [String] = []
    for entry in headers.entries {
      switch entry.nameLength {
      case 4 where headers.matches(entry, "Host"): hosts += 1
      case 14 where headers.matches(entry, "Content-Length"): lengths.append(headers.value(of: entry))
      case 10 where headers.matches(entry, "Connection"):
        let options = headers.value(of: entry).lowercased().split { $0 == "," || $0 == " " || $0 == "\t" }
        wantsEnd = wantsEnd || options.contains("close")
      case 17 where headers.matches(entry, "Transfer-Encoding"): encodings.append(headers.value(of: entry))
      case 6 where headers.matches(entry, "Expect"):
        if headers.value(of: entry).lowercased() != "100-continue" {
          problem = .problem(417, code: "bad_expectation", title: "Only 100-continue can be expected")
        }
      default: break
      }
    }
    if !encodings.isEmpty {
      isChunked = true
      if encodings.count > 1 || encodings[0].lowercased() != "chunked" {
        problem = .problem(501, code: "bad_encoding", title: "Only the chunked transfer encoding is known")
      } else if !lengths.isEmpty {
        problem = .problem(400, code: "bad_framing", title: "A body has a length or chunks, not both")
      }
    }
    guard let length = lengths.first else { return }
    contentLength = Int(length)
    if lengths.count > 1 || contentLength == nil || !length.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
      problem = .problem(400, code: "bad_length", title: "The Content-Length is malformed")
    }
  }
}
