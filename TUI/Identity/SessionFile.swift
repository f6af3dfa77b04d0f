// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import JSON
import Market

/// The session of a server, in a file that only its owner may read. The token is nowhere else.
struct SessionFile: Sendable {
  let path: String

  func read() -> Session? {
    guard let bytes = PrivateFile.read(path) else { return nil }
    var decoder = JSONDecoder()
    decoder.unknownKeys = .ignore
    return try? decoder.decode(Session.self, from: bytes)
  }

  func write(_ session: Session) throws {
    try PrivateFile.write(path, try JSONEncoder().encode(session))
  }

  func remove() { unsafe unlink(path) }
}

/// Files with mode 0600, replaced whole.
enum PrivateFile {
  struct Failure: Error, CustomStringConvertible {
    var path: String
    var description: String { "\(path) cannot be written" }
  }

  private static let bytesMax = 1 << 20

  static func read(_ path: String) -> [UInt8]? {
    let fd = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if fd < 0 { return nil }
    defer { close(fd) }
    var bytes = [UInt8](repeating: 0, count: bytesMax)
    var done = 0
    while done < bytesMax {
      let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(fd, $0.baseAddress! + done, $0.count - done) }
      if count <= 0 { break }
      done += count
    }
    return Array(bytes[..<done])
  }

  static func write(_ path: String, _ bytes: [UInt8]) throws {
    Places.makeDirectory(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    let temporary = "\(path).\(getpid())"
    let fd = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard fd >= 0 else { throw Failure(path: path) }
    let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(fd, $0.baseAddress, $0.count) }
    let isSynced = fsync(fd) == 0
    close(fd)
    guard written == bytes.count, isSynced, unsafe rename(temporary, path) == 0 else {
      unsafe unlink(temporary)
      throw Failure(path: path)
    }
  }
}
