// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A file operation that failed.
struct FileFailure: Error, CustomStringConvertible {
  var operation: String
  var code: Int32
  var description: String { unsafe "cannot \(operation): \(String(cString: strerror(code)))" }
}

/// Blocking file operations.
enum Files {
  /// Makes a directory and those above it.
  static func makeDirectory(_ path: String) throws {
    if unsafe mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw FileFailure(operation: "make the directory \(path)", code: errno)
    }
    try makeDirectory(String(path[..<slash]))
    if unsafe mkdir(path, 0o755) != 0 && errno != EEXIST {
      throw FileFailure(operation: "make the directory \(path)", code: errno)
    }
  }

  /// The current directory, which may have been removed meanwhile.
  static func workingDirectory() throws -> String {
    guard let path = unsafe getcwd(nil, 0) else {
      throw FileFailure(operation: "find the current directory", code: errno)
    }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// A whole file; one that is larger than it can rightly be is not read to its end, which may not exist.
  static func read(_ path: String, bytesMax: Int = 1 << 24) throws -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if file < 0 { throw FileFailure(operation: "open \(path)", code: errno) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe Glibc.read(file, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw FileFailure(operation: "read \(path)", code: errno) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > bytesMax { throw FileFailure(operation: "read \(path)", code: EFBIG) }
    }
  }

  /// Writes a new file and waits until it is on the disk.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    if file < 0 { throw FileFailure(operation: "create \(path)", code: errno) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw FileFailure(operation: "write \(path)", code: errno) }
      rest = rest.dropFirst(count)
    }
    if fsync(file) != 0 { throw FileFailure(operation: "write \(path)", code: errno) }
  }
}
