// SPDX-License-Identifier: GPL-3.0-or-later
import EventLoop

/// Writes a body to its file on the offload pool, one piece at a time and in order, while the next piece gathers.
///
/// A write to a file is usually a copy into memory, but the kernel holds the writer back for up to 200 ms when too
/// many pages wait for a slow disk (balance_dirty_pages); on the loop, every connection would wait with it.
final class SpoolWriter: @unchecked Sendable {
  // Unchecked because everything but the file is confined to the loop, where the pool's answers come back to.
  let file: SpooledFile
  private let loop: EventLoop
  private let pool: OffloadPool
  private let onSettled: () -> Void
  private var gathered: [UInt8] = []
  private var isWriting = false
  private(set) var hasFailed = false

  /// At most two pieces are in memory: the one being written and the one that gathers.
  static let pieceBytes = 65_536

  /// `onSettled` is called on the loop after each write.
  init(_ file: SpooledFile, loop: EventLoop, pool: OffloadPool, onSettled: @escaping () -> Void) {
    self.file = file
    self.loop = loop
    self.pool = pool
    self.onSettled = onSettled
  }

  /// Whether no more may be given before something is written.
  var isFull: Bool { isWriting && gathered.count >= SpoolWriter.pieceBytes }

  func append(_ bytes: UnsafeRawBufferPointer) {
    if hasFailed { return }
    unsafe gathered.append(contentsOf: bytes)
    if gathered.count >= SpoolWriter.pieceBytes { writeGathered() }
  }

  /// Everything was given. Returns whether everything is written; if not, ask again when something has settled.
  func finish() -> Bool {
    writeGathered()
    return !isWriting
  }

  private func writeGathered() {
    if isWriting || hasFailed || gathered.isEmpty { return }
    let piece = gathered
    gathered = []
    isWriting = pool.start { [self] in
      let isWritten = (try? unsafe piece.withUnsafeBytes { unsafe try file.append($0) }) != nil
      loop.execute { self.settle(isWritten) }
    }
    if !isWriting { fail() }
  }

  private func settle(_ isWritten: Bool) {
    isWriting = false
    if isWritten {
      if gathered.count >= SpoolWriter.pieceBytes { writeGathered() }
    } else {
      fail()
    }
    onSettled()
  }

  private func fail() {
    hasFailed = true
    gathered = []
  }
}
