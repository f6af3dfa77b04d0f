// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import HTTPServer
import Synchronization
import TestSupport

/// A server on loops of its own for the time of a test.
func withServer(
  _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(), loops: Int = 2,
  bodyPolicy: @escaping HTTPBodyPolicy = { _ in .buffer(bytesMax: 1 << 20) },
  handler: @escaping HTTPHandler = echo, _ body: @escaping @Sendable (HTTPServer, UInt16) throws -> Void
) async throws {
  let group = LoopGroup(count: loops)
  let server = HTTPServer(
    configuration: configuration, loops: group.loops, bodyPolicy: bodyPolicy, handler: handler)
  do {
    let port = try server.start()
    try await onThread { try body(server, port) }
  } catch {
    await server.drain(within: .milliseconds(200))
    group.shutDown()
    throw error
  }
  await server.drain(within: .milliseconds(500))
  group.shutDown()
}

/// Answers with what was asked and sent.
@Sendable func echo(_ request: HTTPRequest) async -> HTTPResponse {
  switch request.body {
  case .empty:
    let text = "\(request.method.rawValue) \(request.path) \(request.query ?? "-")"
    return HTTPResponse(contentType: "text/plain", Array(text.utf8))
  case .bytes(let bytes): return HTTPResponse(contentType: "application/octet-stream", bytes)
  case .file(let file): return HTTPResponse(body: .file(path: file.path))
  }
}

/// Something that happens once and can be waited for from a thread.
@safe
final class Event: @unchecked Sendable {
  // Unchecked because sem_t is made for use from several threads.
  private let pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  init() { unsafe sem_init(pointer, 0, 0) }
  deinit { unsafe pointer.deallocate() }

  func signal() { unsafe sem_post(pointer) }

  /// Whether it happened; gives up after some seconds, which are a guard against hanging and no measure.
  func wait(seconds: Int = 60) -> Bool {
    var until = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &until)
    until.tv_sec += seconds
    while unsafe sem_timedwait(pointer, &until) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }
}

/// Sleeps on the loop of the handler; throws when cancelled.
func sleepOnLoop(_ duration: Duration) async throws {
  guard let loop = EventLoop.current else { throw CancellationError() }
  try await loop.sleep(for: duration)
}

/// Whether something comes to be within some seconds, for what nobody announces.
func eventually(_ condition: () -> Bool) -> Bool {
  for _ in 0..<10_000 {
    if condition() { return true }
    usleep(1_000)
  }
  return condition()
}

/// A new directory that is removed with the object.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/http-server-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw RawClient.Failure(text: "mkdtemp") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in names { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }

  var names: [String] {
    guard let directory = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  func read(_ name: String) -> String {
    guard let file = unsafe fopen("\(path)/\(name)", "r") else { return "" }
    defer { unsafe fclose(file) }
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe fread(&piece, 1, piece.count, file)
      if count == 0 { return String(decoding: text, as: UTF8.self) }
      text += piece.prefix(count)
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) {
    guard let file = unsafe fopen("\(path)/\(name)", "w") else { return }
    unsafe fwrite(bytes, 1, bytes.count, file)
    unsafe fclose(file)
  }
}

/// A number that many threads add to.
final class Tally: Sendable {
  private let number = Mutex(0)
  var value: Int { number.withLock { $0 } }
  func add() { number.withLock { $0 += 1 } }
}
