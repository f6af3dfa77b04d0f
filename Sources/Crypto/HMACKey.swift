// SPDX-License-Identifier: GPL-3.0-or-later
internal import COpenSSL

/// A key for HMAC-SHA256 (RFC 2104), prepared once so that each message costs one copy of its state.
public final class HMACKey: Sendable {
  /// The two states after the padded key: RFC 2104 section 4 allows to keep them.
  private let prepared: Prepared

  public init(_ key: [UInt8]) { prepared = Prepared(key) }

  /// The 32 bytes that authenticate a message.
  public func authenticate(_ message: [UInt8]) -> [UInt8] { prepared.authenticate(message) }

  public func authenticate(_ message: String) -> [UInt8] { authenticate(Array(message.utf8)) }

  /// Whether `code` authenticates `message`, without telling by its duration how much is right.
  public func isValid(_ code: [UInt8], for message: [UInt8]) -> Bool {
    constantTimeEquals(authenticate(message), code)
  }

  // Unchecked because both contexts are only read after `init`: EVP_MD_CTX_copy_ex takes its source as const.
  @safe
  private final class Prepared: @unchecked Sendable {
    private let inner: OpaquePointer
    private let outer: OpaquePointer

    init(_ key: [UInt8]) {
      let blockBytes = 64
      var block = key.count > blockBytes ? SHA256.hash(key) : key
      block += [UInt8](repeating: 0, count: blockBytes - block.count)
      unsafe inner = Self.context(after: block.map { $0 ^ 0x36 })
      unsafe outer = Self.context(after: block.map { $0 ^ 0x5c })
    }

    deinit {
      unsafe EVP_MD_CTX_free(inner)
      unsafe EVP_MD_CTX_free(outer)
    }

    private static func context(after block: [UInt8]) -> OpaquePointer {
      guard let context = unsafe EVP_MD_CTX_new() else { fatalError("libcrypto has no memory for a digest") }
      let isReady =
        unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
        && EVP_DigestUpdate(context, block, block.count) == 1
      precondition(isReady, "libcrypto has no SHA-256")
      return unsafe context
    }

    func authenticate(_ message: [UInt8]) -> [UInt8] {
      guard let work = unsafe EVP_MD_CTX_new() else { fatalError("libcrypto has no memory for a digest") }
      defer { unsafe EVP_MD_CTX_free(work) }
      var digest = [UInt8](repeating: 0, count: SHA256.digestBytes)
      let isInner =
        unsafe EVP_MD_CTX_copy_ex(work, inner) == 1
        && EVP_DigestUpdate(work, message, message.count) == 1 && EVP_DigestFinal_ex(work, &digest, nil) == 1
      let isOuter =
        unsafe EVP_MD_CTX_copy_ex(work, outer) == 1
        && EVP_DigestUpdate(work, digest, digest.count) == 1 && EVP_DigestFinal_ex(work, &digest, nil) == 1
      precondition(isInner && isOuter, "libcrypto could not authenticate")
      return digest
    }
  }
}
