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
