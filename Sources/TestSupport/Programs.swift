// SPDX-License-Identifier: GPL-3.0-or-later
internal import ChildProcess
import Glibc

/// What keeps a test from being made at all.
public struct TestFailure: Error, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}

/// Runs a program to its end and returns its output without the last line end.
public func runProgram(_ path: String, _ arguments: [String]) throws -> String {
  let output = try Pipe()
  defer { close(output.reader) }
  var plan = ChildPlan(path: path, arguments: arguments)
  plan.output = output.writer
  plan.error = 2
  let started = Result { try ChildProcess.start(plan) }
  close(output.writer)
  let child = try started.get()
  let text = String(decoding: readAll(output.reader), as: UTF8.self)
  let exit = child.reap()
  guard exit == .code(0) else { throw TestFailure("\(path) \(arguments) ended with \(exit): \(text)") }
  return text.last == "\n" ? String(text.dropLast()) : text
}

/// The text of a whole file.
public func readFile(_ path: String) throws -> String {
  let file = unsafe open(path, O_RDONLY)
  guard file >= 0 else { throw TestFailure("\(path) cannot be read (errno \(errno))") }
  defer { close(file) }
  return String(decoding: readAll(file), as: UTF8.self)
}

/// A pipe whose ends no other child inherits.
struct Pipe {
  let reader: Int32
  let writer: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw TestFailure("no pipe (errno \(errno))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reader, writer) = (ends[0], ends[1])
  }

  /// What comes until the first line end.
  func readLine() -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while unsafe read(reader, &byte, 1) == 1, byte != 0x0a { line.append(byte) }
    return String(decoding: line, as: UTF8.self)
  }
}

private func readAll(_ file: Int32) -> [UInt8] {
  var bytes: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = unsafe read(file, &piece, piece.count)
    if count <= 0 { return bytes }
    bytes += piece.prefix(count)
  }
}

/// How a program ended, and what it said.
public struct ProgramEnd: Sendable {
  /// The exit code; nil when a signal ended it.
  public var code: Int32?
  public var output: String
  public var errors: String
}

/// A program of this package, built with the tests, that runs and may be spoken to.
public final class RunningProgram: Sendable {
  private let child: ChildProcess
  private let entry: Pipe
  private let output: Pipe
  private let errors: Pipe

  public init(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    (entry, output, errors) = (try Pipe(), try Pipe(), try Pipe())
    var plan = ChildPlan(path: builtProgram(name), arguments: arguments)
    plan.environment.merge(environment) { _, new in new }
    plan.input = entry.reader
    plan.output = output.writer
    plan.error = errors.writer
    let started = Result { try ChildProcess.start(plan) }
    for end in [entry.reader, output.writer, errors.writer] { close(end) }
    child = try started.get()
  }

  /// Writes lines to its input: few enough to fit into the pipe whether they are read or not.
  public func say(_ text: String) throws {
    let bytes = Array(text.utf8)
    let count = unsafe bytes.withUnsafeBytes { unsafe write(entry.writer, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw TestFailure("the input did not fit (errno \(errno))") }
  }

  /// The next line of what it says on standard error. Blocks.
  public func nextComplaint() -> String { errors.readLine() }

  /// Ends its input and waits for its end. Blocks. To be called once.
  public func end() -> ProgramEnd {
    close(entry.writer)
    let text = String(decoding: readAll(output.reader), as: UTF8.self)
    let complaints = String(decoding: readAll(errors.reader), as: UTF8.self)
    for end in [output.reader, errors.reader] { close(end) }
    let code: Int32? = if case .code(let code) = child.reap() { code } else { nil }
    return ProgramEnd(code: code, output: text, errors: complaints)
  }
}

/// Runs a program of this package to its end, whatever that is. Blocks.
public func runBuilt(
  _ name: String, _ arguments: [String], environment: [String: String] = [:], input: String = ""
) throws -> ProgramEnd {
  let program = try RunningProgram(name, arguments, environment: environment)
  if !input.isEmpty { try program.say(input) }
  return program.end()
}

/// Where a program of this package is, built beside the tests that run.
public func builtProgram(_ name: String) -> String {
  var buffer = [UInt8](repeating: 0, count: 4096)
  let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
  let tests = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  return tests.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/\(name)"
}
