// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Drawing
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1))) struct SupervisionTests {
  let dot = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'><rect width='4' height='4' fill='red'/></svg>"

  private func refusal(_ drawing: DrawingProcess) async -> DrawingRefusal? {
    do throws(DrawingRefusal) {
      _ = try await drawing.render(svg: dot, width: 16)
      return nil
    } catch { return error }
  }

  /// Stops the only child, so that what it is asked next stays in flight.
  private func freeze(_ drawing: DrawingProcess) async throws -> Int32 {
    let pid = try #require(await drawing.census().living.first)
    kill(pid, SIGSTOP)
    return pid
  }

  @Test func `a child killed at work refuses its request, and the next gets a fresh child`() async throws {
    try await withDrawing { drawing in
      let pid = try await freeze(drawing)
      async let lost = refusal(drawing)
      async let next = refusal(drawing)
      // Asked on the loop, so after both requests have been taken or before: the child dies either way.
      _ = await drawing.census()
      kill(pid, SIGKILL)
      let answers = await [lost, next]
      #expect(answers.filter { $0 == .crashed }.count <= 1)
      #expect(await refusal(drawing) == nil)
      #expect(await drawing.census().started == 2)
      #expect(await drawing.census().living != [pid])
    }
  }

  @Test func `a request in flight when its child dies is refused as crashed`() async throws {
    try await withDrawing({ $0.requestLimit = .seconds(50) }) { drawing in
      let pid = try await freeze(drawing)
      let lost = Task { await refusal(drawing) }
      while await drawing.census().inFlight == 0 { await Task.yield() }
      kill(pid, SIGKILL)
      #expect(await lost.value == .crashed)
      #expect(await refusal(drawing) == nil)
    }
  }

  @Test func `a request that takes too long is refused, and its child is replaced`() async throws {
    try await withDrawing({ $0.requestLimit = .milliseconds(300) }) { drawing in
      let pid = try await freeze(drawing)
      #expect(await refusal(drawing) == .timedOut)
      #expect(await drawing.census().living.contains(pid) == false)
    }
  }

  @Test func `a drawing that takes for ever is stopped by the clock`() async throws {
    let filters = (0..<60).map { _ in
      "<feTurbulence baseFrequency='0.9' numOctaves='200'/><feGaussianBlur stdDeviation='90'/>"
    }
    let slow =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><filter id='f'>\(filters.joined())</filter>"
      + "<rect width='9' height='9' filter='url(#f)'/></svg>"
    try await withDrawing({ $0.requestLimit = .milliseconds(700) }) { drawing in
      await #expect(throws: DrawingRefusal.timedOut) { _ = try await drawing.render(svg: slow, width: 4000) }
    }
  }

  @Test func `many requests at once are all answered, by several children`() async throws {
    try await withDrawing({ $0.childrenMax = 2 }) { drawing in
      let expected = try await drawing.render(svg: dot, width: 16)
      await withTaskGroup(of: [UInt8]?.self) { group in
        for _ in 0..<50 { group.addTask { try? await drawing.render(svg: dot, width: 16) } }
        for await answer in group { #expect(answer == expected) }
      }
      #expect(await drawing.census().started == 2)
    }
  }

  @Test func `more waiting requests than allowed are refused as busy`() async throws {
    try await withDrawing({ $0.waitingMax = 3 }) { drawing in
      let pid = try await freeze(drawing)
      let answers = await withTaskGroup(of: DrawingRefusal?.self) { group in
        for _ in 0..<10 { group.addTask { await refusal(drawing) } }
        var busy = 0
        var answers: [DrawingRefusal?] = []
        for await answer in group {
          answers.append(answer)
          if answer == .busy { busy += 1 }
          if busy == 6 && answers.count == 6 { kill(pid, SIGCONT) }
        }
        return answers
      }
      // One in flight and three waiting are served; six are not.
      #expect(answers.filter { $0 == .busy }.count == 6)
      #expect(answers.filter { $0 == nil }.count == 4)
    }
  }

  @Test func `a waiting request whose caller gives up is forgotten`() async throws {
    try await withDrawing { drawing in
      let pid = try await freeze(drawing)
      let first = Task { await refusal(drawing) }
      while await drawing.census().inFlight == 0 { await Task.yield() }
      let second = Task { await refusal(drawing) }
      second.cancel()
      #expect(await second.value == .cancelled)
      kill(pid, SIGCONT)
      #expect(await first.value == nil)
    }
  }

  @Test func `a child is replaced after it has served enough`() async throws {
    try await withDrawing({ $0.requestsPerChild = 3 }) { drawing in
      for _ in 0..<10 { #expect(await refusal(drawing) == nil) }
      #expect(await drawing.census().started == 4)
    }
  }

  @Test func `stopping refuses what is under way and what comes later, and leaves no child`() async throws {
    try await withDrawing { drawing in
      let pid = try await freeze(drawing)
      let lost = Task { await refusal(drawing) }
      while await drawing.census().inFlight == 0 { await Task.yield() }
      await drawing.stop()
      #expect(await lost.value == .stopped)
      #expect(await refusal(drawing) == .stopped)
      #expect(kill(pid, 0) == -1 && errno == ESRCH)
    }
  }

  @Test func `a missing program is an error at the start that names it`() async throws {
    let error = await #expect(throws: DrawingUnavailable.self) {
      try await withDrawing({ $0.executable = "/nowhere/souk-draw" }) { _ in }
    }
    #expect(error?.description.contains("/nowhere/souk-draw") == true)
  }

  @Test(.enabled(if: SystemUser.mayChange))
  func `the child is nobody, can gain nothing, and has its limits`() async throws {
    try await withDrawing { drawing in
      let pid = try #require(await drawing.census().living.first)
      let status = read("/proc/\(pid)/status")
      #expect(status.contains("Uid:\t65534\t65534\t65534\t65534"))
      #expect(status.contains("NoNewPrivs:\t1"))
      let limits = read("/proc/\(pid)/limits")
      #expect(limits.split(separator: "\n").contains { $0.hasPrefix("Max address space") && $0.contains("805306368") })
      #expect(limits.split(separator: "\n").contains { $0.hasPrefix("Max open files") && $0.contains(" 64 ") })
    }
  }

  private func read(_ path: String) -> String {
    let fd = unsafe open(path, O_RDONLY)
    defer { close(fd) }
    var buffer = [UInt8](repeating: 0, count: 16384)
    let count = unsafe Glibc.read(fd, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}
