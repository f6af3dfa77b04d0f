// SPDX-License-Identifier: GPL-3.0-or-later

extension Tape {
  /// The wire names and positions on the way from the document to the value (or key) at `target`.
  ///
  /// Only errors need it, so the way is searched then and not recorded while decoding.
  func path(to target: Int) -> [PathKey] {
    var path: [PathKey] = []
    var container = Tape.root
    while container != target, let (key, child) = step(from: container, towards: target) {
      path.append(key)
      container = child
    }
    return path
  }

  func pointer(to target: Int) -> String {
    path(to: target).map { pointerStep($0.stringValue) }.joined()
  }

  private func step(from container: Int, towards target: Int) -> (PathKey, Int)? {
    let tag = self.tag(container)
    guard tag == .array || tag == .object else { return nil }
    var (i, end) = children(container)
    var position = 0
    while i < end {
      let child = tag == .object ? i + 1 : i
      let next = after(child)
      if target < next {
        let key = tag == .object ? PathKey(stringValue: bytes(i).text) : PathKey(intValue: position)
        return target == i && tag == .object ? (key, target) : (key, child)
      }
      i = next
      position += 1
    }
    return nil
  }
}

/// A step of a coding path as the wire spells it.
struct PathKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }
}

extension Parser {
  /// The error for people: codes, the pointer from what is open, line and column in the text as it came.
  func describe(_ fault: Fault, in source: UnsafeBufferPointer<UInt8>) -> JSONError {
    switch fault {
    case .syntax(let reason):
      let at = unsafe place(in: source)
      return JSONError(pointer: pointer, code: "syntax", detail: "\(reason) \(at)")
    case .encoding(let reason):
      let at = unsafe place(in: source)
      return JSONError(pointer: pointer, code: "encoding", detail: "\(reason) \(at)")
    case .outOfRange:
      return JSONError(pointer: pointer, code: "out_of_range", detail: "The number is too large.")
    case .depth:
      return JSONError(
        pointer: pointer, code: "depth", detail: "Containers are nested more than \(depthLimit) deep.")
    case .duplicateKey:
      return JSONError(pointer: pointer, code: "duplicate_key", detail: "The object has this member twice.")
    }
  }

  /// Line and column, both from 1; columns count bytes.
  private func place(in source: UnsafeBufferPointer<UInt8>) -> String {
    var line = 1
    var column = 1
    for i in 0..<min(position, source.count) {
      if unsafe source[i] == 0x0a {
        line += 1
        column = 1
      } else {
        column += 1
      }
    }
    return "(line \(line), column \(column))"
  }

  private var pointer: String {
    var steps: [String] = []
    var child = wordCount
    var container = open
    while container != 0 {
      if let step = step(in: container, before: child) { steps.append(pointerStep(step)) }
      child = container
      container = unsafe words[container].low
    }
    return steps.reversed().joined()
  }

  /// The last name or position begun in an open container; `child` is the container opened in it, or the tape's end.
  private func step(in container: Int, before child: Int) -> String? {
    let word = unsafe words[container]
    if word.tag == .array { return word.length == 0 ? nil : String(word.length - 1) }
    var i = container + 2
    var last: Int?
    while i < child {
      last = i
      if i + 1 >= child { break }
      i = unsafe words[i + 1].next(from: i + 1)
    }
    return last.map { i in
      let key = unsafe words[i]
      return unsafe ByteView(start: text + key.low, count: key.length).text
    }
  }
}
