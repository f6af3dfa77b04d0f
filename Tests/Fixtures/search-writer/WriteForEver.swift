// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc
import SearchIndex

/// Changes the index in a folder until it is killed, and tells on standard error what it has committed: `search-writer PATH`.
///
/// After position `p`, the documents are `d(p-49)` to `dp`, and each says `common` and its own number.
func writeForEver(_ arguments: [String]) throws {
  let schema = IndexSchema(version: 1, fields: ["title", "body"], numbers: ["n"])
  let index = try SearchIndex(directory: arguments[1], schema: schema)
  let writer = try index.writer()
  tell("\(getpid())")
  var at = Int(String(decoding: writer.position, as: UTF8.self)) ?? 0
  while true {
    // Between one change and thirty in a commit.
    for _ in 0...(at % 30) {
      at += 1
      try writer.put(
        IndexDocument(
          id: "d\(at)", weight: Int64(at % 17), texts: ["title": "word\(at)", "body": "common"],
          numbers: ["n": Int64(at)],
          keywords: [Keyword("third", "\(at % 3)")]))
      try writer.remove(id: "d\(at - 50)")
    }
    try writer.commit(position: Array(String(at).utf8))
    tell("\(at)")
  }
}

private func tell(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = unsafe write(2, bytes, bytes.count)
}
