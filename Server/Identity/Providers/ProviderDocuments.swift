// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Market
import Synchronization

/// The discovery document and the keys of one provider, fetched when they are needed and kept as long as they are fresh.
final class ProviderDocuments: Sendable {
  private struct Kept<Value: Sendable>: Sendable {
    var value: Value
    var until: Timestamp
  }

  private struct State {
    var discovery: Kept<Discovery>?
    var reader: Kept<TokenReader>?
    /// What is left of fetching keys because one was not among them.
    var refetches = TokenBucket(capacity: ProviderDocuments.refetchesMax, now: 0)
  }

  /// A provider that changes its keys costs one fetch; tokens that name keys at will cost no more than this a minute.
  static let refetchesMax = 5

  private let client: ProviderClient
  private let now: @Sendable () -> Timestamp
  private let state = Mutex(State())

  init(_ client: ProviderClient, now: @escaping @Sendable () -> Timestamp) {
    self.client = client
    self.now = now
  }

  func discovery() async throws -> Discovery {
    let moment = now()
    if let kept = state.withLock({ $0.discovery }), kept.until > moment { return kept.value }
    let issuer = client.provider.issuer
    guard let url = issuer.discovery else { throw client.failure(.badDocument("the issuer's address has a query")) }
    let (bytes, seconds) = try await client.document(url, bytesMax: Discovery.bytesMax)
    let discovery: Discovery
    do throws(Discovery.Unusable) { discovery = try Discovery(bytes, issuer: issuer) } catch {
      throw client.failure(.badDocument(error.what))
    }
    state.withLock { $0.discovery = Kept(value: discovery, until: now().adding(seconds: seconds)) }
    return discovery
  }

  /// The claims of a token that one of the provider's keys has signed. When its key is not known, the keys may have
  /// changed: they are fetched once more.
  func claims(of token: String) async throws -> [UInt8] {
    let moment = now()
    let kept = state.withLock { $0.reader }
    let isFresh = kept.map { $0.until > moment } ?? false
    let reader = if let kept, isFresh { kept.value } else { try await fetchKeys() }
    do throws(TokenRefusal) { return try reader.read(token).claims } catch {
      guard error == .unknownKey, isFresh, mayRefetch() else { throw client.failure(.badToken("\(error)")) }
    }
    let newer = try await fetchKeys()
    do throws(TokenRefusal) { return try newer.read(token).claims } catch {
      throw client.failure(.badToken("\(error)"))
    }
  }

  private func fetchKeys() async throws -> TokenReader {
    let url = try await discovery().keys.text
    let (bytes, seconds) = try await client.document(url, bytesMax: JSONWebKeySet.sizeBytesMax)
    guard let keys = JSONWebKeySet(json: bytes) else { throw client.failure(.badDocument("no key set")) }
    // Providers with one key often do not name it. Nothing with a shared secret is taken.
    let reader = TokenReader(
      keys, algorithms: [.rs256, .es256, .edDSA], needsKeyID: false, sizeBytesMax: ProviderDocuments.tokenBytesMax)
    state.withLock { $0.reader = Kept(value: reader, until: now().adding(seconds: seconds)) }
    return reader
  }

  private static let tokenBytesMax = 16 << 10

  private func mayRefetch() -> Bool {
    let milliseconds = UInt64(max(0, now().microseconds / 1000))
    return state.withLock { state in
      state.refetches.take(
        capacity: ProviderDocuments.refetchesMax, perMinute: ProviderDocuments.refetchesMax, now: milliseconds
      ).isAllowed
    }
  }
}
