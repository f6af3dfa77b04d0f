// SPDX-License-Identifier: GPL-3.0-or-later
/// What a private cache does about a request that is about to be sent.
public enum CacheDecision: Sendable, Equatable {
  /// Use it; the origin need not be asked.
  case fresh(age: Int64)
  /// Use it now and ask the origin afterwards.
  case useWhileRevalidating(age: Int64, conditions: HeaderFields)
  /// Ask the origin first. If it cannot be reached or fails, the answer may be used, unless it forbids that.
  case revalidate(age: Int64, conditions: HeaderFields, mayUseOnError: Bool, mayUseOffline: Bool)
  /// There is nothing to use.
  case fetch
  /// The request wants the cache alone, and that has nothing (RFC 9111 §5.2.1.7): 504.
  case unavailable
}

/// The rules of RFC 9111 for a private cache. Pure: time and stored answers come in.
///
/// `settled` names, in small letters, request fields whose every value means the same in this cache, such as the
/// credentials of the one user whose cache it is: §4.1 lets such values be made equal before they are compared.
public enum CachePolicy {
  /// RFC 9110 §15.1, without partial answers.
  static let heuristicStatuses: Set<Int> = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]
  /// A guess of freshness is never longer than a day.
  static let heuristicSecondsMax: Int64 = 86_400

  /// The name under which answers to a request are kept: the URL without its fragment. `partition` keeps
  /// apart what different users may see.
  public static func key(for request: ClientRequest, partition: String = "") -> String {
    "\(partition) \(URLReference.resolve(request.url) ?? request.url)"
  }

  /// Whether the cache has a say in this request at all.
  public static func isCacheable(_ request: ClientRequest) -> Bool {
    guard request.method == "GET", request.unixSocket == nil else { return false }
    guard case .none = request.body else { return false }
    let own = ["Range", "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range"]
    return own.allSatisfy { request.headers[$0] == nil }
  }

  /// What to do about a request, given everything stored under its key.
  public static func decide(
    _ request: ClientRequest, stored: [StoredResponse], now: Int64, settled: Set<String> = []
  ) -> (decision: CacheDecision, stored: StoredResponse?) {
    let wishes = CacheControl(request.headers)
    let nothing: CacheDecision = wishes.onlyIfCached ? .unavailable : .fetch
    guard isCacheable(request), !wishes.noStore, let found = select(request, from: stored, settled: settled)
    else { return (nothing, nil) }
    let rules = CacheControl(found.headers)
    if rules.noStore { return (nothing, nil) }
    let age = found.age(now: now)
    let lifetime = found.freshnessLifetime
    let staleness = age - lifetime
    let isPragma = request.headers.joined("Cache-Control") == nil && request.headers["Pragma"] == "no-cache"
    let mustAsk = rules.noCache || wishes.noCache || isPragma
    let mayBeStale = !rules.mustRevalidate && !rules.noCache

    let isFresh = staleness < 0 && age <= wishes.maxAge ?? .max && -staleness >= wishes.minFresh ?? 0
    // Too old for this request, or not fresh for long enough, is as stale as stale itself.
    let isAllowedStale =
      mayBeStale && staleness >= 0 && wishes.maxAge == nil && wishes.minFresh == nil
      && (wishes.maxStale ?? -1) >= staleness
    if !mustAsk && (isFresh || isAllowedStale) { return (.fresh(age: age), found) }
    if wishes.onlyIfCached { return (.unavailable, nil) }
    let limits = wishes.maxAge != nil || wishes.minFresh != nil
    if !mustAsk, mayBeStale, !limits, staleness >= 0, staleness < rules.staleWhileRevalidate ?? 0 {
      return (.useWhileRevalidating(age: age, conditions: found.conditions), found)
    }
    let errorSeconds = wishes.staleIfError ?? rules.staleIfError
    return (
      .revalidate(
        age: age, conditions: found.conditions,
        mayUseOnError: mayBeStale && !mustAsk && (errorSeconds.map { staleness <= $0 } ?? false),
        mayUseOffline: mayBeStale),
      found
    )
  }

  /// The answer to keep, or `nil` when it must not be kept (RFC 9111 §3).
  public static func entry(
    for request: ClientRequest, _ response: ClientResponse, key: String, requestTime: Int64, responseTime: Int64,
    settled: Set<String> = []
  ) -> StoredResponse? {
    let rules = CacheControl(response.headers)
    guard isCacheable(request), 200..<600 ~= response.status, response.status != 206, response.status != 304,
      !rules.noStore, !CacheControl(request.headers).noStore,
      let variant = variant(of: request, vary: response.headers.joined("Vary"), settled: settled)
    else { return nil }
    let hasExplicitRule =
      rules.maxAge != nil || rules.isPublic || rules.isPrivate || response.headers["Expires"] != nil
    guard hasExplicitRule || heuristicStatuses.contains(response.status) else { return nil }
    var headers = HeaderFields()
    for field in response.headers.fields where !isHop(field.name, response.headers) {
      headers.add(field.name, field.value)
    }
    return StoredResponse(
      key: key, variant: variant, status: response.status, headers: headers, body: response.body,
      requestTime: requestTime, responseTime: responseTime)
  }

  /// The URLs whose answers are outdated by this one (RFC 9111 §4.4).
  public static func invalidated(by request: ClientRequest, _ response: ClientResponse) -> [String] {
    guard !["GET", "HEAD", "OPTIONS", "TRACE"].contains(request.method), 200..<400 ~= response.status else { return [] }
    let origin = URLReference.origin(request.url)
    let named = ["Location", "Content-Location"].compactMap { response.headers[$0] }
    // Others' answers are not this origin's to invalidate.
    let resolved = named.compactMap { URLReference.resolve($0, against: request.url) }
      .filter { origin != nil && URLReference.origin($0) == origin }
    return [request.url] + resolved
  }

  // MARK: Variants

  /// The newest stored answer that was given to a request like this one (RFC 9111 §4.1).
  static func select(
    _ request: ClientRequest, from stored: [StoredResponse], settled: Set<String> = []
  ) -> StoredResponse? {
    stored
      .filter { variant(of: request, vary: $0.headers.joined("Vary"), settled: settled) == $0.variant }
      .max {
        ($0.headers["Date"].flatMap(HTTPDate.parse) ?? $0.responseTime, $0.responseTime)
          < ($1.headers["Date"].flatMap(HTTPDate.parse) ?? $1.responseTime, $1.responseTime)
      }
  }

  /// The request's fields that matter, in a fixed order and form; `nil` when nothing but this request matches.
  static func variant(of request: ClientRequest, vary: String?, settled: Set<String> = []) -> String? {
    guard let vary else { return "" }
    let names = vary.split(separator: ",").map { $0.trimmed.lowercased() }.filter { !$0.isEmpty }
    if names.contains("*") { return nil }
    return Set(names).subtracting(settled).sorted().map { name in
      let value = request.headers.joined(name).map { value in
        value.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed).joined(separator: ",")
      }
      return value.map { "\(name)=\($0)" } ?? name
    }.joined(separator: "\n")
  }

  // MARK: Fields

  /// Fields about one connection are not part of the answer (RFC 9111 §3.1).
  private static func isHop(_ name: String, _ headers: HeaderFields) -> Bool {
    let hops = [
      "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authentication-Info",
      "Proxy-Authorization", "Transfer-Encoding", "TE", "Trailer", "Upgrade",
    ]
    let named = headers.values(for: "Connection").flatMap { $0.split(separator: ",") }.map(\.trimmed)
    return (hops + named).contains { $0.equalsIgnoringCase(name) }
  }

  /// Fields that describe the stored body, which a 304 does not bring.
  static func isKept(_ name: String) -> Bool {
    let kept = ["Content-Length", "Content-Encoding", "Content-Range", "Transfer-Encoding", "Connection", "Keep-Alive"]
    return kept.contains { $0.equalsIgnoringCase(name) }
  }
}
