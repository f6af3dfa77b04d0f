// SPDX-License-Identifier: GPL-3.0-or-later

/// What Xapian answers, see search.cpp for the layout.
struct Answer {
  struct Hit {
    var tier: Int
    var docid: UInt32
    var number: Int64?
    var id: String
    var payload: [UInt8]
  }

  struct AxisCount {
    var axis: UInt32
    var distinct: Int
    var values: [(value: UInt32, count: Int)]
  }

  var hits: [Hit] = []
  var matches = 0
  var isComplete = false
  var lastDocid: UInt32 = 0
  var axes: [AxisCount] = []

  init(_ packed: [UInt8], isCounted: Bool) throws {
    var input = PackedInput(packed)
    for _ in 0..<(try input.u32()) {
      let tier = Int(try input.u8())
      let docid = try input.u32()
      let hasNumber = try input.u8() != 0
      let number = Int64(bitPattern: try input.u64())
      var data = PackedInput(Array(try input.take(Int(try input.u32()))))
      hits.append(
        Hit(tier: tier, docid: docid, number: hasNumber ? number : nil, id: try data.sized(), payload: try data.rest()))
    }
    guard isCounted else { return }
    matches = Int(try input.u32())
    isComplete = try input.u8() != 0
    lastDocid = try input.u32()
    for _ in 0..<(try input.u16()) {
      let axis = try input.u32()
      let distinct = Int(try input.u32())
      let values = try (0..<(try input.u32())).map { _ in (try input.u32(), Int(try input.u32())) }
      axes.append(AxisCount(axis: axis, distinct: distinct, values: values))
    }
  }
}

/// What Xapian is asked.
struct Request {
  var limit = 0
  var limits: Restrictions?
  var tiers: [Tier] = []
  /// Counts the documents of the clause, up to `countMax`; the axes are told with the number of values to tell.
  var counted: Clause?
  var countMax = 0
  var axes: [(axis: UInt32, valuesMax: Int)] = []

  var packed: [UInt8] {
    var out = PackedOutput()
    out.u32(limit)
    if let limits {
      limits.write(&out)
    } else {
      out.u16(0)
      out.u8(0)
      out.u16(0)
    }
    out.u16(tiers.count)
    for tier in tiers { tier.write(&out) }
    out.u32(counted == nil ? 0 : countMax)
    if let counted {
      let program = counted.program
      out.u32(program.count)
      out.raw(program)
      out.u16(axes.count)
      for axis in axes {
        out.u32(Int(axis.axis))
        out.u32(axis.valuesMax)
      }
    }
    return out.bytes
  }
}
