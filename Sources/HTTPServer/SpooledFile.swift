// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Synchronization

/// A request body on disk. The file is deleted with the last reference to it, unless it was moved.
public final class SpooledFile: Sendable {
  public let path: String
  private let state: Mutex<State>

  private struct State {
    var descriptor: Int32
    var sizeBytes = 0
    var isMoved = false
  }

  /// A file operation that failed.
  public struct Failure: Error, CustomStringConvertible {
    public var operation: String
    public var code: Int32
    public var description: String { unsafe "\(operation): \(String(cString: strerror(code)))" }
  }

  public init(directory: String) throws {
    var template = Array("\(directory)/upload-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    if descriptor < 0 { throw Failure(operation: "create a file in \(directory)", code: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    state = Mutex(State(descriptor: descriptor))
  }

  deinit {
    let last = state.withLock { $0 }
    if last.descriptor >= 0 { close(last.descriptor) }
    if !last.isMoved { unsafe unlink(path) }
  }

  public var sizeBytes: Int { state.withLock { $0.sizeBytes } }

  /// Gives the file another name on the same file system and keeps it.
  public func move(to destination: String) throws {
    if unsafe rename(path, destination) != 0 { throw Failure(operation: "move to \(destination)", code: errno) }
    state.withLock { $0.isMoved = true }
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = unsafe bytes
    while unsafe !rest.isEmpty {
      let descriptor = state.withLock { $0.descriptor }
      let written = unsafe write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw Failure(operation: "write to \(path)", code: errno)
      }
      state.withLock { $0.sizeBytes += written }
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
    }
  }

  /// Closes the descriptor: everything has arrived.
  func seal() {
    let descriptor = state.withLock { state in
      defer { state.descriptor = -1 }
      return state.descriptor
    }
    if descriptor >= 0 { close(descriptor) }
  }
}
