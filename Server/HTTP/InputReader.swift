// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Market

/// Why a request's input could not be read.
enum InputFault: Error {
  /// Not even readable: 400.
  case malformed(FieldError)
  /// Readable, and not acceptable: 422.
  case invalid([FieldError])
  /// A place of the path cannot name anything: 404.
  case noSuchPlace
}

/// Reads an endpoint's input: path places, then the query string or the JSON body, then the rules. What does not fit
/// is told all at once.
enum InputReader {
  static func read<Input: Decodable>(
    _ type: Input.Type, method: Method, places: [String: String], query: NamedTexts, body: [UInt8], hasJSONBody: Bool
  ) throws(InputFault) -> Input {
    let faults = FaultNotes()
    let input: Input?
    if hasJSONBody && !method.takesQuery {
      for name in query.names { faults.add(.unknown(name, "This address takes no query string.")) }
      input = try decodeBody(type, NamedTexts(places), body, faults)
    } else {
      if !body.isEmpty { faults.add(FieldError("", "unexpected_body", "This call takes no body.")) }
      input = try decodeTexts(type, NamedTexts(places), query, faults)
    }
    var errors = faults.errors
    if let ruled = input as? any Ruled { errors += ruled.faults(besides: Set(errors.map(\.field))) }
    if errors.contains(where: { places[$0.field] != nil && $0.code != "unknown_field" }) { throw .noSuchPlace }
    guard errors.isEmpty, let input else { throw .invalid(errors) }
    return input
  }

  private static func decodeTexts<Input: Decodable>(
    _ type: Input.Type, _ places: NamedTexts, _ texts: NamedTexts, _ faults: FaultNotes
  ) throws(InputFault) -> Input? {
    if !texts.isEmpty {
      let known = FieldNames.of(type)
      for name in texts.names where !known.contains(name) || places[name] != nil {
        faults.add(.unknown(name, "There is no such parameter here."))
      }
    }
    do { return try Input(from: InputDecoder(texts: places.over(texts), body: nil, faults: faults)) } catch {
      if faults.errors.isEmpty { throw .malformed(FieldError("", "unreadable", "The request could not be read.")) }
      return nil
    }
  }

  private static func decodeBody<Input: Decodable>(
    _ type: Input.Type, _ places: NamedTexts, _ body: [UInt8], _ faults: FaultNotes
  ) throws(InputFault) -> Input? {
    var decoder = JSONDecoder()
    decoder.userInfo[.inputFrame] = InputFrame(places: places, faults: faults)
    do throws(JSONError) { return try decoder.decode(FramedInput<Input>.self, from: body).input } catch {
      let field = FieldError(error.pointer, error.code, error.detail)
      if error.isUnreadable { throw .malformed(field) }
      if !faults.errors.contains(where: { $0.field == field.field }) { faults.add(field) }
      return nil
    }
  }
}

extension FieldError {
  /// The input's own field that the pointer leads into, as the wire spells it.
  fileprivate var field: String { String(pointer.dropFirst().prefix { $0 != "/" }) }

  fileprivate static func unknown(_ name: String, _ detail: String) -> FieldError {
    let step = name.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
    return FieldError("/" + step, "unknown_field", detail)
  }
}

extension CodingUserInfoKey {
  fileprivate static let inputFrame: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "input frame") else { preconditionFailure("the key is a plain word") }
    return key
  }()
}

/// What a body is read with.
private struct InputFrame: Sendable {
  var places: NamedTexts
  var faults: FaultNotes
}

/// An input whose path places come from the path and whose other fields come from the body.
private struct FramedInput<Input: Decodable>: Decodable {
  let input: Input

  init(from decoder: any Decoder) throws {
    guard let frame = decoder.userInfo[.inputFrame] as? InputFrame else {
      preconditionFailure("a body is read within a frame")
    }
    let known = FieldNames.of(Input.self)
    let sent = try decoder.container(keyedBy: WireName.self).allKeys.map(\.stringValue)
    for name in sent where !known.contains(name) || frame.places[name] != nil {
      frame.faults.add(.unknown(name, "There is no member of this name here."))
    }
    input = try Input(from: InputDecoder(texts: frame.places, body: decoder, faults: frame.faults))
  }
}

/// A member's name just as it was sent.
private struct WireName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { return nil }
}

extension JSONError {
  /// Whether the text is no JSON at all, rather than JSON that does not fit.
  fileprivate var isUnreadable: Bool { ["syntax", "encoding", "depth", "size", "duplicate_key"].contains(code) }
}
