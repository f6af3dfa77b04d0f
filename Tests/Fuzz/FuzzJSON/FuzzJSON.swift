// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// What parses, written again, parses to the same value; and no bytes crash anything.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let decoder = JSONDecoder()
  guard let value = try? decoder.decode(JSONValue.self, from: bytes) else { return 0 }
  guard let written = try? JSONEncoder().encode(value), let again = try? decoder.decode(JSONValue.self, from: written)
  else { fatalError("what was read could not be written and read again") }
  precondition(again == value, "a document changed on its way")
  _ = try? decoder.decode([String: [Int]].self, from: bytes)
  _ = try? JSONSelect.fields(["a.b", "c"], of: bytes)
  return 0
}
