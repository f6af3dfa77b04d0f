// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

/// libFuzzer's entry: any bytes, in two pieces, must be decoded without a trap, and mean what they mean in one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  var whole = KeyDecoder()
  let expected = whole.feed(bytes) + whole.timeOut()
  let cut = bytes.first.map { Int($0) % max(1, count) } ?? 0
  var split = KeyDecoder()
  let found = split.feed(bytes[..<cut]) + split.feed(bytes[cut...]) + split.timeOut()
  precondition(found == expected, "where a read splits the bytes does not matter")
  precondition(!split.isWaiting, "a time-out frees the decoder")
  return 0
}
