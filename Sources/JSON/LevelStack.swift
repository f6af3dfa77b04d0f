// SPDX-License-Identifier: GPL-3.0-or-later

/// The containers that are open while encoding, outermost first.
///
/// Fields sit behind one pointer, so that touching them costs no exclusivity check.
@safe
final class LevelStack {
  struct Level {
    let isObject: Bool
    let serial: UInt32
  }

  @unsafe
  private struct Fields {
    var levels: UnsafeMutablePointer<Level>
    var capacity: Int
    var count = 0
    var serial: UInt32 = 0
  }

  private let fields: UnsafeMutablePointer<Fields>

  init() {
    unsafe fields = .allocate(capacity: 1)
    unsafe fields.initialize(to: Fields(levels: .allocate(capacity: 16), capacity: 16))
  }

  deinit {
    unsafe fields.pointee.levels.deallocate()
    unsafe fields.deallocate()
  }

  @inline(__always)
  var count: Int { unsafe fields.pointee.count }

  @inline(__always)
  subscript(i: Int) -> Level {
    assert(i >= 0 && i < count)
    return unsafe fields.pointee.levels[i]
  }

  /// The new level's number, never used before.
  @inline(__always)
  func push(object isObject: Bool) -> UInt32 {
    if unsafe fields.pointee.count == fields.pointee.capacity { grow() }
    unsafe fields.pointee.serial &+= 1
    unsafe fields.pointee.levels[count] = Level(isObject: isObject, serial: fields.pointee.serial)
    unsafe fields.pointee.count &+= 1
    return unsafe fields.pointee.serial
  }

  @inline(__always)
  func pop() -> Level {
    assert(count > 0)
    unsafe fields.pointee.count &-= 1
    return unsafe fields.pointee.levels[count]
  }

  private func grow() {
    let wider = unsafe UnsafeMutablePointer<Level>.allocate(capacity: fields.pointee.capacity * 2)
    unsafe wider.update(from: fields.pointee.levels, count: count)
    unsafe fields.pointee.levels.deallocate()
    unsafe fields.pointee.levels = wider
    unsafe fields.pointee.capacity *= 2
  }
}
