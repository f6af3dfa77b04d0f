// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop
import Synchronization

/// The bounded buffer between a stream's producer and its connection. The connection sleeps while it is empty, the
/// producer while it is full.
final class ChunkQueue: Sendable {
  let loop: EventLoop
  private let bufferedBytesMax: Int
  private let compressor: GzipStream?
  private let wake: @Sendable () -> Void
  private let state = Mutex(State())

  fileprivate struct State {
    var chunks: [[UInt8]] = []
    var index = 0
    var offset = 0
    var bufferedBytes = 0
    var end: End?
    var isReaderWaiting = false
    var writers: [CheckedContinuation<Void, Never>] = []
    var hasWritten = false
  }

  enum End { case complete, failed, abandoned }

  /// What the connection finds when it comes for bytes.
  enum Answer { case bytes(Int), wait, complete, failed }

  /// `wake` is called on the loop when the connection waits and something has come.
  init(
    loop: EventLoop, bufferedBytesMax: Int, compressor: GzipStream?, wake: @escaping @Sendable () -> Void
  ) {
    self.loop = loop
    self.bufferedBytesMax = bufferedBytesMax
    self.compressor = compressor
    self.wake = wake
  }

  func write(_ bytes: [UInt8]) async throws {
    if bytes.isEmpty { return }
    await waitForRoom()
    try Task.checkCancellation()
    let chunk = try compressor?.compress(bytes, isLast: false) ?? bytes
    let mustWake = try state.withLock { state -> Bool in
      if state.end != nil { throw CancellationError() }
      state.hasWritten = true
      return state.append(chunk)
    }
    if mustWake { loop.onLoop(wake) }
  }

  /// Appends the bytes when nothing was written since the last call: there is no hurry behind a full buffer.
  func beat(_ bytes: [UInt8]) {
    let mustWake = state.withLock { state -> Bool in
      defer { state.hasWritten = false }
      if state.hasWritten || state.end != nil || state.bufferedBytes > 0 { return false }
      return state.append(bytes)
    }
    if mustWake { loop.onLoop(wake) }
  }

  /// No more bytes will come: the stream is complete, has failed, or nobody reads it any more.
  func finish(_ end: End) {
    let trailer = end == .complete ? try? compressor?.compress([], isLast: true) : nil
    let (mustWake, writers) = state.withLock { state in
      if state.end == nil {
        if let trailer, !trailer.isEmpty { _ = state.append(trailer, wakes: false) }
        state.end = end
      }
      let writers = state.writers
      state.writers = []
      return (state.takeWaiting(), writers)
    }
    for writer in writers { writer.resume() }
    if mustWake { loop.onLoop(wake) }
  }

  /// On the loop: fills the connection's buffer.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Answer {
    let (answer, writers) = state.withLock { state -> (Answer, [CheckedContinuation<Void, Never>]) in
      if state.end == .failed || state.end == .abandoned { return (.failed, []) }
      let count = unsafe state.take(into: buffer)
      if count > 0 {
        guard state.bufferedBytes <= bufferedBytesMax / 2 else { return (.bytes(count), []) }
        let writers = state.writers
        state.writers = []
        return (.bytes(count), writers)
      }
      if state.end == .complete { return (.complete, []) }
      state.isReaderWaiting = true
      return (.wait, [])
    }
    for writer in writers { writer.resume() }
    return answer
  }

  private func waitForRoom() async {
    let isFull = state.withLock { $0.end == nil && $0.bufferedBytes >= bufferedBytesMax }
    if !isFull { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let hasRoom = state.withLock { state -> Bool in
          if state.end != nil || state.bufferedBytes < bufferedBytesMax || Task.isCancelled { return true }
          state.writers.append(continuation)
          return false
        }
        if hasRoom { continuation.resume() }
      }
    } onCancel: {
      let writers = state.withLock { state in
        defer { state.writers = [] }
        return state.writers
      }
      for writer in writers { writer.resume() }
    }
  }
}

extension ChunkQueue.State {
  /// Whether the connection must be woken.
  fileprivate mutating func append(_ chunk: [UInt8], wakes: Bool = true) -> Bool {
    if chunk.isEmpty { return false }
    chunks.append(chunk)
    bufferedBytes += chunk.count
    return wakes && takeWaiting()
  }

  fileprivate mutating func takeWaiting() -> Bool {
    defer { isReaderWaiting = false }
    return isReaderWaiting
  }

  fileprivate mutating func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var filled = 0
    while index < chunks.count, filled < buffer.count {
      let chunk = chunks[index]
      let count = min(buffer.count - filled, chunk.count - offset)
      unsafe chunk.withUnsafeBytes { bytes in
        unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
      }
      filled += count
      offset += count
      if offset == chunk.count {
        index += 1
        offset = 0
      }
    }
    if index == chunks.count {
      chunks.removeAll(keepingCapacity: true)
      index = 0
    }
    bufferedBytes -= filled
    return filled
  }
}
