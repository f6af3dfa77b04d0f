// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a sealed value does not open.
public enum SealRefusal: Error, Sendable, Hashable {
  /// Not in the form of a sealed value.
  case malformed
  /// Sealed with a key that is not here. Somebody may have added one.
  case unknownKey
  /// Changed, or brought here from another place.
  case tampered
}

/// A sealed value in its written form: what kind it is, which key sealed it, a nonce, the hidden text and its tag.
///
///     kind (1)   key name (4 or 8)   nonce (12)   hidden text   tag (16)
///
/// The kind and the name of the key are authenticated as well.
struct Envelope {
  /// The first byte. A new form gets a new number; the old ones stay readable.
  enum Kind: UInt8 {
    /// A value sealed with a data key; the name is the key's number.
    case value = 1
    /// A key sealed with a master key; the name is the master key's fingerprint.
    case wrappedKey = 2

    var nameBytes: Int { self == .value ? 4 : 8 }
  }

  let head: [UInt8]
  private let kind: Kind
  private let nonce: [UInt8]
  private let body: [UInt8]

  var keyName: [UInt8] { Array(head.dropFirst()) }
  var bytes: [UInt8] { head + nonce + body }

  /// Reads the form; the key has not looked at it yet.
  init(_ bytes: [UInt8], kind: Kind) throws(SealRefusal) {
    let headBytes = 1 + kind.nameBytes
    guard bytes.first == kind.rawValue, bytes.count >= headBytes + AESGCM.nonceBytes + AESGCM.tagBytes else {
      throw .malformed
    }
    self.kind = kind
    head = Array(bytes[..<headBytes])
    nonce = Array(bytes[headBytes..<(headBytes + AESGCM.nonceBytes)])
    body = Array(bytes[(headBytes + AESGCM.nonceBytes)...])
  }

  init(sealing plain: [UInt8], kind: Kind, keyName: [UInt8], key: AESGCM, at place: SealedPlace) {
    precondition(keyName.count == kind.nameBytes, "a key's name has the length of its kind")
    self.kind = kind
    head = [kind.rawValue] + keyName
    nonce = SecureRandom.bytes(AESGCM.nonceBytes)
    body = key.seal(plain, nonce: nonce, authenticating: head + place.bytes)
  }

  func open(with key: AESGCM, at place: SealedPlace) throws(SealRefusal) -> [UInt8] {
    guard let plain = key.open(body, nonce: nonce, authenticating: head + place.bytes) else { throw .tampered }
    return plain
  }
}
