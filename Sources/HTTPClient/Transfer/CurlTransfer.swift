// SPDX-License-Identifier: GPL-3.0-or-later
internal import CCurl
import EventLoop
import Glibc

/// Takes what a transfer brings. Called on the engine's loop, inside libcurl: note and return.
protocol TransferSink: AnyObject {
  func receive(_ head: ResponseHead)
  func receive(_ bytes: UnsafeRawBufferPointer) -> SinkAnswer
  /// The last call, exactly once.
  func end(_ error: HTTPClientError?)
}

enum SinkAnswer {
  case taken, wait, tooLarge
}

/// One transfer of libcurl: what is to be done, the handle that does it, and what must live as long.
@safe
final class CurlTransfer: @unchecked Sendable {
  // Unchecked because it is confined to its engine's loop; only its identity travels.
  enum State { case waiting, running, ended }

  /// A bound on the header, since it is kept in memory before anyone sees it.
  private static let headBytesMax = 256 << 10

  private let plan: TransferPlan
  private let sink: any TransferSink
  private(set) var state = State.waiting
  private(set) var easy: UnsafeMutableRawPointer?
  private var lists: [UnsafeMutablePointer<curl_slist>] = unsafe []
  private var errorText: UnsafeMutablePointer<CChar>?
  private var upload: UploadSource?

  private var head = ResponseHead()
  private var headBytes = 0
  private var isHeadDelivered = false
  private var stop: HTTPClientError?

  init(_ plan: TransferPlan, sink: any TransferSink) {
    self.plan = plan
    self.sink = sink
  }

  // MARK: Start and end

  func prepare(_ easy: UnsafeMutableRawPointer, engine: CurlEngine) throws {
    let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    unsafe self.errorText = unsafe errorText
    upload = try plan.upload.map(UploadSource.init)
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    let loop = unsafe Unmanaged.passUnretained(engine.loop).toOpaque()
    let options = unsafe CurlOptions(easy)
    try unsafe options.set(CURLOPT_PRIVATE, pointer: me)
    try unsafe options.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    try unsafe options.check(
      ccurl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, headerArrived, CURLOPT_HEADERDATA, me))
    try unsafe options.check(
      ccurl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, bodyArrived, CURLOPT_WRITEDATA, me))
    if upload != nil {
      try unsafe options.check(ccurl_set_data_callback(easy, CURLOPT_READFUNCTION, bodyWanted, CURLOPT_READDATA, me))
      try unsafe options.check(ccurl_set_seek_callback(easy, bodyRewound, me))
    }
    try unsafe options.check(ccurl_set_close_callback(easy, closeSocket, loop))
    unsafe lists = try unsafe options.apply(plan, uploadBytes: upload?.count, engine.configuration)
    unsafe self.easy = unsafe easy
    state = .running
  }

  /// Reports the end, once, and lets go of everything.
  func end(with error: HTTPClientError?) {
    guard state != .ended else { return }
    if error == nil { deliverHead() }
    state = .ended
    unsafe easy = nil
    sink.end(error)
    release()
  }

  private func release() {
    unsafe lists.forEach { unsafe curl_slist_free_all($0) }
    unsafe lists = []
    unsafe errorText?.deallocate()
    unsafe errorText = nil
    upload = nil
  }

  deinit { release() }

  /// What a result code of libcurl means here; `nil` for success.
  func failure(_ code: CURLcode) -> HTTPClientError? {
    if let stop { return stop }
    if code == CURLE_OK { return nil }
    let text = unsafe errorText.map { unsafe String(cString: $0) } ?? ""
    let status = unsafe easy.map { unsafe ccurl_number($0, CURLINFO_RESPONSE_CODE) } ?? 0
    // Until a connection stands, fresh or reused, there is no such time, and nothing has been sent.
    let isConnected = unsafe easy.map { unsafe ccurl_size($0, CURLINFO_PRETRANSFER_TIME_T) > 0 } ?? false
    return HTTPClientError(code, text: text, status: status == 0 ? nil : status, isConnected: isConnected)
  }

  // MARK: Inside libcurl

  fileprivate func receiveHeaderLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if plan.isMail { return true }
    headBytes += bytes.count
    if headBytes > CurlTransfer.headBytesMax {
      stop = HTTPClientError(.tooLarge, "the header has more than \(CurlTransfer.headBytesMax) bytes")
      return false
    }
    var line = unsafe String(decoding: bytes, as: UTF8.self)[...]
    while let last = line.unicodeScalars.last, last == "\r" || last == "\n" { line.unicodeScalars.removeLast() }
    receiveHeader(line)
    return true
  }

  private func receiveHeader(_ line: Substring) {
    if line.hasPrefix("HTTP/") {
      head = ResponseHead()
      head.status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    } else if isHeadDelivered {
      return  // trailers
    } else if line.isEmpty {
      // Interim answers and redirects that are followed are not the answer.
      let isFollowed = plan.redirectsMax > 0 && 300..<400 ~= head.status
      if head.status >= 200 && !isFollowed { deliverHead() }
    } else if line.first == " " || line.first == "\t" {
      head.headers.continueLast(with: line.trimmed)
    } else if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) {
      head.headers.add(line[..<colon].trimmed, line[line.utf8.index(after: colon)...].trimmed)
    }
  }

  private func deliverHead() {
    guard !isHeadDelivered else { return }
    isHeadDelivered = true
    if let coding = head.headers["Content-Encoding"], coding.equalsIgnoringCase("gzip") {
      head.headers.remove("Content-Encoding")
      head.headers.remove("Content-Length")
    }
    sink.receive(head)
  }

  fileprivate func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    deliverHead()
    switch unsafe sink.receive(bytes) {
    case .taken: return bytes.count
    case .wait: return Int(CURL_WRITEFUNC_PAUSE)
    case .tooLarge:
      stop = HTTPClientError(.tooLarge, "the body has more bytes than were asked for", status: head.status)
      return bytes.count == 0 ? 1 : 0
    }
  }

  fileprivate func fillBody(_ space: UnsafeMutableRawBufferPointer) -> Int {
    guard let count = unsafe upload?.read(into: space) else {
      stop = HTTPClientError(.file, "reading it failed")
      return Int(CURL_READFUNC_ABORT)
    }
    return count
  }

  fileprivate func rewindBody(to offset: Int) -> Bool {
    // A redirect asks for the body again. Otherwise the server may have had it already.
    guard plan.mayRepeat || 300..<400 ~= head.status else { return false }
    return upload?.seek(to: offset) ?? false
  }
}

extension CurlTransfer {
  fileprivate static func of(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
  }
}

private func headerArrived(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let transfer = unsafe CurlTransfer.of(context) else { return 0 }
  return unsafe transfer.receiveHeaderLine(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private func bodyArrived(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let transfer = unsafe CurlTransfer.of(context) else { return 0 }
  return unsafe transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private func bodyWanted(
  _ space: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let transfer = unsafe CurlTransfer.of(context) else { return Int(CURL_READFUNC_ABORT) }
  return unsafe transfer.fillBody(UnsafeMutableRawBufferPointer(start: space, count: size * count))
}

private func bodyRewound(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
  guard let transfer = unsafe CurlTransfer.of(context), origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
  return transfer.rewindBody(to: Int(offset)) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
}
