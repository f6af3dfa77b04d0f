// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD
import EventLoop
import Glibc

/// A body on its way in.
struct Upload {
  var policy = BodyPolicy.none
  var bytes: [UInt8] = []
  var file: SpooledFile?
  /// Writes the file elsewhere than on the loop, when there is a pool for that.
  var writer: SpoolWriter?
  /// Since when the connection sleeps until the writer has caught up.
  var waitsSince: Duration?
  var receivedBytes = 0
  var failure: HTTPResponse?
  /// The refusal has been sent; what still arrives is dropped, and the connection ends with it.
  var isAnswered = false
}

extension ServedConnection {
  // MARK: The request line

  /// Keeps the target before the library takes it apart.
  func takeTarget(_ target: UnsafePointer<CChar>) {
    if phase == .idle { enter(.head) }
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
    if problem == nil, framing.hosts != 1, unsafe framing.hosts > 1 || strcmp(version, "HTTP/1.1") == 0 {
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
      problem = .problem(431, code: "headers_too_large", title: "The header fields are too many or too large")
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

  private func beginUpload(_ head: HTTPRequestHead) -> Bool {
    upload.policy = server.bodyPolicy(head)
    if case .refuse(let response) = upload.policy { return refuseUpload(response, head) }
    if let length = head.contentLength, length > upload.policy.bytesMax { return refuseUpload(.tooLarge, head) }
    switch upload.policy {
    case .none: return refuseUpload(.tooLarge, head)
    case .refuse: break
    case .buffer: upload.bytes.reserveCapacity(min(head.contentLength ?? 0, 65_536))
    case .spool(let directory, _):
      do {
        let file = try SpooledFile(directory: directory)
        upload.file = file
        if let pool = configuration.offload { upload.writer = makeWriter(file, pool) }
      } catch {
        return refuse(.noSpace)
      }
    }
    return true
  }

  private func makeWriter(_ file: SpooledFile, _ pool: OffloadPool) -> SpoolWriter {
    let serial = number
    return SpoolWriter(file, loop: server.loop, pool: pool) { [weak self] in
      guard let self, number == serial, phase == .body, let start = upload.waitsSince else { return }
      // The client has no part in this wait: its time for the body goes on from here.
      since += server.now - start
      upload.waitsSince = nil
      resume()
    }
  }

  /// Sleeps until the writer has written something.
  private func waitForWriter() -> Bool {
    // The library may hand over what it has read already, small chunks above all, although the connection sleeps.
    if isSuspended { return true }
    upload.waitsSince = server.now
    suspend()
    return true
  }

  /// Refuses a body before it has come. A client that is busy sending loses the answer when its connection is cut at
  /// once, so a body of bearable size is read and dropped after the answer; a large one, or one that waits for leave
  /// and will not be sent, is not waited for.
  private func refuseUpload(_ response: HTTPResponse, _ head: HTTPRequestHead) -> Bool {
    let droppedBytesMax = 4 << 20
    guard let length = head.contentLength, length <= droppedBytesMax, head.headers["Expect"] == nil,
      sendPastTheLibrary(PreparedAnswer.checked(response))
    else { return refuse(response) }
    upload.isAnswered = true
    return true
  }

  /// Answers before the body was read: the library closes the connection afterwards.
  private func refuse(_ response: HTTPResponse) -> Bool {
    number &+= 1
    let head = head ?? HTTPRequestHead(path: path)
    return send(PreparedAnswer(PreparedAnswer.checked(response), head: head))
  }

  // MARK: The body

  /// Takes a piece of the body. Returns whether the connection may go on.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    upload.receivedBytes += bytes.count
    server.counters.bodyBytesReceived.add(bytes.count)
    if upload.isAnswered { return true }
    if upload.receivedBytes > upload.policy.bytesMax {
      // A sleeping connection cannot be closed: it is refused with its next bytes, or at their end.
      if !isSuspended { return refuseDuringBody() }
      upload.failure = .tooLarge
    }
    if upload.failure != nil { return true }
    if let writer = upload.writer {
      unsafe writer.append(bytes)
      if writer.isFull { return waitForWriter() }
    } else if let file = upload.file {
      do {
        try unsafe file.append(bytes)
      } catch {
        upload.failure = .noSpace
      }
    } else {
      unsafe upload.bytes.append(contentsOf: bytes)
    }
    return true
  }

  /// The library sends nothing while a body arrives, and this one may never end: the refusal is written past it,
  /// then the connection is cut. Under TLS it is only cut.
  private func refuseDuringBody() -> Bool {
    _ = sendPastTheLibrary(.tooLarge)
    return false
  }

  /// Writes a small answer straight to the socket. Returns whether all of it went.
  private func sendPastTheLibrary(_ response: HTTPResponse) -> Bool {
    guard configuration.keyPEM == nil, case .bytes(let body) = response.body else { return false }
    var head = "HTTP/1.1 \(response.status) \(response.status == 413 ? "Content Too Large" : "Refused")\r\n"
    for field in response.headers.all { head += "\(field.name): \(field.value)\r\n" }
    head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
    let bytes = Array(head.utf8) + body
    return unsafe Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)) == bytes.count
  }

  // MARK: Running

  /// The request is whole: runs its task until it first waits, which for many is until its answer.
  func start() -> Bool {
    guard let head, !upload.isAnswered else { return false }
    if let writer = upload.writer, upload.failure == nil {
      if !writer.finish() { return waitForWriter() }
      if writer.hasFailed { upload.failure = .noSpace }
    }
    if let failure = upload.failure { return send(PreparedAnswer(failure)) }
    upload.file?.seal()
    var request = HTTPRequest(head: head)
    if let file = upload.file {
      request.body = .file(file)
    } else if !upload.bytes.isEmpty {
      request.body = .bytes(upload.bytes)
    }
    upload = Upload()
    enter(.running)
    number &+= 1
    let number = number
    task = Task.immediate(executorPreference: server.loop) { [self, request] in
      let response = await server.handler(request)
      let answer = await PreparedAnswer.prepare(response, for: request.head, on: self)
      deliver(answer, to: number)
    }
    if let answer = pending { return send(answer) }
    suspend()
    return true
  }
}

extension HTTPResponse {
  static let noSpace = HTTPResponse.problem(503, code: "no_space", title: "The body cannot be stored now")
  static let tooLarge = HTTPResponse.problem(413, code: "body_too_large", title: "The body is larger than allowed")
}

/// How a request says where its body ends (RFC 9112, section 6), strictly: what two readers could understand
/// differently is refused.
struct Framing {
  var contentLength: Int?
  var isChunked = false
  var hosts = 0
  var problem: HTTPResponse?

  init(_ headers: HTTPHeaders) {
    var lengths: [String] = []
    var encodings: [String] = []
    for entry in headers.entries {
      switch entry.nameLength {
      case 4 where headers.matches(entry, "Host"): hosts += 1
      case 14 where headers.matches(entry, "Content-Length"): lengths.append(headers.value(of: entry))
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
