// SPDX-License-Identifier: GPL-3.0-or-later
internal import ChildProcess
import Glibc

/// A Python program that serves on a port of its choice until the test lets go of it.
public final class PythonPeer: Sendable {
  public let port: Int
  /// A folder of this peer alone.
  public var folder: String { temporary.path }
  private let temporary: TemporaryFolder
  private let child: ChildProcess
  private let input: Int32

  /// Starts a program of `Tests/Fixtures` and waits for its line "ready PORT".
  public init(_ program: String, _ arguments: [String] = [], python: String = "/usr/bin/python3") throws {
    temporary = try TemporaryFolder()
    let input = try Pipe()
    let output = try Pipe()
    defer { close(output.reader) }
    var plan = ChildPlan(path: python, arguments: ["-u", "\(TestFiles.fixtures)/\(program)"] + arguments)
    plan.directory = temporary.path
    plan.input = input.reader
    plan.output = output.writer
    plan.error = 2
    child = try ChildProcess.start(plan)
    close(input.reader)
    close(output.writer)
    self.input = input.writer
    let line = output.readLine()
    let words = line.split(separator: " ")
    guard words.first == "ready", let port = words.last.flatMap({ Int($0) }) else {
      close(input.writer)
      child.send(SIGKILL)
      _ = child.reap()
      throw TestFailure("\(program) said: \(line)")
    }
    self.port = port
  }

  public func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

  /// Ends it now, as a machine that goes away.
  public func stop() { child.send(SIGKILL) }

  deinit {
    close(input)
    child.send(SIGKILL)
    _ = child.reap()
  }
}

/// The Python environment of `Tests/Support/python-tools.sh`. `make test` makes it beforehand, since tests have limits and
/// downloads have none; otherwise the first test that needs it does.
public enum PythonTools {
  private static let made = Result { try runProgram("/bin/bash", ["\(TestFiles.tests)/Support/python-tools.sh"]) }

  /// Its interpreter. The first call may take a minute: call it from a thread of its own.
  public static func interpreter() throws -> String { try made.get() }
}
