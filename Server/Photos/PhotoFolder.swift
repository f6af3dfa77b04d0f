// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import Market

/// Pictures on disk, named by their content: `photos/ab/cdef…/medium.png`. A picture's folder appears whole or not at all.
struct PhotoFolder: Sendable {
  let directory: String

  func path(_ id: PhotoID, _ size: PhotoSize) -> String { "\(folder(id))/\(size.rawValue).png" }

  func has(_ id: PhotoID) -> Bool { unsafe access(path(id, .large), R_OK) == 0 }

  /// Keeps the sizes of a picture. Blocking: call it on the offload pool.
  func keep(_ id: PhotoID, _ pictures: [(size: PhotoSize, bytes: [UInt8])]) throws {
    if has(id) { return }
    let final = folder(id)
    try Files.makeDirectory(String(final.prefix(upTo: final.lastIndex(of: "/") ?? final.endIndex)))
    let draft = "\(final).\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try Files.makeDirectory(draft)
    for picture in pictures { try Files.write(picture.bytes, to: "\(draft)/\(picture.size.rawValue).png") }
    // Somebody may have kept the same picture meanwhile: then theirs stays.
    if unsafe rename(draft, final) != 0 {
      for picture in pictures { unsafe unlink("\(draft)/\(picture.size.rawValue).png") }
      unsafe rmdir(draft)
      if !has(id) { throw FileFailure(operation: "keep a picture in \(final)", code: errno) }
    }
  }

  private func folder(_ id: PhotoID) -> String { "\(directory)/\(id.text.prefix(2))/\(id.text.dropFirst(2))" }
}
