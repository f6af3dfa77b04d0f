// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// The files of an index. Every call throws what the kernel said.
enum Files {
  static func makeFolder(_ path: String) throws {
    if unsafe mkdir(path, 0o755) != 0 && errno != EEXIST { throw failure("mkdir", path) }
  }

  static func names(in folder: String) throws -> [String] {
    guard let stream = unsafe opendir(folder) else { throw failure("opendir", folder) }
    defer { unsafe closedir(stream) }
    var out: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { out.append(name) }
    }
    return out.sorted()
  }

  /// Nil where there is no such file.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Nil where there is no such file.
  static func read(_ path: String) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// The file has the old text or the new one, whatever happens.
  static func replace(_ path: String, with text: String) throws {
    let draft = path + ".new"
    let file = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure("open", draft) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard unsafe write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else { throw failure("write", draft) }
    guard unsafe rename(draft, path) == 0 else { throw failure("rename", path) }
    try synchronise(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
  }

  /// Waits until a file or folder is on the disk.
  static func synchronise(_ path: String) throws {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure("open", path) }
    defer { close(file) }
    if fsync(file) != 0 { throw failure("fsync", path) }
  }

  /// Removes a folder of files and folders; one that is not there is fine.
  /// Whoever still has it open may put something in meanwhile: then it is looked into again, a few times.
  static func removeTree(_ path: String) throws {
    if unsafe unlink(path) == 0 || errno == ENOENT { return }
    guard errno == EISDIR || errno == EPERM else { throw failure("unlink", path) }
    for _ in 0..<8 {
      for name in try names(in: path) { try removeTree(path + "/" + name) }
      if unsafe rmdir(path) == 0 || errno == ENOENT { return }
      if errno != ENOTEMPTY { break }
    }
    throw failure("rmdir", path)
  }

  static func failure(_ call: String, _ path: String) -> IndexFailure {
    let code = errno
    return IndexFailure(.failed, "\(call) \(path): \(unsafe String(cString: strerror(code)))")
  }
}

/// Held by one process and one owner in it; the kernel frees it when they die.
final class IndexLock: Sendable {
  private let file: Int32

  init(path: String) throws {
    file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Files.failure("open", path) }
    if flock(file, LOCK_EX | LOCK_NB) != 0 {
      let isHeld = errno == EWOULDBLOCK
      let failure = Files.failure("flock", path)
      close(file)
      throw isHeld ? IndexFailure(.locked, "\(path) is held") : failure
    }
  }

  deinit { close(file) }
}
