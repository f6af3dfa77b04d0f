// SPDX-License-Identifier: GPL-3.0-or-later
internal import JSON

/// The three parts of a compact token, decoded.
struct CompactToken {
  let header: [UInt8]
  let claims: [UInt8]
  let signature: [UInt8]
  /// What is signed: the first two parts as they are written.
  let message: [UInt8]

  init(_ token: String, sizeBytesMax: Int) throws(TokenRefusal) {
    guard token.utf8.count <= sizeBytesMax else { throw .malformed }
    let bytes = Array(token.utf8)
    let dot = UInt8(ascii: ".")
    guard let first = bytes.firstIndex(of: dot), let last = bytes.lastIndex(of: dot), first < last,
      let header = Base64URL.decode(bytes[..<first]), let claims = Base64URL.decode(bytes[(first + 1)..<last]),
      let signature = Base64URL.decode(bytes[(last + 1)...]), !claims.isEmpty
    else { throw .malformed }
    self.header = header
    self.claims = claims
    self.signature = signature
    message = Array(bytes[..<last])
  }
}

/// What of a header (RFC 7515 section 4.1) is looked at. Keys and addresses of keys in it are never: whoever forges a
/// token would bring their own.
struct TokenHeader {
  let algorithm: String
  let type: String?
  let keyID: String?

  init(_ json: [UInt8]) throws(TokenRefusal) {
    var decoder = JSONDecoder()
    decoder.limits = JSONLimits(depth: 8)
    // A name twice is an error there already.
    guard let value = try? decoder.decode(JSONValue.self, from: json), let algorithm = value.text("alg") else {
      throw .malformed
    }
    // `crit` names what must be understood, and nothing of that kind is (section 4.1.11).
    let isClear = value["crit"] == nil && ["typ", "kid"].allSatisfy { value[$0] == nil || value.text($0) != nil }
    guard isClear else { throw .malformed }
    self.algorithm = algorithm
    type = value.text("typ")
    keyID = value.text("kid")
  }
}
