// SPDX-License-Identifier: GPL-3.0-or-later

/// The key above all keys. It is given to the program from outside and never enters the database; what does, is other
/// keys wrapped by it. Whoever has the database alone has nothing to open it with.
public struct MasterKey: Sendable {
  public static let bytesCount = 32

  /// Tells which master key has wrapped something. It gives nothing of the key away.
  public let fingerprint: [UInt8]
  private let secret: SecretBytes
  private let cipher: AESGCM

  /// A new key.
  public init() { self.init(SecretBytes(SecureRandom.bytes(MasterKey.bytesCount))) }

  /// Nil for any other number of bytes than 32. They must come from a source of randomness: no password is that.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == MasterKey.bytesCount else { return nil }
    self.init(SecretBytes(bytes))
  }

  private init(_ secret: SecretBytes) {
    self.secret = secret
    cipher = AESGCM(SecretBytes(HKDF.expand(secret.array, info: "master key: wrapping")))
    fingerprint = HKDF.expand(secret.array, info: "master key: fingerprint", count: Envelope.Kind.wrappedKey.nameBytes)
  }

  /// The 32 bytes, for whoever keeps them.
  public var bytes: [UInt8] { secret.array }

  /// Seals a secret of the server itself, such as the seed of a signing key. `place` says what it is.
  public func wrap(_ secret: [UInt8], as place: SealedPlace) -> [UInt8] {
    Envelope(sealing: secret, kind: .wrappedKey, keyName: fingerprint, key: cipher, at: place).bytes
  }

  /// The secret, when this key has wrapped it as what it is now asked for.
  public func unwrap(_ wrapped: [UInt8], as place: SealedPlace) throws(SealRefusal) -> [UInt8] {
    let envelope = try Envelope(wrapped, kind: .wrappedKey)
    guard envelope.keyName == fingerprint else { throw .unknownKey }
    return try envelope.open(with: cipher, at: place)
  }

  public func wrap(_ key: DataKey) -> [UInt8] { wrap(key.secret.array, as: MasterKey.place(of: key.id)) }

  /// The data key of this number, which nobody can exchange for one of another number.
  public func unwrap(_ wrapped: [UInt8], id: DataKey.ID) throws(SealRefusal) -> DataKey {
    let bytes = try unwrap(wrapped, as: MasterKey.place(of: id))
    guard bytes.count == AESGCM.keyBytes else { throw .malformed }
    return DataKey(id: id, secret: SecretBytes(bytes))
  }

  /// Whether it was this key that wrapped something, by its fingerprint. False for what must be wrapped anew after the
  /// master key was changed.
  public func hasWrapped(_ wrapped: [UInt8]) -> Bool {
    (try? Envelope(wrapped, kind: .wrappedKey))?.keyName == fingerprint
  }

  /// 32 bytes for another purpose, always the same for one master key and label. They change with the master key:
  /// for what must outlive it (a blind index), make a key of its own and wrap it.
  public func derivedKey(_ label: String) -> [UInt8] { HKDF.expand(secret.array, info: "derived key: " + label) }

  private static func place(of id: DataKey.ID) -> SealedPlace { SealedPlace("data key", String(id)) }
}
