// SPDX-License-Identifier: GPL-3.0-or-later

/// Which part of a file a client wants (RFC 9110, section 14).
enum ByteRange: Equatable {
  case whole
  case part(Range<Int>)
  case unsatisfiable

  /// Reads a Range header. Several ranges, other units and nonsense mean the whole, as the RFC allows.
  init(_ header: String?, sizeBytes: Int) {
    self = .whole
    guard let header, header.lowercased().hasPrefix("bytes=") else { return }
    let spec = header.dropFirst(6).filter { $0 != " " && $0 != "\t" }
    let ends = spec.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }) else { return }
    if ends[0].isEmpty {
      // A suffix: the last so many bytes.
      guard !ends[1].isEmpty else { return }
      let length = Int(ends[1]) ?? Int.max
      self = length == 0 || sizeBytes == 0 ? .unsatisfiable : .part(max(0, sizeBytes - length)..<sizeBytes)
      return
    }
    let first = Int(ends[0]) ?? Int.max
    let last = ends[1].isEmpty ? Int.max : Int(ends[1]) ?? Int.max
    if last < first { return }
    self = first >= sizeBytes ? .unsatisfiable : .part(first..<min(last, sizeBytes - 1) + 1)
  }
}
