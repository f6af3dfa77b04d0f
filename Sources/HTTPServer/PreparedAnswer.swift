// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc

/// An answer ready for the wire: checked, compressed where that helps, its file open and its range chosen.
struct PreparedAnswer: Sendable {
  var status: Int
  var headers: HTTPHeaders
  var body: Body
  var isHead = false
  /// What of it has to wait for another thread.
  private(set) var rest: Rest?

  enum Rest: Sendable {
    case compress([UInt8])
    case open(String)
  }

  enum Body: Sendable {
    case empty
    case bytes([UInt8])
    case file(OpenFile, Range<Int>)
    case stream(HTTPStream, isCompressed: Bool)

    /// Whether one write may not be enough.
    var movesInPieces: Bool {
      switch self {
      case .empty: false
      case .bytes(let bytes): bytes.count > smallBytesMax
      case .file, .stream: true
      }
    }
  }

  static let smallBytesMax = 8192

  /// A ready answer without anything to choose.
  init(_ response: HTTPResponse) {
    status = response.status
    headers = response.headers
    body = .empty
    switch response.body {
    case .bytes(let bytes): body = .bytes(bytes)
    case .stream(let stream): body = .stream(stream, isCompressed: false)
    case .empty, .file: break
    }
  }

  init(_ response: HTTPResponse, head: HTTPRequestHead) {
    self.init(response)
    isHead = head.isHead
  }

  /// The response, or a 500 in its place when its headers could break out of their lines.
  static func checked(_ response: HTTPResponse) -> HTTPResponse {
    if response.headers.isMalformed || !(200...599).contains(response.status) {
      return .problem(500, code: "internal", title: "The server made a mistake")
    }
    return response
  }

  /// Prepares the answer to a request as far as that goes without waiting; the rest is for `finish`.
  init(_ response: HTTPResponse, for head: HTTPRequestHead, on connection: ServedConnection) {
    let response = PreparedAnswer.checked(response)
    let configuration = connection.configuration
    self.init(response, head: head)
    if response.status == 204 || response.status == 304 {
      body = .empty
      if connection.asksForGzipTag, let tag = headers["ETag"] { headers["ETag"] = Gzip.suffixed(tag) }
      return
    }
    switch response.body {
    case .empty: break
    case .bytes(let bytes):
      guard response.mayCompress, isWorthCompressing(bytes.count, configuration) else { break }
      Gzip.varies(&headers)
      guard Gzip.isAccepted(by: head.headers) else { break }
      if configuration.offload != nil && bytes.count > configuration.compressesInlineBytesMax {
        rest = .compress(bytes)
      } else {
        take(try? Gzip.compressed(bytes, level: configuration.compressionLevel), of: bytes)
      }
    case .stream(let stream):
      guard response.mayCompress, isWorthCompressing(Int.max, configuration) else { break }
      Gzip.varies(&headers)
      if Gzip.isAccepted(by: head.headers) {
        Gzip.describe(in: &headers)
        body = .stream(stream, isCompressed: true)
      }
    case .file(let path): rest = .open(path)
    }
  }

  private func isWorthCompressing(_ sizeBytes: Int, _ configuration: HTTPServerConfiguration) -> Bool {
    configuration.compressionLevel > 0 && sizeBytes >= configuration.compressesFromBytes
      && !headers.contains("Content-Encoding") && Gzip.helps(contentType: headers["Content-Type"])
  }

  /// Without memory or with a full pool the plain bytes are right too.
  private mutating func take(_ compressed: [UInt8]?, of bytes: [UInt8]) {
    guard let compressed, compressed.count < bytes.count else { return }
    Gzip.describe(in: &headers)
    body = .bytes(compressed)
  }

  /// Does what has to wait for another thread.
  mutating func finish(for head: HTTPRequestHead, _ configuration: HTTPServerConfiguration) async {
    let rest = rest
    self.rest = nil
    switch rest {
    case .compress(let bytes):
      let level = configuration.compressionLevel
      take(try? await configuration.offload?.run { try Gzip.compressed(bytes, level: level) }, of: bytes)
    case .open(let path): await open(path, for: head, configuration)
    case nil: break
    }
  }

  private mutating func open(
    _ path: String, for head: HTTPRequestHead, _ configuration: HTTPServerConfiguration
  ) async {
    let work: @Sendable () throws -> OpenFile = { try OpenFile(path: path) }
    let file: OpenFile
    do {
      if let offload = configuration.offload { file = try await offload.run(work) } else { file = try work() }
    } catch let failure as SpooledFile.Failure where [ENOENT, ENOTDIR, ENAMETOOLONG].contains(failure.code) {
      self = PreparedAnswer(.problem(404, code: "not_found", title: "There is no such file"), head: head)
      return
    } catch {
      self = PreparedAnswer(.problem(503, code: "unreadable", title: "The file cannot be read now"), head: head)
      return
    }
    headers["Accept-Ranges"] = "bytes"
    let range = status == 200 && isRangeCurrent(head) ? head.headers["Range"] : nil
    switch ByteRange(range, sizeBytes: file.sizeBytes) {
    case .whole: body = .file(file, 0..<file.sizeBytes)
    case .part(let part):
      status = 206
      headers["Content-Range"] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(file.sizeBytes)"
      body = .file(file, part)
    case .unsatisfiable:
      self = PreparedAnswer(.problem(416, code: "bad_range", title: "The file is shorter"), head: head)
      headers["Content-Range"] = "bytes */\(file.sizeBytes)"
    }
  }

  /// If-Range (RFC 9110, section 13.1.5): the part is wanted only of the file the client knows already.
  private func isRangeCurrent(_ head: HTTPRequestHead) -> Bool {
    guard let condition = head.headers["If-Range"] else { return true }
    if condition.hasPrefix("\"") { return condition == headers["ETag"] }
    return !condition.hasPrefix("W/") && condition == headers["Last-Modified"]
  }
}

/// A file open for reading, closed with its owner unless its descriptor was taken.
final class OpenFile: Sendable {
  let descriptor: Int32
  let sizeBytes: Int

  init(path: String) throws {
    descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw SpooledFile.Failure(operation: "open \(path)", code: errno) }
    var status = stat()
    let result = unsafe fstat(descriptor, &status)
    sizeBytes = Int(status.st_size)
    if result != 0 || status.st_mode & S_IFMT != S_IFREG {
      close(descriptor)
      throw SpooledFile.Failure(operation: "read \(path)", code: ENOENT)
    }
  }

  /// A second descriptor for the same file, which the caller closes.
  func duplicate() -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 3) }

  deinit { close(descriptor) }
}
