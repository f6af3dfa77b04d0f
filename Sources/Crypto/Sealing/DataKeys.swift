// SPDX-License-Identifier: GPL-3.0-or-later

/// A key that seals values. It is stored beside them, wrapped by a `MasterKey`.
public struct DataKey: Sendable, Identifiable {
  /// Counts up: the greatest is the newest.
  public typealias ID = UInt32

  public let id: ID
  let secret: SecretBytes

  /// A new key.
  public init(id: ID) { self.init(id: id, secret: SecretBytes(SecureRandom.bytes(AESGCM.keyBytes))) }

  init(id: ID, secret: SecretBytes) {
    self.id = id
    self.secret = secret
  }
}

/// The keys of sealed values: the newest seals, all of them open.
///
/// A value's length shows through, and nothing else of it. Rotating is adding a key of a greater number, then sealing
/// again what `isSealedWithNewest` denies; when nothing is left of an old key, it can go.
public struct DataKeys: Sendable {
  private let ciphers: [DataKey.ID: AESGCM]
  /// The key that seals.
  public let newest: DataKey.ID

  /// How many bytes a value grows when it is sealed.
  public static let overheadBytes = 1 + 4 + AESGCM.nonceBytes + AESGCM.tagBytes

  public init(_ keys: [DataKey]) {
    guard let newest = keys.map(\.id).max() else { preconditionFailure("there is a key to seal with") }
    self.newest = newest
    ciphers = Dictionary(keys.map { ($0.id, AESGCM($0.secret)) }) { _, _ in
      preconditionFailure("each key has a number of its own")
    }
  }

  /// Seals a value for one place. Each time gives other bytes: equal values do not look equal.
  public func seal(_ value: [UInt8], at place: SealedPlace) -> [UInt8] {
    guard let cipher = ciphers[newest] else { preconditionFailure("the newest key is one of the keys") }
    return Envelope(sealing: value, kind: .value, keyName: newest.bigEndianBytes, key: cipher, at: place).bytes
  }

  public func seal(_ value: String, at place: SealedPlace) -> [UInt8] { seal(Array(value.utf8), at: place) }

  /// The value, when it was sealed with one of these keys for this very place.
  public func open(_ sealed: [UInt8], at place: SealedPlace) throws(SealRefusal) -> [UInt8] {
    let envelope = try Envelope(sealed, kind: .value)
    guard let cipher = ciphers[envelope.keyNumber] else { throw .unknownKey }
    return try envelope.open(with: cipher, at: place)
  }

  /// The number of the key that a value says it is sealed with; nil for what is no sealed value.
  public static func keyID(of sealed: [UInt8]) -> DataKey.ID? { (try? Envelope(sealed, kind: .value))?.keyNumber }

  /// How every value begins that this key has sealed: what a query can look for.
  public static func head(of key: DataKey.ID) -> [UInt8] { [Envelope.Kind.value.rawValue] + key.bigEndianBytes }

  /// Whether rotation can leave this value as it is.
  public func isSealedWithNewest(_ sealed: [UInt8]) -> Bool { DataKeys.keyID(of: sealed) == newest }
}

extension Envelope {
  fileprivate var keyNumber: DataKey.ID { keyName.reduce(0) { $0 << 8 | DataKey.ID($1) } }
}
