// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Glibc
import Testing

/// What a program sees to before it opens anything; each in a process of its own.
@Suite(.timeLimit(.minutes(1)))
struct ProcessTests {
  @Test func `a file never takes the place of a standard stream that was closed`() async {
    await #expect(processExitsWith: .success) {
      // The other threads of a test open files too, and one of theirs may be there first: then once more.
      for _ in 0..<100 {
        for stream in STDIN_FILENO...STDERR_FILENO { close(stream) }
        StandardStreams.occupy()
        if !(STDIN_FILENO...STDERR_FILENO).allSatisfy(isNothing) { continue }
        let file = unsafe open("/dev/null", O_RDWR)
        if file <= STDERR_FILENO { exit(1) }
        // They still are closed to whoever uses them.
        var byte: UInt8 = 0
        if unsafe read(STDIN_FILENO, &byte, 1) != -1 || errno != EBADF { exit(2) }
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
          if unsafe write(stream, &byte, 1) != -1 || errno != EBADF { exit(3) }
        }
        exit(0)
      }
      exit(4)
    }
  }

  @Test func `streams that are open stay what they are`() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      StandardStreams.occupy()
      _ = unsafe write(STDERR_FILENO, "heard", 5)
    }
    #expect(result?.standardErrorContent.starts(with: "heard".utf8) == true)
  }

  @Test func `the limit of open files is raised to what is allowed`() async {
    await #expect(processExitsWith: .success) {
      var limit = rlimit(rlim_cur: 100, rlim_max: 200)
      let set = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      precondition(set == 0 && OpenFiles.limit == 100)
      OpenFiles.raiseLimit()
      precondition(OpenFiles.limit == 200)
    }
  }
}

/// Whether the descriptor is open on the file of nothing.
private func isNothing(_ descriptor: Int32) -> Bool {
  var (status, nothing) = (stat(), stat())
  guard unsafe fstat(descriptor, &status) == 0, unsafe stat("/dev/null", &nothing) == 0 else { return false }
  return status.st_rdev == nothing.st_rdev && status.st_mode == nothing.st_mode
}
