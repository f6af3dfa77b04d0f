// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Bytes that someone else keeps alive; indices are checked in debug builds.
@safe
struct ByteView {
  let base: UnsafePointer<UInt8>?
  let count: Int

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe base = bytes.baseAddress
    count = bytes.count
  }

  @inline(__always)
  init(start: UnsafePointer<UInt8>, count: Int) {
    unsafe base = start
    self.count = count
  }

  @inline(__always)
  subscript(i: Int) -> UInt8 {
    assert(i >= 0 && i < count)
    // Every caller stays below `count`, and an empty view is never indexed.
    return unsafe base.unsafelyUnwrapped[i]
  }

  /// Eight bytes at `i` as a little-endian word; the caller knows that they are there.
  @inline(__always)
  func word(at i: Int) -> UInt64 {
    assert(i >= 0 && i + 8 <= count)
    return unsafe UnsafeRawPointer(base.unsafelyUnwrapped + i).loadUnaligned(as: UInt64.self)
  }

  @inline(__always)
  var text: String { unsafe String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self) }

  var buffer: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: base, count: count) }

  var array: [UInt8] { unsafe [UInt8](UnsafeBufferPointer(start: base, count: count)) }

  @inline(__always)
  static func == (a: ByteView, b: ByteView) -> Bool {
    guard a.count == b.count else { return false }
    if a.count == 0 { return true }
    return unsafe memcmp(a.base.unsafelyUnwrapped, b.base.unsafelyUnwrapped, a.count) == 0
  }
}

/// Marks with a high bit, among eight bytes, those that a string may not hold bare: quote, backslash, control.
/// Only the lowest mark is exact (borrows spoil those above it).
@inline(__always)
func marks(ofSpecialIn word: UInt64) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let quote = (word ^ (ones &* 0x22)) &- ones
  let backslash = (word ^ (ones &* 0x5c)) &- ones
  let control = word &- (ones &* 0x20)
  return (quote | backslash | control) & ~word & (ones &* 0x80)
}
