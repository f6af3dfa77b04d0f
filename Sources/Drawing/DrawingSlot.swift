// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc

/// One child and its socket, on the loop. It works on one request at a time, and is thrown away when it dies,
/// when it takes too long, or when it has served long enough.
final class DrawingSlot {
  let process: ChildProcess
  private let loop: EventLoop
  private let socket: Int32
  private(set) var isOpen = true
  private(set) var served = 0
  private var unsent: ArraySlice<UInt8> = []
  private var received: [UInt8] = []
  private var timer: LoopTimer?
  private var answer: ((Result<[UInt8], DrawingRefusal>) -> Void)?
  /// Called when the child is of no more use.
  var ended: () -> Void = {}

  // Thumbnails of the largest accepted picture stay far below.
  private static let answerBytesMax = 256 << 20

  var isBusy: Bool { answer != nil }

  init(_ configuration: DrawingConfiguration, loop: EventLoop) throws {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw DrawingUnavailable(path: configuration.executablePath, reason: unsafe String(cString: strerror(errno)))
    }
    defer { close(ends[1]) }
    var plan = ChildPlan(path: configuration.executablePath, arguments: configuration.childArguments)
    plan.input = ends[1]
    plan.output = ends[1]
    plan.directory = "/"
    plan.user = configuration.user
    plan.deathSignal = SIGKILL
    plan.memoryBytesMax = configuration.memoryBytesMax
    plan.cpuSecondsMax = configuration.cpuSecondsMax
    plan.fileBytesMax = 1
    plan.openFilesMax = 64
    plan.mayGainPrivileges = false
    do {
      process = try ChildProcess.start(plan)
    } catch {
      close(ends[0])
      throw error
    }
    socket = ends[0]
    self.loop = loop
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    loop.watch(socket, for: .read) { [unowned self] in self.turn($0) }
  }

  /// Sends a request. The answer, or why there is none, comes exactly once.
  func ask(
    _ frame: [UInt8], limit: Duration, _ answer: @escaping (Result<[UInt8], DrawingRefusal>) -> Void
  ) {
    precondition(isOpen && !isBusy, "a child works on one request at a time")
    self.answer = answer
    unsent = frame[...]
    timer = loop.schedule(after: limit) { [unowned self] in self.end(.timedOut) }
    send()
  }

  /// Kills the child, and refuses what it was working on.
  func end(_ refusal: DrawingRefusal) {
    guard isOpen else { return }
    isOpen = false
    loop.unwatch(socket)
    close(socket)
    process.send(SIGKILL)
    unsent = []
    received = []
    finish(.failure(refusal))
    ended()
  }

  private func turn(_ readiness: EventLoop.Readiness) {
    if readiness.contains(.write) { send() }
    if isOpen && !readiness.isDisjoint(with: [.read, .hangup, .error]) { receive() }
  }

  private func send() {
    while !unsent.isEmpty {
      let count = unsafe unsent.withUnsafeBytes { bytes in
        unsafe Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        unsent = unsent.dropFirst(count)
      } else if errno == EAGAIN {
        return loop.rewatch(socket, for: [.read, .write])
      } else if errno != EINTR {
        // The loop must not run the caller's next step inside `ask`.
        return loop.rewatch(socket, for: .read)
      }
    }
    loop.rewatch(socket, for: .read)
  }

  private func receive() {
    var chunk = [UInt8](repeating: 0, count: 256 << 10)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(socket, $0.baseAddress, $0.count) }
      if count > 0 {
        received += chunk[..<count]
        if count < chunk.count { break }
      } else if count < 0 && errno == EINTR {
        continue
      } else if count < 0 && errno == EAGAIN {
        break
      } else {
        return end(.crashed)
      }
    }
    takeAnswer()
  }

  private func takeAnswer() {
    guard received.count >= 4 else { return }
    let count = (0..<4).reduce(0) { $0 | Int(received[$1]) << (8 * $1) }
    // An answer that is too long, unasked for, or followed by more comes from a child gone astray.
    guard count <= Self.answerBytesMax, isBusy, received.count <= count + 4 else { return end(.crashed) }
    guard received.count == count + 4 else { return }
    let bytes = Array(received[4...])
    received = []
    served += 1
    finish(.success(bytes))
  }

  private func finish(_ result: Result<[UInt8], DrawingRefusal>) {
    if let timer { loop.cancel(timer) }
    timer = nil
    let answer = self.answer
    self.answer = nil
    answer?(result)
  }
}
