// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc
internal import Synchronization

/// The log of what is read of many documents in one search: numbers, places, traits. Readers keep it in memory; see
/// columns.h for the layout.
enum ColumnLog {
  static let kind = Array("CXCOLS1\n".utf8)

  /// One record: what a document has, under its docid.
  static func record(_ docid: UInt32, _ content: [UInt8]) -> [UInt8] {
    var body = PackedOutput()
    body.u32(Int(docid))
    body.raw(content)
    var out = PackedOutput()
    out.u32(body.bytes.count)
    out.u32(Int(checksum(body.bytes)))
    out.raw(body.bytes)
    return out.bytes
  }

  /// FNV-1a.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}

/// A log that is made anew, by many threads.
final class NewColumnLog: Sendable {
  private let file: AppendedFile

  init(path: String) throws {
    file = try AppendedFile(path: path, isNew: true)
    try file.append(ColumnLog.kind)
  }

  func append(_ records: [UInt8]) throws { try file.append(records) }
  var length: Int { file.length }
}

/// A log that goes on. What was written and not committed is cut off when it is opened.
struct OpenColumnLog {
  private let file: AppendedFile
  private var pending: [UInt8] = []

  init(path: String, committed: Int) throws {
    file = try AppendedFile(path: path, isNew: false)
    try file.cut(to: committed)
  }

  mutating func add(_ docid: UInt32, _ content: [UInt8]) { pending += ColumnLog.record(docid, content) }

  /// Writes what is pending and returns how long the log is: to be committed with the documents.
  mutating func flush() throws -> Int {
    if !pending.isEmpty {
      try file.append(pending)
      try file.synchronise()
      pending.removeAll(keepingCapacity: true)
    }
    return file.length
  }
}

/// A file that grows at its end.
private final class AppendedFile: Sendable {
  private let file: Int32
  private let path: String
  private let end = Mutex(0)

  init(path: String, isNew: Bool) throws {
    self.path = path
    file = unsafe open(path, O_RDWR | O_CLOEXEC | (isNew ? O_CREAT | O_TRUNC : 0), 0o644)
    guard file >= 0 else { throw Files.failure("open", path) }
  }

  deinit { close(file) }

  var length: Int { end.withLock { $0 } }

  func append(_ bytes: [UInt8]) throws {
    try end.withLock { end in
      var done = 0
      while done < bytes.count {
        let count = unsafe bytes.withUnsafeBytes {
          unsafe pwrite(file, $0.baseAddress! + done, bytes.count - done, end + done)
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw Files.failure("write", path) }
        done += count
      }
      end += done
    }
  }

  func cut(to length: Int) throws {
    try end.withLock { end in
      guard (Files.size(path) ?? 0) >= length else { throw IndexFailure(.damaged, "\(path) is too short") }
      if ftruncate(file, length) != 0 { throw Files.failure("truncate", path) }
      end = length
    }
  }

  func synchronise() throws { if fdatasync(file) != 0 { throw Files.failure("fsync", path) } }
}
