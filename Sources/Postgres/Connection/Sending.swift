// SPDX-License-Identifier: GPL-3.0-or-later
internal import CPostgres
import EventLoop

/// Threads for the few calls of libpq that block: looking host names up and cancelling.
enum BlockingCalls {
  static let pool = OffloadPool(threadCount: 2, name: "postgres")
}

/// A connection that is being opened, on its way to its loop.
@safe
struct HandleBox: @unchecked Sendable {
  // Unchecked because it is handed over, never shared.
  let handle: OpaquePointer?
  init(_ handle: OpaquePointer?) { unsafe self.handle = handle }

  static func start(_ info: ConnectionInfo) -> HandleBox {
    let pairs = info.keywords + [("client_encoding", "UTF8"), ("fallback_application_name", "swift")]
    let names = TextPointers(pairs.map(\.name))
    let values = TextPointers(pairs.map(\.value))
    return unsafe names.withPointer { names in
      unsafe values.withPointer { values in unsafe HandleBox(PQconnectStartParams(names, values, 1)) }
    }
  }
}

/// A request to end what a connection runs; made on the loop, sent from another thread, which libpq allows.
@safe
final class CancelBox: @unchecked Sendable {
  // Unchecked because PGcancel is made for this: PQcancel may be called from any thread.
  private let request: OpaquePointer
  init(_ request: OpaquePointer) { unsafe self.request = request }
  deinit { unsafe PQfreeCancel(request) }

  /// Blocks until the server has taken the request. Returns the problem, or nothing.
  func send() -> String {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      if unsafe PQcancel(request, buffer.baseAddress, 256) == 1 { return "" }
      return unsafe buffer.baseAddress.map { unsafe String(cString: $0).trimmedLine } ?? "cancelling failed"
    }
  }
}

/// C strings for one call, with a null at the end.
@safe
struct TextPointers {
  private let texts: [[CChar]]
  init(_ texts: [String]) { self.texts = texts.map { Array($0.utf8CString) } }

  func withPointer<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result {
    let joined = texts.flatMap(\.self)
    return unsafe joined.withUnsafeBufferPointer { joined in
      unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: texts.count + 1) { pointers in
        var offset = 0
        for index in texts.indices {
          unsafe pointers[index] = joined.baseAddress.map { unsafe $0 + offset }
          offset += texts[index].count
        }
        unsafe pointers[texts.count] = nil
        return unsafe body(UnsafePointer(pointers.baseAddress!))
      }
    }
  }
}

extension SQL {
  /// Why the statement cannot be sent at all, if so.
  var refusal: PostgresError? {
    if parameters.count > 65535 {
      return PostgresError(sqlState: "54023", message: "\(parameters.count) parameters, 65535 are possible", sql: text)
    }
    if hasZeroByteInText || text.utf8.contains(0) {
      return PostgresError(sqlState: "22021", message: "a text holds a zero byte", sql: text)
    }
    return nil
  }

  /// Queues the execution of a prepared statement with these values. No value is copied.
  func sendPrepared(_ handle: OpaquePointer?, _ name: String) -> Bool {
    let count = parameters.count
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { numbers in
          for index in 0..<count {
            let parameter = parameters[index]
            unsafe values[index] = SQL.pointer(to: parameter, in: bytes)
            unsafe numbers[index] = Int32(max(0, parameter.length))
            unsafe numbers[count + index] = parameter.isBinary ? 1 : 0
          }
          let lengths = unsafe UnsafePointer(numbers.baseAddress)
          return unsafe PQsendQueryPrepared(
            handle, name, Int32(count), values.baseAddress, lengths, lengths.map { unsafe $0 + count }, 1) == 1
        }
      }
    }
  }

  private static func pointer(
    to parameter: Parameter, in bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafePointer<CChar>? {
    if parameter.length < 0 { return nil }
    // An empty binary value still needs an address: null means null.
    guard let base = bytes.baseAddress else { return unsafe SQL.emptyValue }
    return unsafe UnsafeRawPointer(base + parameter.offset).assumingMemoryBound(to: CChar.self)
  }

  nonisolated(unsafe) private static let emptyValue: UnsafePointer<CChar> = {
    let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    unsafe byte.initialize(to: 0)
    return unsafe UnsafePointer(byte)
  }()
}
