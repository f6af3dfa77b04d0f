// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Where answers are kept. An answer is named by its key and variant.
public protocol CacheStorage: Sendable {
  /// Every variant stored under the key.
  func responses(for key: String) async throws -> [StoredResponse]
  /// Keeps an answer in place of one of the same key and variant.
  func store(_ response: StoredResponse) async throws
  /// Forgets every variant.
  func remove(_ key: String) async throws
}

/// Keeps answers in memory; the least recently used go first when they take too many bytes.
public final class MemoryCacheStorage: CacheStorage {
  private struct Name: Hashable {
    var key: String
    var variant: String
  }

  private struct State {
    var entries: [Name: (response: StoredResponse, lastUse: UInt64)] = [:]
    var variants: [String: Set<String>] = [:]
    var bytes = 0
    var clock: UInt64 = 0

    mutating func tick() -> UInt64 {
      clock += 1
      return clock
    }

    mutating func remove(_ name: Name) {
      guard let old = entries.removeValue(forKey: name) else { return }
      bytes -= old.response.sizeBytes
      variants[name.key]?.remove(name.variant)
      if variants[name.key]?.isEmpty == true { variants[name.key] = nil }
    }
  }
  private let state = Mutex(State())
  private let bytesMax: Int

  public init(bytesMax: Int) { self.bytesMax = bytesMax }

  public var sizeBytes: Int { state.withLock { $0.bytes } }

  public func responses(for key: String) -> [StoredResponse] {
    state.withLock { state in
      let names = (state.variants[key] ?? []).map { Name(key: key, variant: $0) }
      let now = state.tick()
      return names.compactMap { name in
        state.entries[name]?.lastUse = now
        return state.entries[name]?.response
      }
    }
  }

  public func store(_ response: StoredResponse) {
    let name = Name(key: response.key, variant: response.variant)
    state.withLock { state in
      state.remove(name)
      guard response.sizeBytes <= bytesMax else { return }
      state.entries[name] = (response, state.tick())
      state.variants[response.key, default: []].insert(response.variant)
      state.bytes += response.sizeBytes
      if state.bytes > bytesMax { evict(&state) }
    }
  }

  public func remove(_ key: String) {
    state.withLock { state in
      for variant in state.variants[key] ?? [] { state.remove(Name(key: key, variant: variant)) }
    }
  }

  /// Frees an eighth more than it must, so that sorting happens once in many stores.
  private func evict(_ state: inout State) {
    let oldestFirst = state.entries.sorted { $0.value.lastUse < $1.value.lastUse }.dropLast()
    for (name, _) in oldestFirst {
      if state.bytes <= bytesMax - bytesMax / 8 { return }
      state.remove(name)
    }
  }
}
