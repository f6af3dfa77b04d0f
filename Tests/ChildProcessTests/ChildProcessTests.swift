// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ChildProcessTests {
  @Test(arguments: [("exit 3", ChildProcess.Exit.code(3)), ("kill -9 $$", .signal(9)), ("true", .code(0))])
  func `the end of a child is told as it was`(script: String, end: ChildProcess.Exit) async throws {
    let group = LoopGroup(count: 1)
    #expect(try await ChildProcess.start(shell(script)).wait(on: group.loops[0]) == end)
    group.shutDown()
  }

  @Test func `a program that is not there is an error with its errno`() {
    do {
      _ = try ChildProcess.start(ChildPlan(path: "/nowhere/program"))
      Issue.record("it started")
    } catch { #expect((error as? SpawnFailure)?.code == ENOENT) }
  }

  @Test func `a child has the environment it was given and no other`() async throws {
    var plan = shell("test \"$A\" = b && test -z \"$HOME\" && test \"$PWD\" = /")
    plan.environment = ["A": "b", "PATH": "/usr/bin:/bin"]
    plan.directory = "/"
    #expect(try await end(of: plan) == .code(0))
  }

  @Test func `a child may not have more than its limits`() async throws {
    var plan = shell("test \"$(ulimit -n)\" = 20 && test \"$(ulimit -v)\" = 200000")
    plan.openFilesMax = 20
    plan.memoryBytesMax = 200_000 * 1024
    #expect(try await end(of: plan) == .code(0))
    var spinner = shell("while :; do :; done")
    spinner.cpuSecondsMax = 1
    let exit = try await end(of: spinner)
    #expect(exit == .signal(SIGKILL) || exit == .signal(SIGXCPU))
  }

  @Test func `a signal ends a child`() async throws {
    let child = try ChildProcess.start(ChildPlan(path: "/bin/sleep", arguments: ["600"]))
    #expect(child.reapIfEnded() == nil)
    child.send(SIGTERM)
    #expect(await onThread { child.reap() } == .signal(SIGTERM))
  }

  @Test func `a child dies with its parent, even when the parent is killed`() async throws {
    let folder = try Folder()
    let pipe = folder.path + "/pipe"
    let made = unsafe mkfifo(pipe, 0o600)
    try #require(made == 0)
    let reader = unsafe open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    try #require(reader >= 0)
    defer { close(reader) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [pipe = pipe as String] in
      var plan = ChildPlan(path: "/bin/sleep", arguments: ["600"])
      plan.output = unsafe open(pipe, O_WRONLY | O_CLOEXEC)
      _ = try ChildProcess.start(plan)
      kill(getpid(), SIGKILL)
    }
    // The pipe hangs up when the last process that can write to it is gone, and that is the child.
    let isGone = await onThread {
      var wanted = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      return unsafe poll(&wanted, 1, 30_000) == 1 && wanted.revents & Int16(POLLHUP) != 0
    }
    #expect(isGone)
  }

  @Test func `a script is run by its interpreter`() async throws {
    let folder = try Folder()
    try folder.addProgram("script", "#!/bin/sh\ntest \"$1\" = word && exit 7\n")
    #expect(try await end(of: ChildPlan(path: folder.path + "/script", arguments: ["word"])) == .code(7))
    // What is neither a program nor a script is an error of the start, not of the child.
    try folder.addProgram("text", "only words\n")
    #expect(throws: SpawnFailure.self) { try ChildProcess.start(ChildPlan(path: folder.path + "/text")) }
  }

  @Test(.enabled(if: SystemUser.mayChange))
  func `a program is run as another user who cannot reach its folder`() async throws {
    let nobody = try #require(SystemUser(named: "nobody"))
    let folder = try Folder()
    #expect(try await end(of: shell("cp /bin/sh '\(folder.path)/program'")) == .code(0))
    let script = "test \"$(id -u)\" = \(nobody.uid) && ! test -e '\(folder.path)/program' && exit 9"
    var plan = ChildPlan(path: folder.path + "/program", arguments: ["-c", script])
    plan.user = nobody
    plan.directory = "/"
    #expect(try await end(of: plan) == .code(9))
  }

  private func shell(_ script: String) -> ChildPlan { ChildPlan(path: "/bin/sh", arguments: ["-c", script]) }

  private func end(of plan: ChildPlan) async throws -> ChildProcess.Exit {
    try await onThread { try ChildProcess.start(plan).reap() }
  }
}

/// A folder that only this process's user may enter, gone with its owner.
private final class Folder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/child-process-test-XXXXXX".utf8CString)
    let made = unsafe mkdtemp(&template) != nil
    try #require(made)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in ["pipe", "script", "text", "program"] { unsafe unlink("\(path)/\(name)") }
    unsafe rmdir(path)
  }

  func addProgram(_ name: String, _ text: String) throws {
    let file = unsafe open("\(path)/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o755)
    let bytes = Array(text.utf8)
    let written = unsafe write(file, bytes, bytes.count)
    close(file)
    try #require(written == bytes.count)
  }
}
