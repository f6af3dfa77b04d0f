// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ChildProcessTests {
  @Test(arguments: [("exit 3", ChildProcess.Exit.code(3)), ("kill -9 $$", .signal(9)), ("true", .code(0))])
  func `the end of a child is told as it was`(script: String, end: ChildProcess.Exit) throws {
    let loop = EventLoop()
    let exit = try loop.runUntilComplete {
      try await ChildProcess.start(ChildPlan(path: "/bin/sh", arguments: ["-c", script])).wait(on: loop)
    }
    #expect(exit == end)
  }

  @Test func `a program that is not there is an error with its errno`() {
    do {
      _ = try ChildProcess.start(ChildPlan(path: "/nowhere/program"))
      Issue.record("it started")
    } catch { #expect((error as? SpawnFailure)?.code == ENOENT) }
  }

  @Test func `a child has the environment it was given and no other`() throws {
    var plan = ChildPlan(
      path: "/bin/sh", arguments: ["-c", "test \"$A\" = b && test -z \"$HOME\" && test \"$PWD\" = /"])
    plan.environment = ["A": "b", "PATH": "/usr/bin:/bin"]
    plan.directory = "/"
    #expect(try ChildProcess.start(plan).reap() == .code(0))
  }

  @Test func `a child may not have more than its limits`() throws {
    var plan = ChildPlan(
      path: "/bin/sh", arguments: ["-c", "test \"$(ulimit -n)\" = 20 && test \"$(ulimit -v)\" = 200000"])
    plan.openFilesMax = 20
    plan.memoryBytesMax = 200_000 * 1024
    #expect(try ChildProcess.start(plan).reap() == .code(0))
    var spinner = ChildPlan(path: "/bin/sh", arguments: ["-c", "while :; do :; done"])
    spinner.cpuSecondsMax = 1
    let end = try ChildProcess.start(spinner).reap()
    #expect(end == .signal(SIGKILL) || end == .signal(SIGXCPU))
  }

  @Test func `a signal ends a child`() throws {
    let child = try ChildProcess.start(ChildPlan(path: "/bin/sleep", arguments: ["600"]))
    #expect(child.reapIfEnded() == nil)
    child.send(SIGTERM)
    #expect(child.reap() == .signal(SIGTERM))
  }
}
