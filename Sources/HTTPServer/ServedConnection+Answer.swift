// SPDX-License-Identifier: GPL-3.0-or-later
internal import CMicroHTTPD
import EventLoop
import Glibc

extension ServedConnection {
  /// Gives the answer to the library. Returns whether the connection may go on.
  func send(_ answer: PreparedAnswer) -> Bool {
    pending = nil
    enter(.answering)
    movesInPieces = answer.body.movesInPieces
    server.work.noteUnfinished()
    guard let response = unsafe makeResponse(answer.body, isHead: answer.isHead) else { return false }
    unsafe answer.headers.bytes.withUnsafeBytes { bytes in
      for entry in answer.headers.entries where !isOurs(entry, answer.headers) {
        guard let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { continue }
        unsafe cmhd_add_header(response, start + entry.name, start + entry.value)
      }
    }
    if server.isDraining { unsafe cmhd_add_header(response, "Connection", "close") }
    let isQueued = unsafe queueAnswer(handle, UInt32(answer.status), response)
    unsafe MHD_destroy_response(response)
    return isQueued
  }

  /// The headers that only the server knows.
  private func isOurs(_ entry: HTTPHeaders.Entry, _ headers: HTTPHeaders) -> Bool {
    switch entry.nameLength {
    case 4: headers.matches(entry, "Date")
    case 14: headers.matches(entry, "Content-Length")
    case 17: headers.matches(entry, "Transfer-Encoding")
    case 10: server.isDraining && headers.matches(entry, "Connection")
    default: false
    }
  }

  private func makeResponse(_ body: PreparedAnswer.Body, isHead: Bool) -> OpaquePointer? {
    switch body {
    case .empty: return unsafe cmhd_response_copying(0, nil)
    case .bytes(let bytes):
      server.counters.bodyBytesQueued.add(bytes.count)
      return unsafe makeResponse(bytes)
    case .file(let file, let range):
      server.counters.bodyBytesQueued.add(range.count)
      return unsafe MHD_create_response_from_fd_at_offset64(
        UInt64(range.count), file.duplicate(), UInt64(range.lowerBound))
    // Of a chunked answer to HEAD, version 0.9.75 of the library sends the last chunk all the same, which the client
    // takes for the beginning of its next answer. So this head is the connection's last, and has no chunks.
    case .stream where isHead: return unsafe cmhd_response_head_only()
    case .stream(let stream, let isCompressed): return unsafe makeResponse(stream, isCompressed: isCompressed)
    }
  }

  private func makeResponse(_ bytes: [UInt8]) -> OpaquePointer? {
    // Copying a page or two costs less than keeping the array; more is sent from where it is.
    if bytes.count <= PreparedAnswer.smallBytesMax {
      return unsafe bytes.withUnsafeBytes { unsafe cmhd_response_copying($0.count, $0.baseAddress) }
    }
    let kept = KeptBytes(bytes)
    return unsafe kept.bytes.withUnsafeBytes { buffer in
      // An array's storage does not move while the array is referenced unchanged, and `kept` never changes.
      let start = unsafe UnsafeMutableRawPointer(mutating: buffer.baseAddress)
      return unsafe MHD_create_response_from_buffer_with_free_callback_cls(
        buffer.count, start, releaseBytes, Unmanaged.passRetained(kept).toOpaque())
    }
  }

  private func makeResponse(_ stream: HTTPStream, isCompressed: Bool) -> OpaquePointer? {
    let number = number
    let compressor = isCompressed ? try? GzipStream(level: configuration.compressionLevel, isSmall: true) : nil
    if isCompressed && compressor == nil { return nil }
    let queue = ChunkQueue(
      loop: server.loop, bufferedBytesMax: configuration.streamBufferBytes, compressor: compressor,
      wake: { [weak self] in
        guard let self, self.number == number else { return }
        resume()
      })
    let context = StreamContext(connection: self, queue: queue)
    let response = unsafe cmhd_response_streaming(
      readCallback, Unmanaged.passRetained(context).toOpaque(), releaseStream)
    begin(queue, heartbeat: stream.heartbeat)
    task = Task(executorPreference: server.loop) {
      do {
        try await stream.produce(HTTPStreamWriter(queue: queue))
        queue.finish(.complete)
      } catch {
        queue.finish(.failed)
      }
    }
    return unsafe response
  }

  /// Fills the library's buffer, or puts the connection to sleep until there is something.
  func read(_ queue: ChunkQueue, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    switch unsafe queue.read(into: buffer) {
    case .bytes(let count):
      server.counters.bodyBytesQueued.add(count)
      return count
    case .wait:
      suspend()
      return 0
    case .complete: return -1  // MHD_CONTENT_READER_END_OF_STREAM
    case .failed: return -2  // MHD_CONTENT_READER_END_WITH_ERROR
    }
  }
}

/// Bytes that the library sends from where they are.
final class KeptBytes: Sendable {
  let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// What the library's reader of a stream needs.
final class StreamContext: Sendable {
  let connection: ServedConnection
  let queue: ChunkQueue
  init(connection: ServedConnection, queue: ChunkQueue) {
    self.connection = connection
    self.queue = queue
  }
}

private func releaseBytes(_ context: UnsafeMutableRawPointer?) {
  guard let context = unsafe context else { return }
  unsafe Unmanaged<KeptBytes>.fromOpaque(context).release()
}

private func releaseStream(_ context: UnsafeMutableRawPointer?) {
  guard let context = unsafe context else { return }
  unsafe Unmanaged<StreamContext>.fromOpaque(context).release()
}

private func readCallback(
  _ context: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
  guard let context = unsafe context, let buffer = unsafe buffer else { return -2 }
  let stream = unsafe Unmanaged<StreamContext>.fromOpaque(context).takeUnretainedValue()
  return unsafe stream.connection.read(stream.queue, into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
}
