// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Growing bytes, written through a raw pointer; both writers append to one.
@safe
final class OutputBuffer {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    unsafe base = .allocate(capacity: self.capacity)
  }

  deinit { unsafe base.deallocate() }

  var bytes: [UInt8] { unsafe [UInt8](UnsafeBufferPointer(start: base, count: count)) }

  @inline(__always)
  var last: UInt8 { count == 0 ? 0 : unsafe base[count &- 1] }

  /// Room for `more` bytes, and where to write them; `wrote` then counts them.
  @inline(__always)
  func room(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if count &+ more > capacity { grow(more) }
    return unsafe base + count
  }

  @inline(__always)
  func wrote(_ n: Int) {
    assert(count + n <= capacity)
    count &+= n
  }

  @inline(never)
  private func grow(_ more: Int) {
    capacity = max(capacity * 2, count + more)
    let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    unsafe wider.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = wider
  }

  @inline(__always)
  func byte(_ byte: UInt8) {
    unsafe room(1).pointee = byte
    wrote(1)
  }

  @inline(__always)
  func literal(_ text: StaticString) {
    unsafe append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(__always)
  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    unsafe memcpy(room(bytes.count), start, bytes.count)
    wrote(bytes.count)
  }

  /// A comma, unless this is the first thing in a container, after a key, or in the document.
  ///
  /// Values end with a quote, digit, letter or closing bracket, so the last byte tells.
  @inline(__always)
  func separate() {
    switch last {
    case 0, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
    default: byte(UInt8(ascii: ","))
    }
  }
}
