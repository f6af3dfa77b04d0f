// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Growing bytes, written through a raw pointer; both writers append to one.
///
/// Fields sit behind one pointer, so that touching them costs no exclusivity check.
@safe
final class OutputBuffer {
  @unsafe
  private struct Fields {
    var base: UnsafeMutablePointer<UInt8>
    var capacity: Int
    var count = 0
  }

  private let fields: UnsafeMutablePointer<Fields>

  init(capacity: Int) {
    let capacity = max(capacity, 64)
    unsafe fields = .allocate(capacity: 1)
    unsafe fields.initialize(to: Fields(base: .allocate(capacity: capacity), capacity: capacity))
  }

  deinit {
    unsafe fields.pointee.base.deallocate()
    unsafe fields.deallocate()
  }

  @inline(__always)
  var count: Int { unsafe fields.pointee.count }

  var bytes: [UInt8] { unsafe [UInt8](UnsafeBufferPointer(start: fields.pointee.base, count: count)) }

  @inline(__always)
  var last: UInt8 { count == 0 ? 0 : unsafe fields.pointee.base[count &- 1] }

  /// Room for `more` bytes, and where to write them; `wrote` then counts them.
  @inline(__always)
  func room(_ more: Int) -> UnsafeMutablePointer<UInt8> {
    if unsafe count &+ more > fields.pointee.capacity { grow(more) }
    return unsafe fields.pointee.base + count
  }

  @inline(__always)
  func wrote(_ n: Int) {
    assert(unsafe count + n <= fields.pointee.capacity)
    unsafe fields.pointee.count &+= n
  }

  @inline(never)
  private func grow(_ more: Int) {
    let capacity = unsafe max(fields.pointee.capacity * 2, count + more)
    let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    unsafe wider.update(from: fields.pointee.base, count: count)
    unsafe fields.pointee.base.deallocate()
    unsafe fields.pointee.base = wider
    unsafe fields.pointee.capacity = capacity
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
