// SPDX-License-Identifier: GPL-3.0-or-later
internal import COpenSSL

/// AES-256 in Galois/counter mode (NIST SP 800-38D): hides a text and proves that it and what it came with are
/// unchanged.
///
/// A nonce must never serve twice under one key. Nonces here are random, which SP 800-38D section 8.3 allows for
/// 2^32 texts per key.
struct AESGCM: Sendable {
  static let keyBytes = 32
  static let nonceBytes = 12
  static let tagBytes = 16

  private let key: SecretBytes

  init(_ key: SecretBytes) {
    precondition(key.count == AESGCM.keyBytes, "AES-256 has keys of 32 bytes")
    self.key = key
  }

  /// The hidden text, as long as the plain one, and the tag.
  func seal(_ plain: [UInt8], nonce: [UInt8], authenticating data: [UInt8]) -> [UInt8] {
    precondition(nonce.count == AESGCM.nonceBytes && plain.count <= Int(Int32.max), "a nonce of 12 bytes, up to 2 GiB")
    let context = CipherContext()
    var hidden = [UInt8](repeating: 0, count: plain.count)
    var tag = [UInt8](repeating: 0, count: AESGCM.tagBytes)
    var written: Int32 = 0
    let isSealed =
      unsafe key.withPointer { key in
        unsafe EVP_EncryptInit_ex(context.pointer, EVP_aes_256_gcm(), nil, key, nonce) == 1
      }
      && EVP_EncryptUpdate(context.pointer, nil, &written, data, Int32(data.count)) == 1
      && EVP_EncryptUpdate(context.pointer, &hidden, &written, plain, Int32(plain.count)) == 1
      && EVP_EncryptFinal_ex(context.pointer, nil, &written) == 1
      && EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag) == 1
    precondition(isSealed, "libcrypto seals")
    return hidden + tag
  }

  /// The plain text; nil when the key, the nonce, the data or any byte is not what was sealed.
  func open(_ sealed: some Collection<UInt8>, nonce: [UInt8], authenticating data: [UInt8]) -> [UInt8]? {
    guard nonce.count == AESGCM.nonceBytes, sealed.count >= AESGCM.tagBytes, sealed.count <= Int(Int32.max) else {
      return nil
    }
    let context = CipherContext()
    let hidden = Array(sealed.dropLast(AESGCM.tagBytes))
    var tag = Array(sealed.suffix(AESGCM.tagBytes))
    var plain = [UInt8](repeating: 0, count: hidden.count)
    var written: Int32 = 0
    let isReady =
      unsafe key.withPointer { key in
        unsafe EVP_DecryptInit_ex(context.pointer, EVP_aes_256_gcm(), nil, key, nonce) == 1
      }
      && EVP_DecryptUpdate(context.pointer, nil, &written, data, Int32(data.count)) == 1
      && EVP_DecryptUpdate(context.pointer, &plain, &written, hidden, Int32(hidden.count)) == 1
      && EVP_CIPHER_CTX_ctrl(context.pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
    precondition(isReady, "libcrypto opens")
    if unsafe EVP_DecryptFinal_ex(context.pointer, nil, &written) == 1 { return plain }
    // The notes of the refusal would stay in the thread's queue, where TLS would take them for its own.
    ERR_clear_error()
    return nil
  }

  @safe
  private final class CipherContext {
    let pointer: OpaquePointer

    init() {
      guard let pointer = unsafe EVP_CIPHER_CTX_new() else { fatalError("libcrypto has no memory for a cipher") }
      unsafe self.pointer = pointer
    }

    // Wipes the key schedule too.
    deinit { unsafe EVP_CIPHER_CTX_free(pointer) }
  }
}
