// SPDX-License-Identifier: GPL-3.0-or-later
internal import COpenSSL
import Synchronization

/// Bytes that nobody can guess.
public enum SecureRandom {
  /// Stops the program when the system has no randomness: nothing safe could follow.
  public static func bytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0 && count <= Int(Int32.max), "a count of random bytes")
    var bytes = [UInt8](repeating: 0, count: count)
    precondition(unsafe RAND_bytes(&bytes, Int32(count)) == 1, "the system has no randomness")
    return bytes
  }
}

/// Identifiers that can be read out, typed and sorted by nobody: random bytes in Crockford's base 32.
public enum RandomID {
  public static func make(bytes count: Int = 10) -> String {
    store.withLock { $0.take(count) }
  }

  /// Random bytes in store: asking the library for a few costs as much as asking it for hundreds.
  private struct Store {
    private var bytes: [UInt8] = []

    mutating func take(_ count: Int) -> String {
      if bytes.count < count { bytes = SecureRandom.bytes(max(count, 640)) }
      defer { bytes.removeLast(count) }
      return Base32.encode(bytes.suffix(count))
    }
  }

  private static let store = Mutex(Store())
}
