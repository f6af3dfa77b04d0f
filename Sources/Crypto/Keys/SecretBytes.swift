// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSodium

/// The bytes of a key while the program holds it: kept out of core dumps and, where the system allows, out of swap
/// space, never printed, and wiped when the last owner lets go (sodium_malloc).
///
/// What a caller hands in or takes out as an array is an ordinary copy, and the caller's to forget.
// Unchecked because the bytes are written in `init` alone, and read-only from then on.
@safe
final class SecretBytes: @unchecked Sendable {
  let count: Int
  private let memory: UnsafeMutableRawPointer

  init(_ bytes: [UInt8]) {
    Sodium.start()
    guard let memory = unsafe sodium_malloc(bytes.count) else { fatalError("the system has no memory for a key") }
    unsafe memory.copyMemory(from: bytes, byteCount: bytes.count)
    precondition(unsafe sodium_mprotect_readonly(memory) == 0, "the system protects the memory of a key")
    unsafe self.memory = memory
    count = bytes.count
  }

  deinit { unsafe sodium_free(memory) }

  var array: [UInt8] { unsafe [UInt8](UnsafeRawBufferPointer(start: memory, count: count)) }

  /// Lends the bytes to a C function; the pointer must not outlive the closure.
  func withPointer<Success>(_ body: (UnsafePointer<UInt8>) -> Success) -> Success {
    unsafe body(UnsafePointer(memory.assumingMemoryBound(to: UInt8.self)))
  }
}

/// libsodium must be started once, before anything else of it is called.
enum Sodium {
  private static let isStarted = sodium_init() >= 0

  static func start() { precondition(isStarted, "libsodium starts") }
}
