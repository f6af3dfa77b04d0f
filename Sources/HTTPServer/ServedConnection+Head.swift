// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD
import Glibc

extension ServedConnection {
  // MARK: The request line

  /// Keeps the target before the library takes it apart.
  func takeTarget(_ target: UnsafePointer<CChar>) {
    isRequestWhole = false
    if phase == .idle { enter(.head) }
    movesInPieces = true
    let length = unsafe strlen(target)
    unsafe target.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
      var whole = unsafe UnsafeBufferPointer(start: bytes, count: length)[...]
      isTargetMalformed = unsafe !whole.allSatisfy { $0 > 0x20 && $0 < 0x7f }
      // The absolute form (RFC 9112, section 3.2.2) names the host once more.
      if unsafe whole.first != UInt8(ascii: "/") { unsafe whole = ServedConnection.withoutAuthority(whole) }
      let mark = unsafe whole.firstIndex(of: UInt8(ascii: "?"))
      unsafe path = String(decoding: whole[..<(mark ?? whole.endIndex)], as: UTF8.self)
      query = mark.map { unsafe String(decoding: whole[($0 + 1)...], as: UTF8.self) }
    }
  }

  private static func withoutAuthority(
    _ target: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Slice<UnsafeBufferPointer<UInt8>> {
    for scheme in ["http://", "https://"] where unsafe target.starts(with: scheme.utf8) {
      let rest = unsafe target.dropFirst(scheme.utf8.count)
      return unsafe rest.drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    }
    return unsafe target
  }

  // MARK: The head

  /// The head has arrived. Returns whether the connection may go on.
  func takeHead(method: UnsafePointer<CChar>, version: UnsafePointer<CChar>) -> Bool {
    enter(.body)
    server.counters.requests.add()
    server.counters.requestsRunning.add()
    isCounted = true
    var problem: HTTPResponse?
    let (headers, framing) = readHeaders(&problem)
    let isHead = unsafe strcmp(method, "HEAD") == 0
    let name: HTTPMethod
    if unsafe isHead || strcmp(method, "GET") == 0 {
      name = .get
    } else {
      name = HTTPMethod(rawValue: unsafe String(cString: method))
      if !HTTPHeaders.isToken(name.rawValue) || name.rawValue.utf8.count > 32 {
        problem = .problem(400, code: "bad_method", title: "The method is not a token")
      }
    }
    let isPathFine = path.utf8.first == UInt8(ascii: "/") || (path == "*" && name == .options)
    if problem == nil, isTargetMalformed || !isPathFine {
      problem = .problem(400, code: "bad_target", title: "The request target is malformed")
    }
    let isCurrent = unsafe strcmp(version, "HTTP/1.1") == 0
    wantsEnd = framing.wantsEnd || !isCurrent
    if problem == nil, framing.hosts != 1, framing.hosts > 1 || isCurrent {
      problem = .problem(400, code: "bad_host", title: "The request needs one Host header")
    }
    problem = problem ?? framing.problem
    if let problem { return refuse(problem) }
    let head = HTTPRequestHead(
      method: name, isHead: isHead, path: path, query: query, headers: headers,
      contentLength: framing.contentLength, remoteAddress: remoteAddress, isTLS: configuration.keyPEM != nil)
    self.head = head
    if framing.isChunked || (framing.contentLength ?? 0) > 0 { return beginUpload(head) }
    return true
  }

  private func readHeaders(_ problem: inout HTTPResponse?) -> (HTTPHeaders, Framing) {
    var list = unsafe cmhd_headers()
    unsafe list.bytes = server.scratch
    unsafe list.capacity = configuration.headerBytesMax
    unsafe list.entries = server.scratchEntries
    unsafe list.entries_max = Int32(configuration.headersMax)
    unsafe cmhd_copy_headers(handle, &list)
    switch Int(unsafe list.problem) {
    case CMHD_HEADERS_OK: break
    case CMHD_HEADERS_MALFORMED:
      problem = .problem(400, code: "bad_header", title: "A header field is malformed")
    default:
      problem = .headersTooLarge
    }
    let bytes = unsafe list.bytes.withMemoryRebound(to: UInt8.self, capacity: list.length) { start in
      unsafe Array(UnsafeBufferPointer(start: start, count: list.length))
    }
    let entries = unsafe (0..<Int(list.count)).map { index in
      let entry = unsafe list.entries[index]
      return HTTPHeaders.Entry(
        name: Int(entry.name), nameLength: Int(entry.name_length), value: Int(entry.value),
        valueLength: Int(entry.value_length))
    }
    var headers = HTTPHeaders(bytes: bytes, entries: entries)
    asksForGzipTag = false
    if configuration.compressionLevel > 0, let tags = headers["If-None-Match"], tags.contains("-gzip\"") {
      asksForGzipTag = true
      headers["If-None-Match"] = Gzip.withoutSuffixes(tags)
    }
    return (headers, Framing(headers))
  }
}
