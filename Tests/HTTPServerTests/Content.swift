// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Bytes that differ from place to place. They are made and compared as a whole: a test that walks through millions of
/// them, built for debugging and under a sanitizer, takes longer for that than for what it tests.
enum Content {
  static func bytes(_ count: Int) -> [UInt8] {
    var random = LinearRandom(state: UInt64(count))
    let words = (count + 7) / 8
    var bytes = unsafe [UInt8](unsafeUninitializedCapacity: words * 8) { buffer, filled in
      var index = 0
      while index < words {
        unsafe UnsafeMutableRawBufferPointer(buffer).storeBytes(
          of: random.next(), toByteOffset: index * 8, as: UInt64.self)
        index += 1
      }
      filled = words * 8
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  static func isSame(_ some: [UInt8], _ others: [UInt8]) -> Bool {
    guard some.count == others.count else { return false }
    return unsafe some.isEmpty || memcmp(some, others, some.count) == 0
  }
}

struct LinearRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
