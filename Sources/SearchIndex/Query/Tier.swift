// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of a list: documents that come before those of the next tier. Tiers do not overlap.
struct Tier {
  enum Order: UInt8 { case docid = 0, ascending = 1, descending = 2 }

  /// What cursors call it.
  var name: Int
  var clause: Clause
  var order = Order.docid
  /// The number that it is in order of, or that its documents are told with.
  var number: Int?
  /// Only documents whose number lies here.
  var bounds: ClosedRange<Int64>?
  var firstDocid: UInt32 = 0
  var after: (number: Int64, docid: UInt32)?

  func write(_ out: inout PackedOutput) {
    out.u32(Int(firstDocid))
    out.u8(order.rawValue)
    out.u32(number ?? Int(UInt32.max))
    out.u8(bounds == nil ? 0 : 1)
    if let bounds {
      out.i64(bounds.lowerBound)
      out.i64(bounds.upperBound)
    }
    out.u8(after == nil ? 0 : 1)
    if let after {
      out.i64(after.number)
      out.u32(Int(after.docid))
    }
    let program = clause.program
    out.u32(program.count)
    out.raw(program)
  }
}
