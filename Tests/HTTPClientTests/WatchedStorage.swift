// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Synchronization

/// A storage that tells when something has been stored, and can keep that back for a while.
final class WatchedStorage: CacheStorage {
  private struct State {
    var count = 0
    var isHeld = false
    var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var held: [CheckedContinuation<Void, Never>] = []
  }

  private let storage: any CacheStorage
  private let state = Mutex(State())

  init(_ storage: any CacheStorage) { self.storage = storage }

  /// Returns once so many answers have been stored since the beginning.
  func wait(count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.count < count { state.waiting.append((count, continuation)) }
        return state.count >= count
      }
      if isThere { continuation.resume() }
    }
  }

  func hold() { state.withLock { $0.isHeld = true } }

  func letGo() {
    let held = state.withLock { state in
      defer { state.held = [] }
      state.isHeld = false
      return state.held
    }
    for continuation in held { continuation.resume() }
  }

  func responses(for key: String) async throws -> [StoredResponse] { try await storage.responses(for: key) }
  func remove(_ key: String) async throws { try await storage.remove(key) }

  func store(_ response: StoredResponse) async throws {
    await withCheckedContinuation { continuation in
      let isHeld = state.withLock { state in
        if state.isHeld { state.held.append(continuation) }
        return state.isHeld
      }
      if !isHeld { continuation.resume() }
    }
    try await storage.store(response)
    let ready = state.withLock { state in
      state.count += 1
      let ready = state.waiting.filter { $0.count <= state.count }
      state.waiting.removeAll { $0.count <= state.count }
      return ready
    }
    for waiter in ready { waiter.continuation.resume() }
  }
}
