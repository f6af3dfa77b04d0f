// SPDX-License-Identifier: GPL-3.0-or-later
import Terminal

extension QueueScreen {
  func outline(_ context: Context) -> [OutlineLine] {
    let count = Words.count(context.queue.count, "change waits", "changes wait")
    return [OutlineLine(context.queue.isEmpty ? "Unsent: everything has gone out" : "Unsent: \(count)")]
      + context.queue.enumerated().map { index, change in
        OutlineLine("\(change.title), \(change.outlineState)", choice: "\(index + 1)")
      }
  }
}
