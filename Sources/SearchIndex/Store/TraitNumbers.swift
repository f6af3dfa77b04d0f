// SPDX-License-Identifier: GPL-3.0-or-later
internal import Synchronization

/// Axes and their values as small numbers, given in the order in which they are met: common ones are met early and take a
/// byte or two in each document.
struct Trait: Hashable, Sendable {
  var axis: UInt32
  var value: UInt32
}

/// Gives numbers to axes and values.
protocol TraitNumbering {
  func number(of keyword: Keyword) throws -> Trait
}

/// Where the numbers stand in a database's metadata.
enum TraitKey {
  static let axisCount = "traits"
  static func axis(_ name: String) -> String { "a" + KeyDigest.bounded(name) }
  static func axisName(_ number: UInt32) -> String { "A\(number)" }
  static func valueCount(_ axis: UInt32) -> String { "c\(axis)" }
  static func value(_ axis: UInt32, _ name: String) -> String { "v\(axis):" + KeyDigest.bounded(name) }
  static func valueName(_ trait: Trait) -> String { "V\(trait.axis):\(trait.value)" }
}

/// Keys of metadata have the limits of terms.
enum KeyDigest {
  static func bounded(_ name: String) -> String { Term.keyword("", name) }
}

/// The numbers of a generation that is being built, for all of its threads.
final class GrowingTraits: TraitNumbering, Sendable {
  private struct State {
    var axes: [String: UInt32] = [:]
    var values: [[String: UInt32]] = []
  }

  private let state = Mutex(State())

  func number(of keyword: Keyword) -> Trait {
    state.withLock { state in
      let axis: UInt32
      if let known = state.axes[keyword.axis] {
        axis = known
      } else {
        axis = UInt32(state.axes.count)
        state.axes[keyword.axis] = axis
        state.values.append([:])
      }
      if let known = state.values[Int(axis)][keyword.value] { return Trait(axis: axis, value: known) }
      let value = UInt32(state.values[Int(axis)].count)
      state.values[Int(axis)][keyword.value] = value
      return Trait(axis: axis, value: value)
    }
  }

  func write(to database: DatabaseWriter) throws {
    let (axes, values) = state.withLock { ($0.axes, $0.values) }
    try database.setMetadata(TraitKey.axisCount, Array(String(axes.count).utf8))
    for (name, axis) in axes {
      try database.setMetadata(TraitKey.axis(name), Array(String(axis).utf8))
      try database.setMetadata(TraitKey.axisName(axis), Array(name.utf8))
      let named = values[Int(axis)]
      try database.setMetadata(TraitKey.valueCount(axis), Array(String(named.count).utf8))
      for (name, value) in named {
        try database.setMetadata(TraitKey.value(axis, name), Array(String(value).utf8))
        try database.setMetadata(TraitKey.valueName(Trait(axis: axis, value: value)), Array(name.utf8))
      }
    }
  }
}

/// The numbers of a generation that serves; new ones are committed with the documents that have them.
final class StoredTraits: TraitNumbering {
  private let database: DatabaseWriter
  private var known: [Keyword: Trait] = [:]
  private static let knownMax = 100_000

  init(database: DatabaseWriter) { self.database = database }

  func number(of keyword: Keyword) throws -> Trait {
    var name = keyword
    name.isCounted = true
    if let trait = known[name] { return trait }
    let axis = try number(at: TraitKey.axis(name.axis), count: TraitKey.axisCount) {
      try database.setMetadata(TraitKey.axisName($0), Array(name.axis.utf8))
    }
    let value = try number(at: TraitKey.value(axis, name.value), count: TraitKey.valueCount(axis)) {
      try database.setMetadata(TraitKey.valueName(Trait(axis: axis, value: $0)), Array(name.value.utf8))
    }
    if known.count >= StoredTraits.knownMax { known.removeAll() }
    known[name] = Trait(axis: axis, value: value)
    return Trait(axis: axis, value: value)
  }

  private func number(at key: String, count: String, name: (UInt32) throws -> Void) throws -> UInt32 {
    if let stored = UInt32(String(decoding: try database.metadata(key), as: UTF8.self)) { return stored }
    let next = UInt32(String(decoding: try database.metadata(count), as: UTF8.self)) ?? 0
    try database.setMetadata(key, Array(String(next).utf8))
    try database.setMetadata(count, Array(String(next + 1).utf8))
    try name(next)
    return next
  }
}
