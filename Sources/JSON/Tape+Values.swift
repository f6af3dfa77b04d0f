// SPDX-License-Identifier: GPL-3.0-or-later

extension Tape {
  /// Reads one value. Known types come straight from the tape, all others through their `init(from:)`.
  @inline(__always)
  func value<T: Decodable>(_ type: T.Type, at i: Int) throws -> T {
    // The types are equal where the casts are made.
    if T.self == String.self { return unsafe unsafeBitCast(try string(i), to: T.self) }
    if T.self == Int.self { return unsafe unsafeBitCast(try integer(Int.self, i), to: T.self) }
    if T.self == Bool.self { return unsafe unsafeBitCast(try bool(i), to: T.self) }
    if T.self == Double.self { return unsafe unsafeBitCast(try double(i), to: T.self) }
    if T.self == Int64.self { return unsafe unsafeBitCast(try integer(Int64.self, i), to: T.self) }
    if T.self == Int32.self { return unsafe unsafeBitCast(try integer(Int32.self, i), to: T.self) }
    if T.self == Int16.self { return unsafe unsafeBitCast(try integer(Int16.self, i), to: T.self) }
    if T.self == Int8.self { return unsafe unsafeBitCast(try integer(Int8.self, i), to: T.self) }
    if T.self == UInt64.self { return unsafe unsafeBitCast(try integer(UInt64.self, i), to: T.self) }
    if T.self == UInt32.self { return unsafe unsafeBitCast(try integer(UInt32.self, i), to: T.self) }
    if T.self == UInt16.self { return unsafe unsafeBitCast(try integer(UInt16.self, i), to: T.self) }
    if T.self == UInt8.self { return unsafe unsafeBitCast(try integer(UInt8.self, i), to: T.self) }
    if T.self == UInt.self { return unsafe unsafeBitCast(try integer(UInt.self, i), to: T.self) }
    if T.self == Float.self { return unsafe unsafeBitCast(try float(i), to: T.self) }
    return try other(type, i)
  }

  private func other<T: Decodable>(_ type: T.Type, _ i: Int) throws -> T {
    if T.self == [String].self { return unsafe unsafeBitCast(try strings(i), to: T.self) }
    do {
      return try T(from: ValueDecoder(tape: self, index: i))
    } catch let error as JSONError {
      throw error
    } catch {
      throw wrapped(error, at: i)
    }
  }

  /// The commonest array, without a container.
  private func strings(_ i: Int) throws(JSONError) -> [String] {
    guard tag(i) == .array else { throw wrongType(i, "an array") }
    var strings: [String] = []
    strings.reserveCapacity(self[i].length)
    var (element, end) = children(i)
    while element < end {
      strings.append(try string(element))
      element = after(element)
    }
    return strings
  }

  @inline(__always)
  func string(_ i: Int) throws(JSONError) -> String {
    guard tag(i) == .string else { throw wrongType(i, "a string") }
    return bytes(i).text
  }

  @inline(__always)
  func bool(_ i: Int) throws(JSONError) -> Bool {
    switch tag(i) {
    case .yes: return true
    case .no: return false
    default: throw wrongType(i, "a boolean")
    }
  }

  @inline(__always)
  func integer<I: FixedWidthInteger>(_ type: I.Type, _ i: Int) throws(JSONError) -> I {
    let word = self[i]
    if word.tag == .small, let value = I(exactly: word.smallInteger) { return value }
    return try rareInteger(type, i)
  }

  /// A wide integer, one written with a fraction of zeros or an exponent, or an error.
  @inline(never)
  private func rareInteger<I: FixedWidthInteger>(_ type: I.Type, _ i: Int) throws(JSONError) -> I {
    let value: I?
    switch tag(i) {
    case .small: value = nil
    case .integer: value = I(exactly: Int64(bitPattern: self[i + 1]))
    case .natural: value = I(exactly: self[i + 1])
    case .double:
      let double = Double(bitPattern: self[i + 1])
      guard double == double.rounded() else { throw wrongType(i, "a whole number", found: "a number with a fraction") }
      // Beyond 2^53 the double may not be the number that was written.
      value = double.magnitude < 0x1p53 ? I(exactly: double) : nil
    default: throw wrongType(i, "a whole number")
    }
    if let value { return value }
    throw JSONError(
      pointer: pointer(to: i), code: "out_of_range", detail: "The number must be from \(I.min) to \(I.max).")
  }

  @inline(__always)
  func double(_ i: Int) throws(JSONError) -> Double {
    switch tag(i) {
    case .double: return Double(bitPattern: self[i &+ 1])
    case .small: return Double(self[i].smallInteger)
    case .integer: return Double(Int64(bitPattern: self[i &+ 1]))
    case .natural: return Double(self[i &+ 1])
    default: throw wrongType(i, "a number")
    }
  }

  func float(_ i: Int) throws(JSONError) -> Float {
    let value = Float(try double(i))
    if value.isFinite { return value }
    throw JSONError(pointer: pointer(to: i), code: "out_of_range", detail: "The number is too large.")
  }

  @inline(never)
  func wrongType(_ i: Int, _ wanted: String, found: String? = nil) -> JSONError {
    JSONError(
      pointer: pointer(to: i), code: "wrong_type",
      detail: "This must be \(wanted), not \(found ?? tag(i).name).")
  }

  /// What a type's own `init(from:)` threw, as an error with a place.
  func wrapped(_ error: any Error, at i: Int) -> JSONError {
    guard let error = error as? DecodingError else {
      return JSONError(pointer: pointer(to: i), code: "invalid_value", detail: "\(error)", cause: error)
    }
    let context: DecodingError.Context
    var missing = ""
    let code: String
    switch error {
    case .keyNotFound(let key, let found): (context, code, missing) = (found, "missing", pointerStep(wireName(of: key)))
    case .typeMismatch(_, let found): (context, code) = (found, "wrong_type")
    case .valueNotFound(_, let found): (context, code) = (found, "wrong_type")
    case .dataCorrupted(let found): (context, code) = (found, "invalid_value")
    @unknown default: (context, code) = (.init(codingPath: [], debugDescription: "\(error)"), "invalid_value")
    }
    let path = context.codingPath.map { pointerStep(wireName(of: $0)) }.joined()
    return JSONError(
      pointer: context.codingPath.isEmpty ? pointer(to: i) + missing : path + missing, code: code,
      detail: context.debugDescription, cause: context.underlyingError)
  }

  private func wireName(of key: any CodingKey) -> String {
    if key is PathKey { return key.stringValue }
    return key.intValue.map(String.init) ?? keys.wireName(of: key.stringValue)
  }
}
