// SPDX-License-Identifier: GPL-3.0-or-later
internal import COpenSSL

/// A public key as OpenSSL holds it, made once so that each signature costs the verification alone.
// Unchecked because the key is never changed after `init`: each verification has a context of its own.
@safe
final class OpenSSLPublicKey: @unchecked Sendable {
  private let key: OpaquePointer

  /// From a SubjectPublicKeyInfo (RFC 5280 section 4.1). Nil for what is none, such as a point beside its curve.
  init?(info: [UInt8]) {
    var isWhole = false
    let key = unsafe info.withUnsafeBufferPointer { bytes in
      var next = bytes.baseAddress
      let key = unsafe d2i_PUBKEY(nil, &next, bytes.count)
      isWhole = unsafe next == bytes.baseAddress.map { unsafe $0 + bytes.count }
      return unsafe key
    }
    ERR_clear_error()
    guard let key = unsafe key, isWhole else {
      unsafe EVP_PKEY_free(key)
      return nil
    }
    unsafe self.key = key
  }

  deinit { unsafe EVP_PKEY_free(key) }

  /// Whether the signature over the SHA-256 of `message` is good: PKCS #1 1.5 for RSA, DER of both numbers for curves.
  func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard let context = unsafe EVP_MD_CTX_new() else { fatalError("libcrypto has no memory for a digest") }
    defer { unsafe EVP_MD_CTX_free(context) }
    let isValid =
      unsafe EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1
      && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    // A refused signature leaves notes in the thread's queue, where TLS would take them for its own.
    if !isValid { ERR_clear_error() }
    return isValid
  }
}
