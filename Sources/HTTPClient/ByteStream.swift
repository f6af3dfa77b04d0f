// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Synchronization

/// A body in pieces as they arrive. A reader that is slow makes the server wait; one that lets go ends the transfer.
public struct ByteStream: AsyncSequence, Sendable {
  public typealias Element = [UInt8]
  private let owner: Owner

  init(_ buffer: StreamBuffer, engine: CurlEngine, transfer: CurlTransfer) {
    owner = Owner(buffer: buffer, engine: engine, transfer: transfer)
  }

  /// Reads the pieces. One reader at a time.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let owner: Owner

    public mutating func next() async throws -> [UInt8]? { try await owner.next() }
  }

  public func makeAsyncIterator() -> Iterator { Iterator(owner: owner) }

  /// Ends the transfer with the last copy of the stream and its readers.
  fileprivate final class Owner: Sendable {
    private let buffer: StreamBuffer
    private let engine: CurlEngine
    private let transfer: CurlTransfer

    init(buffer: StreamBuffer, engine: CurlEngine, transfer: CurlTransfer) {
      self.buffer = buffer
      self.engine = engine
      self.transfer = transfer
    }

    deinit { abort() }

    func next() async throws -> [UInt8]? {
      let bytes = try await withTaskCancellationHandler {
        try await buffer.next()
      } onCancel: {
        abort()
      }
      if buffer.mustResume() { engine.loop.onLoop { [engine, transfer] in engine.resume(transfer) } }
      return bytes
    }

    private func abort() {
      engine.loop.execute { [engine, transfer] in engine.abort(transfer) }
    }
  }
}

/// What has arrived of a streamed answer and is not yet read.
final class StreamBuffer: TransferSink, Sendable {
  private struct State {
    var head: ResponseHead?
    var headWaiter: CheckedContinuation<ResponseHead, any Error>?
    var bytes: [UInt8] = []
    var waiter: CheckedContinuation<[UInt8]?, any Error>?
    var isPaused = false
    var end: Result<Void, HTTPClientError>?
  }
  private let state = Mutex(State())
  private let bytesMax: Int

  init(bytesMax: Int) { self.bytesMax = bytesMax }

  // MARK: The transfer's side

  func receive(_ head: ResponseHead) {
    let waiter = state.withLock { state in
      state.head = head
      return state.headWaiter.take()
    }
    waiter?.resume(returning: head)
  }

  func receive(_ bytes: UnsafeRawBufferPointer) -> SinkAnswer {
    let copy = unsafe Array(bytes)
    let (answer, waiter) = state.withLock { state -> (SinkAnswer, CheckedContinuation<[UInt8]?, any Error>?) in
      if let waiter = state.waiter.take() { return (.taken, waiter) }
      if state.bytes.count >= bytesMax {
        state.isPaused = true
        return (.wait, nil)
      }
      state.bytes += copy
      return (.taken, nil)
    }
    waiter?.resume(returning: copy)
    return answer
  }

  func end(_ error: HTTPClientError?) {
    let (headWaiter, waiter) = state.withLock { state in
      state.end = error.map { .failure($0) } ?? .success(())
      return (state.headWaiter.take(), state.waiter.take())
    }
    headWaiter?.resume(throwing: error ?? HTTPClientError(.badAnswer, "no header"))
    if let error { waiter?.resume(throwing: error) } else { waiter?.resume(returning: nil) }
  }

  // MARK: The reader's side

  func head() async throws -> ResponseHead {
    try await withCheckedThrowingContinuation { continuation in
      let known = state.withLock { state -> Result<ResponseHead, any Error>? in
        if let head = state.head { return .success(head) }
        if case .failure(let error)? = state.end { return .failure(error) }
        state.headWaiter = continuation
        return nil
      }
      if let known { continuation.resume(with: known) }
    }
  }

  func next() async throws -> [UInt8]? {
    try await withCheckedThrowingContinuation { continuation in
      let known = state.withLock { state -> Result<[UInt8]?, any Error>? in
        precondition(state.waiter == nil, "a stream has one reader at a time")
        if !state.bytes.isEmpty {
          defer { state.bytes = [] }
          return .success(state.bytes)
        }
        switch state.end {
        case .success?: return .success(nil)
        case .failure(let error)?: return .failure(error)
        case nil:
          state.waiter = continuation
          return nil
        }
      }
      if let known { continuation.resume(with: known) }
    }
  }

  /// Whether the transfer was stopped and there is room again; says so once.
  func mustResume() -> Bool {
    state.withLock { state in
      guard state.isPaused, state.bytes.count < bytesMax else { return false }
      state.isPaused = false
      return true
    }
  }
}
