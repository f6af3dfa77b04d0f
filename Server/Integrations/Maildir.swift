// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Glibc
import HTTPClient

/// A folder of messages as mail programs know it: a message is written to `tmp` and appears whole in `new`.
struct Maildir: Sendable {
  let path: String

  func put(_ message: [UInt8]) throws {
    for folder in ["cur", "new", "tmp"] { try Files.makeDirectory("\(path)/\(folder)") }
    // Ordered by time, so that the last name is the newest message.
    let name = "\(Maildir.moment()).\(getpid())_\(RandomID.make()).souk"
    try Files.write(message, to: "\(path)/tmp/\(name)", mode: 0o600)
    guard unsafe rename("\(path)/tmp/\(name)", "\(path)/new/\(name)") == 0 else {
      throw FileFailure(operation: "move a message to \(path)/new", code: errno)
    }
  }

  /// The newest messages first, as they were written.
  func newest(_ count: Int) throws -> [String] {
    guard let folder = unsafe opendir("\(path)/new") else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return try names.sorted().suffix(count).reversed().map { name in
      String(decoding: try Files.read("\(path)/new/\(name)"), as: UTF8.self)
    }
  }

  private static func moment() -> String {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    let microseconds = String(time.tv_nsec / 1000)
    return "\(time.tv_sec).M\(String(repeating: "0", count: 6 - microseconds.count))\(microseconds)"
  }
}
