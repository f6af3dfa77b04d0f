// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Foundation
import TestSupport
import Testing

/// The demo on a real pseudo-terminal, driven by Tests/Fixtures/terminal_pty.py.
@Suite(.timeLimit(.minutes(2)))
struct TerminalLifeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// What the driver printed about a scenario.
  private func report(
    _ scenario: String, driver: String = "terminal_pty", environment: [String: String] = [:]
  ) async throws -> String {
    try await onThread { try Self.run(driver, scenario, environment) }
  }

  private static func run(_ driver: String, _ scenario: String, _ environment: [String: String]) throws -> String {
    let demo = Bundle.main.bundleURL.appending(path: "terminal-demo").path()
    let built = FileManager.default.isExecutableFile(atPath: demo) ? demo : demoBesideTests
    let pipe = Pipe()
    var plan = ChildPlan(
      path: "/usr/bin/python3",
      arguments: [root.appending(path: "Tests/Fixtures/\(driver).py").path(), built, scenario])
    plan.output = pipe.fileHandleForWriting.fileDescriptor
    plan.error = pipe.fileHandleForWriting.fileDescriptor
    plan.environment.merge(environment) { _, new in new }
    let child = try ChildProcess.start(plan)
    try pipe.fileHandleForWriting.close()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    _ = child.reap()
    return String(decoding: output, as: UTF8.self)
  }

  private static var demoBesideTests: String {
    root.appending(path: ".build/debug/terminal-demo").path()
  }

  @Test(arguments: [
    ("quit", "code 0"), ("INT", "code 130"), ("TERM", "code 143"), ("HUP", "code 129"), ("QUIT", "code 131"),
    ("SEGV", "signal 11"), ("ABRT", "signal 6"), ("trap", "signal 4"), ("suspend", "code 0"), ("editor", "code 0"),
  ])
  func `the terminal is given back however the program ends`(scenario: String, end: String) async throws {
    #expect(try await report(scenario) == "end \(end)\n")
  }

  @Test func `the program survives every size down to one cell`() async throws {
    #expect(try await report("resize") == "end code 0\n")
  }

  @Test(arguments: ["xterm-kitty", "xterm-ghostty", "foot", "alacritty", "screen-256color", "linux", "vt100"])
  func `it starts and ends well on known and unknown terminal types`(type: String) async throws {
    #expect(try await report("quit", environment: ["PTY_TERM": type]) == "end code 0\n")
  }

  @Test func `every key is answered and nothing is written while idle`() async throws {
    let report = try await report("latency")
    #expect(report.split(separator: "\n").contains { $0.hasPrefix("figures") }, "\(report)")
    #expect(!report.contains("FAIL"), "\(report)")
  }

  /// What is on the glass of a terminal that answers as one of each kind does, and how many pictures it was sent: at
  /// each step of a picture that is covered, uncovered, scrolled beside, left, come back to, moved and repainted.
  @Test(arguments: [
    ("kitty", "kitty", [1, 1, 1, 1, 1, 1, 1, 2, 2]), ("tmux", "cells", [1, 1, 1, 1, 1, 1, 1, 2, 2]),
    ("inline", "inline", [1, 1, 2, 2, 3, 3, 4, 5, 6]), ("sixel", "sixel", [1, 1, 2, 2, 3, 3, 4, 5, 6]),
  ])
  func `pixels are where the picture is, and nowhere else`(kind: String, seen: String, sent: [Int]) async throws {
    let (small, large) = ("\(seen) 4,5 32x12", "\(seen) 9,8 32x12")
    let steps = [
      ("picture", small), ("help", "nothing"), ("back", small), ("paged", small), ("scrolled", small),
      ("another page", "nothing"), ("again", small), ("wider", large), ("other colours", large),
    ]
    let wanted = zip(steps, sent).map { "\($0.0): \($0.1), \($1) sent" }
    #expect(
      try await report(kind, driver: "terminal_pictures")
        == (["start: nothing, 0 sent"] + wanted + ["end: nothing, 0 kept"]).joined(separator: "\n") + "\n")
  }

  @Test func `a terminal that promises nothing gets block symbols`() async throws {
    let report = try await report("none", driver: "terminal_pictures")
    #expect(report.contains("picture: symbols, 0 sent\nhelp: nothing, 0 sent\nback: symbols, 0 sent\n"))
    #expect(!report.contains("FAIL"), "\(report)")
  }
}
