// SPDX-License-Identifier: GPL-3.0-or-later

/// Trims a document to the fields that a caller asked for.
public enum JSONSelect {
  /// Keeps the members at `paths` (`title`, `price.amount`) of an object, in its own order.
  ///
  /// Of a page, an object with an array of objects named `items`, each item is trimmed and the page's other members stay.
  /// Arrays on a path are gone through. A path that leads nowhere is an `unknown_field` whose text lists what there is;
  /// in a page it must lead somewhere in at least one item, unless there are none.
  /// With `mustExist` false it is passed over.
  public static func fields(
    _ paths: [String], of bytes: [UInt8], mustExist: Bool = true
  ) throws(JSONError) -> [UInt8] {
    let limits = JSONLimits(depth: JSONLimits.depthCeiling, sizeBytes: JSONLimits.sizeBytesCeiling)
    let tape = try Tape(bytes, limits: limits)
    let wanted = FieldTree(paths)
    let selection = Selection(tape: tape, out: OutputBuffer(capacity: bytes.count))
    selection.document(wanted)
    if mustExist, let unknown = selection.unknown(wanted) { throw unknown }
    return selection.out.bytes
  }
}

/// The wanted fields by name; a leaf is wanted whole.
private final class FieldTree {
  var children: [(name: String, tree: FieldTree)] = []
  var isWhole = false
  /// Some object had this field.
  var isFound = false
  /// Something that has no fields was looked into; null does not count.
  var sawScalar = false
  /// The names seen where this field was looked into.
  var seen: [String] = []

  init() {}

  init(_ paths: [String]) {
    for path in paths {
      var tree = self
      for name in path.split(separator: ".", omittingEmptySubsequences: false) { tree = tree.child(String(name)) }
      tree.isWhole = true
    }
  }

  private func child(_ name: String) -> FieldTree {
    if let known = self[name] { return known }
    let new = FieldTree()
    children.append((name, new))
    return new
  }

  subscript(name: String) -> FieldTree? { children.first { $0.name == name }?.tree }
}

/// Copies from a tape what a tree of fields wants.
private struct Selection {
  let tape: Tape
  let out: OutputBuffer
  func document(_ wanted: FieldTree) {
    guard let items = pageItems() else { return value(Tape.root, wanted) }
    out.byte(UInt8(ascii: "{"))
    tape.forEachChild(of: Tape.root) { key, value in
      name(key)
      if value == items { self.value(value, wanted) } else { whole(value) }
    }
    out.byte(UInt8(ascii: "}"))
  }

  private func pageItems() -> Int? {
    guard tape.tag(Tape.root) == .object, let items = tape.member("items", of: Tape.root, snakeCase: false),
      tape.tag(items) == .array
    else { return nil }
    var areObjects = true
    tape.forEachChild(of: items) { _, value in areObjects = areObjects && tape.tag(value) == .object }
    return areObjects ? items : nil
  }

  private func value(_ i: Int, _ wanted: FieldTree) {
    switch tape.tag(i) {
    case .array:
      out.byte(UInt8(ascii: "["))
      tape.forEachChild(of: i) { _, value in
        out.separate()
        self.value(value, wanted)
      }
      out.byte(UInt8(ascii: "]"))
    case .object: object(i, wanted)
    default:
      if tape.tag(i) != .null { wanted.sawScalar = true }
      whole(i)
    }
  }

  private func object(_ i: Int, _ wanted: FieldTree) {
    out.byte(UInt8(ascii: "{"))
    tape.forEachChild(of: i) { key, value in
      let name = tape.bytes(key).text
      if !wanted.seen.contains(name) { wanted.seen.append(name) }
      guard let field = wanted[name] else { return }
      field.isFound = true
      self.name(key)
      if field.isWhole { whole(value) } else { self.value(value, field) }
    }
    out.byte(UInt8(ascii: "}"))
  }

  private func name(_ key: Int) {
    out.separate()
    unsafe out.string(tape.bytes(key).buffer)
    out.byte(UInt8(ascii: ":"))
  }

  private func whole(_ i: Int) { out.value(i, of: tape) }

  /// The first wanted field that no object has, although there was an object to look into.
  func unknown(_ tree: FieldTree, at pointer: String = "") -> JSONError? {
    for (name, child) in tree.children {
      let place = pointer + pointerStep(name)
      if !child.isFound, !tree.seen.isEmpty || tree.sawScalar {
        let known = tree.seen.isEmpty ? "It has no fields." : "There are: \(tree.seen.joined(separator: ", "))."
        return JSONError(pointer: place, code: "unknown_field", detail: "There is no field \(name). \(known)")
      }
      if child.isFound, !child.isWhole, let deeper = unknown(child, at: place) { return deeper }
    }
    return nil
  }
}

extension OutputBuffer {
  /// Copies the value at `i` of a tape.
  func value(_ i: Int, of tape: Tape) {
    switch tape.tag(i) {
    case .null: literal("null")
    case .no: literal("false")
    case .yes: literal("true")
    case .small: integer(tape[i].smallInteger)
    case .integer: integer(Int64(bitPattern: tape[i + 1]))
    case .natural: natural(tape[i + 1])
    case .double: double(Double(bitPattern: tape[i + 1]))
    case .string: unsafe string(tape.bytes(i).buffer)
    case .array:
      byte(UInt8(ascii: "["))
      tape.forEachChild(of: i) { _, element in
        separate()
        value(element, of: tape)
      }
      byte(UInt8(ascii: "]"))
    case .object:
      byte(UInt8(ascii: "{"))
      tape.forEachChild(of: i) { key, member in
        separate()
        unsafe string(tape.bytes(key).buffer)
        byte(UInt8(ascii: ":"))
        value(member, of: tape)
      }
      byte(UInt8(ascii: "}"))
    }
  }
}
