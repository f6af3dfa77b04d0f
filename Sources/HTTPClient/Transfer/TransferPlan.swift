// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// What one transfer does, in libcurl's terms but as a value.
struct TransferPlan: Sendable {
  var url: String
  var method = "GET"
  var headers = HeaderFields()
  var upload: ClientRequest.Body?
  var connectTimeout: Duration = .seconds(10)
  var totalTimeout: Duration?
  var idleTimeout: Duration?
  var redirectsMax = 0
  /// Whether libcurl itself may send it twice, as it does when a reused connection turns out to be dead.
  var mayRepeat = true
  var unixSocket: String?
  var mail: MailEnvelope?

  var isMail: Bool { mail != nil }

  /// The attempt of a request that has `timeLeft`.
  init(_ request: ClientRequest, timeLeft: Duration?) {
    url = request.url
    method = request.method
    headers = request.headers
    if case .none = request.body {} else { upload = request.body }
    connectTimeout = request.connectTimeout
    totalTimeout = timeLeft
    idleTimeout = request.idleTimeout
    redirectsMax = request.redirectsMax
    unixSocket = request.unixSocket
    mayRepeat = request.isIdempotent
  }

  init(mail: MailEnvelope, url: String, message: [UInt8], totalTimeout: Duration) {
    self.url = url
    self.mail = mail
    self.totalTimeout = totalTimeout
    upload = .bytes(message)
  }
}

/// Who sends a message to whom, and how the server is met.
struct MailEnvelope: Sendable {
  var sender: String
  var recipients: [String]
  var security: MailServer.Security
  var credentials: MailServer.Credentials?
}

/// The bytes that a transfer sends: from memory, or from a file as it goes.
///
/// A regular file is read on the loop in pieces of at most 64 KB; the kernel is asked to read ahead.
final class UploadSource {
  let count: Int
  private let bytes: [UInt8]
  private let file: Int32?
  private var position = 0

  init(_ body: ClientRequest.Body) throws {
    switch body {
    case .none:
      (bytes, file, count) = ([], nil, 0)
    case .bytes(let content):
      (bytes, file, count) = (content, nil, content.count)
    case .file(let path):
      let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard opened >= 0 else {
        throw HTTPClientError(.file, "\(path): \(unsafe String(cString: strerror(errno)))")
      }
      var status = stat()
      guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        close(opened)
        throw HTTPClientError(.file, "\(path): not a regular file")
      }
      posix_fadvise(opened, 0, 0, POSIX_FADV_SEQUENTIAL)
      posix_fadvise(opened, 0, 1 << 20, POSIX_FADV_WILLNEED)
      (bytes, file, count) = ([], opened, Int(status.st_size))
    }
  }

  deinit { if let file { close(file) } }

  /// The next bytes; none at the end, `nil` when the file cannot be read.
  func read(into space: UnsafeMutableRawBufferPointer) -> Int? {
    let wanted = min(space.count, count - position)
    if wanted <= 0 { return 0 }
    var got = wanted
    if let file {
      repeat { unsafe got = pread(file, space.baseAddress, wanted, position) } while got < 0 && errno == EINTR
      if got <= 0 { return nil }  // shorter than it was, or broken
    } else {
      unsafe bytes[position..<position + got].withUnsafeBytes { unsafe space.copyMemory(from: $0) }
    }
    position += got
    return got
  }

  func seek(to offset: Int) -> Bool {
    guard 0...count ~= offset else { return false }
    position = offset
    return true
  }
}
