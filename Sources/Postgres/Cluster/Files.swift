// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Glibc

/// The few things done to files here; every failure names the path.
package enum Files {
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  static func check(_ result: Int32, _ path: String) throws {
    if result != 0 { throw unsafe ClusterError.files(path: path, problem: String(cString: strerror(errno))) }
  }

  /// Makes a directory if there is none, and gives it to the user.
  static func makeDirectory(_ path: String, mode: mode_t, owner: SystemUser?) throws {
    if unsafe mkdir(path, mode) != 0 && errno != EEXIST { try check(-1, path) }
    try unsafe check(chmod(path, mode), path)
    if let owner { try unsafe check(chown(path, owner.uid, owner.gid), path) }
  }

  static func makeParents(of path: String) {
    var parent = ""
    for part in path.split(separator: "/").dropLast() {
      parent += "/" + part
      _ = unsafe mkdir(parent, 0o755)
    }
  }

  static func write(_ text: String, to path: String, owner: SystemUser?) throws {
    let fd = unsafe open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
    if fd < 0 { try check(-1, path) }
    defer { close(fd) }
    var text = text
    let count = text.utf8.count
    let written = text.withUTF8 { unsafe Glibc.write(fd, $0.baseAddress, count) }
    if written != count { try check(-1, path) }
    if let owner { try check(fchown(fd, owner.uid, owner.gid), path) }
  }

  /// The end of a text file from an offset on, at most 4 KiB.
  static func tail(of path: String, from offset: Int = 0) -> String {
    let fd = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if fd < 0 { return "" }
    defer { close(fd) }
    let end = Int(lseek(fd, 0, SEEK_END))
    let start = max(offset, end - 4096)
    var bytes = [UInt8](repeating: 0, count: max(0, end - start))
    let count = unsafe pread(fd, &bytes, bytes.count, start)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  /// The room for files of others than root; a great deal when nobody knows.
  static func freeBytes(at path: String) -> Int {
    var status = statvfs()
    guard unsafe statvfs(path, &status) == 0 else { return Int.max }
    return Int(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  }

  static func size(of path: String) -> Int {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  package static func names(in directory: String) -> [String] {
    guard let stream = unsafe opendir(directory) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Makes a rename or a new file in the directory durable.
  static func synchronise(directory: String) throws {
    let fd = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if fd < 0 { try check(-1, directory) }
    defer { close(fd) }
    try check(fsync(fd), directory)
  }

  /// The first directory on the way to a path that the user may not pass through.
  static func obstacle(to path: String, for user: SystemUser) -> String? {
    var place = ""
    for part in path.split(separator: "/").dropLast() {
      place += "/" + part
      var status = stat()
      if unsafe stat(place, &status) != 0 { return place }
      let mask: mode_t =
        status.st_uid == user.uid ? 0o100 : user.groups.contains(status.st_gid) ? 0o010 : 0o001
      if status.st_mode & mask == 0 { return place }
    }
    return nil
  }
}

extension Files {
  /// Removes a directory with everything in it; links are removed, not followed.
  package static func remove(tree path: String) {
    var status = stat()
    if unsafe lstat(path, &status) != 0 { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in names(in: path) { remove(tree: path + "/" + name) }
      _ = unsafe rmdir(path)
    } else {
      _ = unsafe unlink(path)
    }
  }
}
