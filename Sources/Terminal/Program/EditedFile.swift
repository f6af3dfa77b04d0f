// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// A text in a file of its own, readable by its owner only, for the time an editor has it.
struct EditedFile: Sendable {
  let path: String

  /// Writes the text, or nothing when no file can be made.
  init?(text: String, suffix: String) {
    let directory = environment("XDG_RUNTIME_DIR") ?? environment("TMPDIR") ?? "/tmp"
    let ending = suffix.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
    var template = Array("\(directory)/edit-XXXXXX\(ending)".utf8CString)
    let fd = unsafe template.withUnsafeMutableBufferPointer {
      unsafe mkstemps($0.baseAddress!, Int32(ending.utf8.count))
    }
    if fd < 0 { return nil }
    defer { close(fd) }
    path = unsafe template.withUnsafeBufferPointer { unsafe String(cString: $0.baseAddress!) }
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { unsafe write(fd, $0.baseAddress! + done, bytes.count - done) }
      if count <= 0 {
        unsafe unlink(path)
        return nil
      }
      done += count
    }
  }

  /// What the shell runs: the person's editor on the file.
  var command: String {
    let editor = environment("VISUAL") ?? environment("EDITOR") ?? "vi"
    return "\(editor) '\(path)'"
  }

  /// Reads the file back and removes it. At most a mebibyte.
  func take() -> String? {
    defer { unsafe unlink(path) }
    let fd = unsafe open(path, O_RDONLY | O_CLOEXEC)
    if fd < 0 { return nil }
    defer { close(fd) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(fd, $0.baseAddress! + done, $0.count - done) }
      if count <= 0 { break }
      done += count
    }
    return String(decoding: bytes[0..<done], as: UTF8.self)
  }
}
