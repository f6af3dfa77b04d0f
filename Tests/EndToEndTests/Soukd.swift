// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import Synchronization
import Testing

/// A `soukd` that runs as a process of its own, and what it has logged so far.
final class Soukd: Sendable {
  let child: ChildProcess
  let log: LineLog
  private let output: LineLog
  private let hasEnded = Mutex(false)

  /// Starts a program that was built beside these tests.
  init(_ arguments: [String], environment: [String: String] = [:], program: String = "soukd", input: Int32? = nil)
    throws
  {
    var plan = ChildPlan(path: "\(Soukd.directory)/\(program)", arguments: arguments)
    plan.environment.merge(environment) { _, new in new }
    plan.input = input
    let (output, error) = (try Pipe(), try Pipe())
    plan.output = output.writing
    plan.error = error.writing
    child = try ChildProcess.start(plan)
    close(output.writing)
    close(error.writing)
    log = LineLog(reading: error.reading)
    self.output = LineLog(reading: output.reading)
  }

  /// Serves the demo market from a directory, on ports of the system's choice.
  static func serve(_ directory: String, _ flags: [String] = [], environment: [String: String] = [:]) throws -> Soukd {
    let always = ["--port", "0", "--admin-port", "0", "--demo", "true", "--rate-limits", "off"]
    return try Soukd(["serve", "--data-directory", directory] + always + flags, environment: environment)
  }

  deinit {
    if !hasEnded.withLock({ $0 }) {
      child.send(SIGKILL)
      _ = child.reap()
    }
  }

  /// Waits until it serves; says where.
  func address() async throws -> (url: String, admin: String) {
    let line = try await log.line { $0.contains(#""message":"serving""#) }
    let url = try #require(line.text(of: "url"))
    let port = try #require(line.number(of: "admin_port"))
    return (url, "http://127.0.0.1:\(port)")
  }

  /// The process id of the PostgreSQL that was made ready last.
  func postmaster() throws -> Int32 {
    let line = log.lines.last { $0.contains("the private PostgreSQL is ready") }
    return try #require(line?.number(of: "pid").map(Int32.init))
  }

  /// Waits for its end; what it wrote is complete then.
  func end() async throws -> (exit: ChildProcess.Exit, output: String, errors: String) {
    let errors = await log.linesToEnd()
    let text = await output.linesToEnd()
    let exit = child.reap()
    hasEnded.withLock { $0 = true }
    return (exit, text.joined(separator: "\n"), errors.joined(separator: "\n"))
  }

  /// Kills it as a power cut would.
  func kill() {
    child.send(SIGKILL)
    _ = child.reap()
    hasEnded.withLock { $0 = true }
  }

  private static let directory: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    let program = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return program.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
  }()
}

/// The lines of a descriptor as they come, read on a thread of its own.
final class LineLog: Sendable {
  private struct State {
    var lines: [String] = []
    var isOver = false
    var readers: [AsyncStream<String>.Continuation] = []
  }

  private let state = Mutex(State())
  private let thread = LoopGroup(count: 1, name: "lines")

  init(reading descriptor: Int32) {
    thread.loops[0].execute { [self] in
      var pending: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 16_384)
      while true {
        let count = unsafe read(descriptor, &piece, piece.count)
        if count <= 0 { break }
        pending += piece.prefix(count)
        while let end = pending.firstIndex(of: 0x0a) {
          add(String(decoding: pending[..<end], as: UTF8.self))
          pending.removeFirst(end + 1)
        }
      }
      if !pending.isEmpty { add(String(decoding: pending, as: UTF8.self)) }
      close(descriptor)
      finish()
    }
  }

  var lines: [String] { state.withLock { $0.lines } }

  struct Ended: Error, CustomStringConvertible {
    var lines: [String]
    var description: String { "it ended before that line, after:\n" + lines.joined(separator: "\n") }
  }

  /// The first line, past or to come, that is wanted.
  func line(after skipped: Int = 0, _ isWanted: (String) -> Bool) async throws -> String {
    for await line in follow(after: skipped) where isWanted(line) { return line }
    throw Ended(lines: lines)
  }

  /// Everything, once the writer has closed its end.
  func linesToEnd() async -> [String] {
    for await _ in follow(after: 0) {}
    return lines
  }

  private func follow(after skipped: Int) -> AsyncStream<String> {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self)
    state.withLock { state in
      state.lines.dropFirst(skipped).forEach { continuation.yield($0) }
      if state.isOver { continuation.finish() } else { state.readers.append(continuation) }
    }
    return stream
  }

  private func add(_ line: String) {
    state.withLock { state in
      state.lines.append(line)
      state.readers.forEach { $0.yield(line) }
    }
  }

  private func finish() {
    thread.loops[0].stop()
    state.withLock { state in
      state.isOver = true
      state.readers.forEach { $0.finish() }
      state.readers = []
    }
  }
}

private struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    let made = unsafe pipe(&ends)
    try #require(made == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }
}

extension String {
  /// The value of a text member of a log line.
  func text(of name: String) -> String? {
    guard let start = firstRange(of: "\"\(name)\":\"") else { return nil }
    return String(self[start.upperBound...].prefix { $0 != "\"" })
  }

  /// The value of a number member of a log line.
  func number(of name: String) -> Int? {
    guard let start = firstRange(of: "\"\(name)\":") else { return nil }
    return Int(self[start.upperBound...].prefix { $0.isNumber })
  }
}

/// A folder that goes with its last user. Others may pass through it, as PostgreSQL's user must.
final class Folder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/soukd-trial-XXXXXX".utf8CString)
    let made = unsafe mkdtemp(&template) != nil
    try #require(made)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    _ = unsafe chmod(path, 0o755)
  }

  deinit {
    let remover = try? ChildProcess.start(ChildPlan(path: "/bin/rm", arguments: ["-rf", path]))
    _ = remover?.reap()
  }
}
