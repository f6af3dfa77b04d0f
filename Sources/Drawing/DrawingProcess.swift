// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
public import EventLoop
import Glibc

/// Decodes, draws and typesets in child processes, so that a hostile file can harm nothing but its own request.
///
/// A child that dies or takes too long costs the request it was working on; the next one gets a fresh child.
public final class DrawingProcess: @unchecked Sendable {
  // Unchecked because everything below `configuration` is touched on the loop only; `submit` goes there first.
  private let loop: EventLoop
  private let configuration: DrawingConfiguration
  private var children: [DrawingSlot] = []
  private var waiting: [Waiting] = []
  private var isStopped = false
  /// Children that have not been reaped yet, and who waits for there to be none.
  private var unreaped = 0
  private var whenReaped: [() -> Void] = []
  private var startedCount = 0

  private struct Waiting {
    var ticket: Ticket
    var frame: [UInt8]
    var answer: (Result<[UInt8], DrawingRefusal>) -> Void
  }

  /// Tells one waiting request from another.
  private final class Ticket: Sendable {}

  public init(_ configuration: DrawingConfiguration = DrawingConfiguration(), loop: EventLoop) {
    self.configuration = configuration
    self.loop = loop
  }

  /// Starts the first child, so that a missing program is an error now and not at the first picture.
  public func start() async throws {
    let path = configuration.executablePath
    guard unsafe access(path, X_OK) == 0 else {
      throw DrawingUnavailable(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    try await onLoop { try self.startChild() }
  }

  /// Ends the children, refuses what waits, and returns when the last child is gone.
  public func stop() async {
    await withCheckedContinuation { continuation in
      loop.onLoop {
        self.isStopped = true
        let waiting = self.waiting
        self.waiting = []
        for request in waiting { request.answer(.failure(.stopped)) }
        for child in self.children { child.end(.stopped) }
        self.whenReaped.append { continuation.resume() }
        self.tellReaped()
      }
    }
  }

  /// Small copies of an uploaded picture: turned upright, without metadata, each fitted into its box.
  public func thumbnails(
    of bytes: [UInt8], boxes: [PictureSize], formats: [ThumbnailFormat] = [.jpeg]
  ) async throws(DrawingRefusal) -> Thumbnails {
    if bytes.count > configuration.inputBytesMax { throw .tooManyBytes(max: configuration.inputBytesMax) }
    let answer = try await ask(.thumbnails(bytes, boxes: boxes, formats: formats))
    guard case .thumbnails(let thumbnails) = answer else { throw .crashed }
    return thumbnails
  }

  /// A PNG of an SVG drawing, so many pixels wide.
  public func render(svg: String, width: Int) async throws(DrawingRefusal) -> [UInt8] {
    try await render(svg: Array(svg.utf8), width: width)
  }

  /// A PNG of an SVG drawing, so many pixels wide.
  public func render(svg: [UInt8], width: Int) async throws(DrawingRefusal) -> [UInt8] {
    if svg.count > configuration.inputBytesMax { throw .tooManyBytes(max: configuration.inputBytesMax) }
    return try await file(.render(svg: svg, width: width))
  }

  /// A PDF of a document.
  public func document(_ document: Document) async throws(DrawingRefusal) -> [UInt8] {
    try await file(.document(document))
  }

  /// The state of the children, for tests and health pages.
  public struct Census: Sendable {
    /// The pids of the children that live now.
    public var living: [Int32]
    /// How many have been started in all.
    public var started: Int
    public var inFlight: Int
    public var waiting: Int
  }

  public func census() async -> Census {
    await withCheckedContinuation { continuation in
      loop.onLoop {
        continuation.resume(
          returning: Census(
            living: self.children.map(\.process.pid), started: self.startedCount,
            inFlight: self.children.count(where: \.isBusy), waiting: self.waiting.count))
      }
    }
  }

  // MARK: Asking

  private func file(_ request: DrawingRequest) async throws(DrawingRefusal) -> [UInt8] {
    guard case .file(let bytes) = try await ask(request) else { throw .crashed }
    return bytes
  }

  private func ask(_ request: DrawingRequest) async throws(DrawingRefusal) -> DrawingAnswer {
    let bytes = try await submit(request.encoded().framed()).get()
    guard let answer = try? DrawingAnswer(decoding: bytes) else { throw .crashed }
    if case .refused(let refusal) = answer { throw refusal }
    return answer
  }

  private func submit(_ frame: [UInt8]) async -> Result<[UInt8], DrawingRefusal> {
    let ticket = Ticket()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { return continuation.resume(returning: .failure(.cancelled)) }
        loop.onLoop {
          self.accept(Waiting(ticket: ticket, frame: frame) { continuation.resume(returning: $0) })
        }
      }
    } onCancel: {
      loop.execute { self.withdraw(ticket) }
    }
  }

  // MARK: On the loop

  private func accept(_ request: Waiting) {
    if isStopped { return request.answer(.failure(.stopped)) }
    waiting.append(request)
    dispatch()
    if waiting.count > configuration.waitingMax { waiting.removeLast().answer(.failure(.busy)) }
  }

  /// Forgets a request nobody waits for any more, unless a child is working on it already.
  private func withdraw(_ ticket: Ticket) {
    guard let index = waiting.firstIndex(where: { $0.ticket === ticket }) else { return }
    waiting.remove(at: index).answer(.failure(.cancelled))
  }

  private func dispatch() {
    retire()
    while !waiting.isEmpty {
      guard let child = idleChild() else { return }
      let request = waiting.removeFirst()
      child.ask(request.frame, limit: configuration.requestLimit) { [weak self] result in
        request.answer(result)
        if let self { self.loop.execute { self.dispatch() } }
      }
    }
  }

  /// A child that can work now. When none can be started, the first request is refused.
  private func idleChild() -> DrawingSlot? {
    if let child = children.first(where: { !$0.isBusy }) { return child }
    if children.count >= configuration.childrenMax { return nil }
    do {
      return try startChild()
    } catch {
      waiting.removeFirst().answer(.failure(.crashed))
      return waiting.isEmpty ? nil : idleChild()
    }
  }

  /// Ends the idle children that have served long enough.
  private func retire() {
    let worn = children.filter { !$0.isBusy && $0.served >= configuration.requestsPerChild }
    for child in worn { child.end(.stopped) }
  }

  @discardableResult
  private func startChild() throws -> DrawingSlot {
    let child = try DrawingSlot(configuration, loop: loop)
    startedCount += 1
    unreaped += 1
    children.append(child)
    let process = child.process
    child.ended = { [weak self, weak child] in
      guard let self else { return }
      self.children.removeAll { $0 === child }
      Task {
        _ = await process.wait(on: self.loop)
        self.loop.onLoop {
          self.unreaped -= 1
          self.tellReaped()
        }
      }
    }
    return child
  }

  private func tellReaped() {
    guard unreaped == 0 else { return }
    let calls = whenReaped
    whenReaped = []
    for call in calls { call() }
  }

  private func onLoop(_ work: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      loop.onLoop { continuation.resume(with: Result { try work() }) }
    }
  }
}
