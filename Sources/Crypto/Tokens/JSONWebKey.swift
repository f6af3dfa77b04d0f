// SPDX-License-Identifier: GPL-3.0-or-later
internal import JSON

/// A public key for signatures with the name that tokens call it by (RFC 7517).
public struct JSONWebKey: Sendable, Hashable {
  /// The `kid`.
  public let id: String?
  public let key: VerifyingKey

  public init(id: String?, key: VerifyingKey) {
    self.id = id
    self.key = key
  }

  /// A key of our own; without another name it is called by its thumbprint.
  public init(_ key: Ed25519.PublicKey, id: String? = nil) {
    self.key = .ed25519(key)
    self.id = id ?? self.key.thumbprint
  }

  /// Nil for a key that is of no use here (RFC 7517 section 5 asks to pass those over): another type, curve or
  /// algorithm, one that is not for verifying, or one with values that are missing or out of range.
  init?(_ value: JSONValue) {
    guard case .object = value, JSONWebKey.isForVerifying(value) else { return nil }
    let key: VerifyingKey? =
      switch (value.text("kty"), value.text("crv")) {
      case ("OKP", "Ed25519"): value.bytes("x").flatMap { Ed25519.PublicKey($0) }.map { .ed25519($0) }
      case ("EC", "P-256"): P256PublicKey(value.bytes("x"), value.bytes("y")).map { .p256($0) }
      case ("RSA", nil): RSAPublicKey(value.bytes("n"), value.bytes("e")).map { .rsa($0) }
      default: nil
      }
    guard let key, value["alg"] == nil || value.text("alg") == key.algorithm.rawValue else { return nil }
    guard value["kid"] == nil || value.text("kid") != nil else { return nil }
    self.init(id: value.text("kid"), key: key)
  }

  private static func isForVerifying(_ value: JSONValue) -> Bool {
    if let use = value["use"], use != .string("sig") { return false }
    guard let operations = value["key_ops"] else { return true }
    guard case .array(let names) = operations else { return false }
    return names.contains(.string("verify"))
  }

  func write(to json: borrowing JSONWriter) {
    json.beginObject()
    for (name, value) in key.members {
      json.key(data: name)
      json.string(value)
    }
    if let id { json.member("kid", id) }
    json.member("alg", key.algorithm.rawValue)
    json.member("use", "sig")
    json.endObject()
  }
}

extension VerifyingKey {
  /// What makes the key, in the order of RFC 7638.
  fileprivate var members: [(String, String)] {
    switch self {
    case .ed25519(let key): [("crv", "Ed25519"), ("kty", "OKP"), ("x", Base64URL.encode(key.bytes))]
    case .rsa(let key): [("e", Base64URL.encode(key.exponent)), ("kty", "RSA"), ("n", Base64URL.encode(key.modulus))]
    case .p256(let key):
      [("crv", "P-256"), ("kty", "EC"), ("x", Base64URL.encode(key.x)), ("y", Base64URL.encode(key.y))]
    }
  }

  /// A name that the key has from itself: the SHA-256 of its canonical JSON (RFC 7638).
  public var thumbprint: String {
    let json = JSONWriter(capacity: 512)
    json.beginObject()
    for (name, value) in members {
      json.key(data: name)
      json.string(value)
    }
    json.endObject()
    return Base64URL.encode(SHA256.hash(json.bytes))
  }
}

extension JSONValue {
  /// A member that is text; nil for any other.
  func text(_ name: String) -> String? {
    guard case .string(let text) = self[name] else { return nil }
    return text
  }

  fileprivate func bytes(_ name: String) -> [UInt8]? { text(name).flatMap { Base64URL.decode($0) } }
}

extension P256PublicKey {
  fileprivate init?(_ x: [UInt8]?, _ y: [UInt8]?) {
    guard let x, let y else { return nil }
    self.init(x: x, y: y)
  }
}

extension RSAPublicKey {
  fileprivate init?(_ modulus: [UInt8]?, _ exponent: [UInt8]?) {
    guard let modulus, let exponent else { return nil }
    self.init(modulus: modulus, exponent: exponent)
  }
}
