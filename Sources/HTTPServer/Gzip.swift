// SPDX-License-Identifier: GPL-3.0-or-later
internal import CZlib
import Synchronization

/// zlib could not compress, which only happens without memory.
struct GzipFailure: Error {
  var code: Int32
}

/// A gzip stream whose every piece can be decompressed as soon as it has arrived.
@safe
final class GzipStream: @unchecked Sendable {
  // Unchecked because zlib's state is raw memory; it is used under the lock only.
  private let state: UnsafeMutablePointer<z_stream>
  private let lock = Mutex(())

  /// `isSmall` halves the window twice: 40 kB per stream instead of 256.
  init(level: Int32, isSmall: Bool) throws {
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: z_stream())
    // 16 more than the window's bits asks for gzip framing (zlib.h, deflateInit2).
    let result = unsafe deflateInit2_(
      state, level, Z_DEFLATED, isSmall ? 13 + 16 : 15 + 16, isSmall ? 5 : 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    if result != Z_OK {
      unsafe state.deallocate()
      throw GzipFailure(code: result)
    }
  }

  deinit {
    unsafe deflateEnd(state)
    unsafe state.deallocate()
  }

  /// Compresses the bytes and flushes, so that the receiver can read everything written so far.
  func compress(_ bytes: [UInt8], isLast: Bool) throws -> [UInt8] {
    try lock.withLock { _ in
      var output: [UInt8] = []
      // zlib reads the input through a pointer to mutable bytes but never writes there.
      var input = bytes
      let flush = isLast ? Z_FINISH : Z_SYNC_FLUSH
      try unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe state.pointee.next_in = input.baseAddress
        unsafe state.pointee.avail_in = UInt32(input.count)
        var isDone = false
        while !isDone {
          let room = max(256, Int(unsafe deflateBound(state, UInt(state.pointee.avail_in))) + 16)
          var result = Z_OK
          let piece = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            unsafe state.pointee.next_out = buffer.baseAddress
            unsafe state.pointee.avail_out = UInt32(room)
            result = unsafe deflate(state, flush)
            count = room - Int(unsafe state.pointee.avail_out)
          }
          if result == Z_STREAM_ERROR { throw GzipFailure(code: result) }
          output.append(contentsOf: piece)
          isDone = isLast ? result == Z_STREAM_END : piece.count < room
        }
      }
      return output
    }
  }
}

/// What compression does to an answer's headers, and when it is worth its time.
enum Gzip {
  static func compressed(_ bytes: [UInt8], level: Int32) throws -> [UInt8] {
    try GzipStream(level: level, isSmall: false).compress(bytes, isLast: true)
  }

  /// Whether the client takes gzip (RFC 9110, section 12.5.3): named with a weight above zero, or by the star.
  static func isAccepted(by headers: HTTPHeaders) -> Bool {
    var star = false
    for value in headers.values(for: "Accept-Encoding") {
      for element in value.split(separator: ",") {
        let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        guard let name = parts.first else { continue }
        let isRefused = parts.dropFirst().contains {
          $0.hasPrefix("q=0") && !$0.dropFirst(3).contains { $0 != "0" && $0 != "." }
        }
        if name == "gzip" || name == "x-gzip" { return !isRefused }
        if name == "*" { star = !isRefused }
      }
    }
    return star
  }

  /// Whether text of this type shrinks. Pictures, archives and event streams are left alone.
  static func helps(contentType: String?) -> Bool {
    guard let type = contentType?.prefix(while: { $0 != ";" && $0 != " " }).lowercased() else { return false }
    if type == "text/event-stream" { return false }
    if type.hasPrefix("text/") || type.hasSuffix("+json") || type.hasSuffix("+xml") { return true }
    return ["application/json", "application/javascript", "application/xml", "application/x-ndjson"].contains(type)
  }

  /// Says that the body is compressed: a strong entity tag names this form of it.
  static func describe(in headers: inout HTTPHeaders) {
    headers["Content-Encoding"] = "gzip"
    if let tag = headers["ETag"] { headers["ETag"] = suffixed(tag) }
  }

  static func suffixed(_ tag: String) -> String {
    tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count > 1 ? tag.dropLast() + "-gzip\"" : tag
  }

  /// Entity tags as the handler wrote them.
  static func withoutSuffixes(_ tags: String) -> String {
    tags.split(separator: "-gzip\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }

  static func varies(_ headers: inout HTTPHeaders) {
    if headers.lists("accept-encoding", in: "Vary") || headers["Vary"] == "*" { return }
    headers.add("Vary", "Accept-Encoding")
  }
}
