// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import HTTPClient
import Synchronization
import TestSupport
import Testing

/// A Python program that serves on a port of its choice until the test lets go of it.
final class PythonPeer: Sendable {
  let port: Int
  /// A folder of this peer alone.
  var folder: String { temporary.path }
  private let temporary: TemporaryFolder
  private let child: ChildProcess
  private let input: Int32

  static let fixtures = "\(#filePath)".split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Fixtures"

  /// Starts the program and waits for its line "ready PORT".
  init(_ program: String, _ arguments: [String] = [], python: String = "/usr/bin/python3") throws {
    var input: [Int32] = [-1, -1]
    var output: [Int32] = [-1, -1]
    let inputMade = unsafe pipe(&input)
    let outputMade = unsafe pipe(&output)
    try #require(inputMade == 0 && outputMade == 0)
    for end in input + output { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    temporary = try TemporaryFolder()
    var plan = ChildPlan(path: python, arguments: ["-u", "\(PythonPeer.fixtures)/\(program)"] + arguments)
    plan.directory = temporary.path
    plan.input = input[0]
    plan.output = output[1]
    plan.error = 2
    child = try ChildProcess.start(plan)
    close(input[0])
    close(output[1])
    self.input = input[1]
    defer { close(output[0]) }
    var line = ""
    var byte: UInt8 = 0
    while unsafe read(output[0], &byte, 1) == 1, byte != 0x0a { line.unicodeScalars.append(Unicode.Scalar(byte)) }
    let words = line.split(separator: " ")
    port = try #require(words.first == "ready" ? words.last.flatMap { Int($0) } : nil, "said: \(line)")
  }

  func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// Ends it now, as a machine that goes away.
  func stop() { child.send(SIGKILL) }

  deinit {
    close(input)
    child.send(SIGKILL)
    _ = child.reap()
  }
}

/// A folder that goes with its last user.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/souk-test-XXXXXX".utf8CString)
    let made = unsafe mkdtemp(&template) != nil
    try #require(made)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = try? run("/bin/rm", ["-rf", path]) }
}

/// A loop on a thread of its own, ended with its last user.
final class TestLoop: Sendable {
  private let group = LoopGroup(count: 1, name: "test")
  var loop: EventLoop { group.loops[0] }
  deinit { group.shutDown() }
}

/// A peer, a loop and a client, for tests to work with.
struct Bench: Sendable {
  let thread = TestLoop()
  let peer: PythonPeer
  let client: HTTPClient

  init(_ arguments: [String] = [], _ adapt: (inout ClientConfiguration) -> Void = { _ in }) async throws {
    peer = try await onThread { try PythonPeer("http_peer.py", arguments) }
    var configuration = ClientConfiguration()
    configuration.proxy = .none
    adapt(&configuration)
    client = HTTPClient(loop: thread.loop, configuration: configuration)
  }

  func get(_ path: String) async throws -> ClientResponse {
    try await client.send(ClientRequest("GET", peer.url(path)))
  }

  /// How often the peer has counted something.
  func count(_ name: String) async throws -> Int {
    let text = try await get("counts").text
    guard let place = text.firstRange(of: "\"\(name)\": ") else { return 0 }
    return Int(text[place.upperBound...].prefix { $0.isNumber }) ?? 0
  }
}

/// The failure that an operation ends with.
func failure(of operation: () async throws -> some Any) async -> HTTPClientError? {
  do {
    _ = try await operation()
    return nil
  } catch {
    return error as? HTTPClientError
  }
}
