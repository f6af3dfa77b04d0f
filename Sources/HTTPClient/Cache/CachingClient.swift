// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// An answer and how far it can be trusted.
public struct CachedResponse: Sendable, Equatable {
  public enum Freshness: Sendable, Equatable {
    /// From the origin just now, or as good as that.
    case fresh
    /// Older than it should be; when revalidating, a newer one is on its way.
    case stale(ageSeconds: Int64, revalidating: Bool)
    /// The origin cannot be reached, and this is the last known.
    case offline(ageSeconds: Int64)
  }

  public var response: ClientResponse
  public var freshness: Freshness

  public init(response: ClientResponse, freshness: Freshness) {
    self.response = response
    self.freshness = freshness
  }
}

/// How a request uses the cache.
public enum CacheMode: Sendable {
  /// As the rules say; one answer.
  case standard
  /// Whatever is stored and may be shown, without asking the origin; otherwise as `standard`.
  case preferStored
  /// Ask the origin whatever is stored.
  case reload
}

/// A client with a private cache between the caller and the origin.
public final class CachingClient: Sendable {
  private let client: HTTPClient
  private let storage: any CacheStorage
  private let partition: String
  private let settled: Set<String>
  private let now: @Sendable () -> Int64
  /// What is being asked for behind a caller's back: each stored answer once at a time, however often it is used.
  private let revalidating = Mutex<Set<[String]>>([])

  /// `partition` names whose answers these are: nobody is shown what another partition has stored. `settled` names
  /// request fields (in small letters) that make no difference to an answer within it, whatever Vary says: a user's
  /// token that is renewed now and then is the same user's.
  public init(
    client: HTTPClient, storage: any CacheStorage, partition: String = "", settled: Set<String> = [],
    now: @escaping @Sendable () -> Int64 = { HTTPDate.now }
  ) {
    self.client = client
    self.storage = storage
    self.partition = partition
    self.settled = settled
    self.now = now
  }

  /// One answer: the stored one when the rules allow it, else the origin's.
  public func load(_ request: ClientRequest, _ mode: CacheMode = .standard) async throws -> CachedResponse {
    let plan = try await plan(request, mode)
    guard let early = plan.early else { return try await ask(plan) }
    if case .stale(_, revalidating: true) = early.freshness { revalidate(plan) }
    return early
  }

  /// Asks the origin unless somebody does already.
  private func revalidate(_ plan: Plan) {
    let name = [plan.key, plan.stored?.variant ?? ""]
    guard revalidating.withLock({ $0.insert(name).inserted }) else { return }
    // Owned by nobody but bounded by the request's own deadline; its failure leaves the stored answer as it is.
    Task { [self] in
      _ = try? await ask(plan)
      revalidating.withLock { _ = $0.remove(name) }
    }
  }

  /// The stored answer at once, if there is one to show, and then the origin's if it had to be asked: at most
  /// two values. A failure to reach the origin after a stored answer comes as that answer marked `offline`.
  public func updates(
    _ request: ClientRequest, _ mode: CacheMode = .standard
  ) -> AsyncThrowingStream<CachedResponse, any Error> {
    AsyncThrowingStream(bufferingPolicy: .bufferingNewest(2)) { continuation in
      let task = Task { [self] in
        do {
          let plan = try await plan(request, mode)
          if let early = plan.early ?? plan.showable { continuation.yield(early) }
          if plan.mustAsk { continuation.yield(try await ask(plan)) }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// Forgets what is stored for a URL.
  public func forget(_ url: String) async throws {
    try await storage.remove(CachePolicy.key(for: ClientRequest("GET", url), partition: partition))
  }

  // MARK: Deciding

  /// What is to be done for one request.
  private struct Plan {
    var request: ClientRequest
    var key: String
    var stored: StoredResponse?
    var conditions = HeaderFields()
    /// Answers the request by itself.
    var early: CachedResponse?
    /// May be shown until the origin has answered.
    var showable: CachedResponse?
    var mustAsk = true
    var mayUseOnError = false
    var mayUseOffline = false
  }

  private func plan(_ request: ClientRequest, _ mode: CacheMode) async throws -> Plan {
    let key = CachePolicy.key(for: request, partition: partition)
    var plan = Plan(request: request, key: key)
    guard CachePolicy.isCacheable(request) else { return plan }
    var asked = request
    if mode == .reload { asked.headers["Cache-Control"] = "no-cache" }
    // A storage that fails is a cache that has nothing.
    let found = (try? await storage.responses(for: key)) ?? []
    let (decision, stored) = CachePolicy.decide(asked, stored: found, now: now(), settled: settled)
    plan.request = asked
    plan.stored = stored
    switch decision {
    case .fresh(let age):
      let isStale = stored.map { age >= $0.freshnessLifetime } ?? false
      plan.early = stored.map {
        CachedResponse(
          response: $0.response, freshness: isStale ? .stale(ageSeconds: age, revalidating: false) : .fresh)
      }
      plan.mustAsk = false
    case .useWhileRevalidating(let age, let conditions):
      plan.early = stored.map {
        CachedResponse(response: $0.response, freshness: .stale(ageSeconds: age, revalidating: true))
      }
      plan.conditions = conditions
      plan.mayUseOffline = true
    case .revalidate(let age, let conditions, let mayUseOnError, let mayUseOffline):
      plan.conditions = conditions
      plan.mayUseOnError = mayUseOnError
      plan.mayUseOffline = mayUseOffline
      if mayUseOffline && mode != .reload {
        plan.showable = stored.map {
          CachedResponse(response: $0.response, freshness: .stale(ageSeconds: age, revalidating: true))
        }
      }
      if mode == .preferStored { plan.early = plan.showable }
    case .fetch: break
    case .unavailable:
      plan.early = CachedResponse(response: ClientResponse(status: 504), freshness: .fresh)
      plan.mustAsk = false
    }
    return plan
  }

  // MARK: Doing

  private func ask(_ plan: Plan) async throws -> CachedResponse {
    var request = plan.request
    for field in plan.conditions.fields { request.headers[field.name] = field.value }
    let requestTime = now()
    let answer: ClientResponse
    do {
      answer = try await client.send(request)
    } catch let error as HTTPClientError where error.isConnectionFailure || error.kind == .timeout {
      guard let stored = plan.stored, plan.mayUseOffline else { throw error }
      return CachedResponse(response: stored.response, freshness: .offline(ageSeconds: stored.age(now: now())))
    }
    if answer.status >= 500, plan.mayUseOnError, let stored = plan.stored {
      let age = stored.age(now: now())
      return CachedResponse(response: stored.response, freshness: .stale(ageSeconds: age, revalidating: false))
    }
    return CachedResponse(response: try await take(answer, for: plan, requestTime: requestTime), freshness: .fresh)
  }

  /// Keeps what may be kept and forgets what is outdated. Returns what the caller sees.
  private func take(_ answer: ClientResponse, for plan: Plan, requestTime: Int64) async throws -> ClientResponse {
    for url in CachePolicy.invalidated(by: plan.request, answer) {
      try? await storage.remove(CachePolicy.key(for: ClientRequest("GET", url), partition: partition))
    }
    if answer.status == 304, var stored = plan.stored, !plan.conditions.fields.isEmpty {
      stored.merge(answer, requestTime: requestTime, responseTime: now())
      let variant = CachePolicy.variant(
        of: plan.request, vary: stored.headers.joined("Vary"), settled: settled)
      if let variant, !CacheControl(stored.headers).noStore {
        stored.variant = variant
        try? await storage.store(stored)
      } else {
        try? await storage.remove(plan.key)
      }
      return stored.response
    }
    let entry = CachePolicy.entry(
      for: plan.request, answer, key: plan.key, requestTime: requestTime, responseTime: now(),
      settled: settled)
    if let entry {
      try? await storage.store(entry)
    } else if plan.stored != nil, answer.isSuccess {
      // What was stored is no longer what the origin gives, and this one must not be kept.
      try? await storage.remove(plan.key)
    }
    return answer
  }
}
