// SPDX-License-Identifier: GPL-3.0-or-later

/// An answer in a cache, with what is needed to judge it later. Codable, so that any storage can keep it.
public struct StoredResponse: Sendable, Equatable, Codable {
  /// What the answer is for; see `CachePolicy.key`.
  public var key: String
  /// The request's fields that Vary names, in one normal form: together with the key it names the answer.
  public var variant: String
  public var status: Int
  public var headers: HeaderFields
  public var body: [UInt8]
  /// When the request left and the answer came, in seconds since 1970.
  public var requestTime: Int64
  public var responseTime: Int64

  public init(
    key: String, variant: String, status: Int, headers: HeaderFields, body: [UInt8], requestTime: Int64,
    responseTime: Int64
  ) {
    self.key = key
    self.variant = variant
    self.status = status
    self.headers = headers
    self.body = body
    self.requestTime = requestTime
    self.responseTime = responseTime
  }

  /// Roughly what it takes up.
  public var sizeBytes: Int {
    headers.fields.reduce(key.utf8.count + variant.utf8.count + body.count + 256) {
      $0 + $1.name.utf8.count + $1.value.utf8.count + 32
    }
  }

  public var response: ClientResponse { ClientResponse(status: status, headers: headers, body: body) }

  /// Seconds since the origin made or confirmed it (RFC 9111 §4.2.3).
  public func age(now: Int64) -> Int64 {
    let date = headers["Date"].flatMap(HTTPDate.parse) ?? responseTime
    let apparent = max(0, responseTime - date)
    let told = CacheControl.seconds(headers["Age"]?.trimmed) ?? 0
    let corrected = told + max(0, responseTime - requestTime)
    return max(apparent, corrected) + max(0, now - responseTime)
  }

  /// For how many seconds from its making it is fresh (RFC 9111 §4.2.1, §4.2.2).
  public var freshnessLifetime: Int64 {
    if let maxAge = CacheControl(headers).maxAge { return maxAge }
    let date = headers["Date"].flatMap(HTTPDate.parse) ?? responseTime
    let expires = headers.values(for: "Expires")
    if !expires.isEmpty {
      // A date that cannot be read lies in the past; so does the earliest of several.
      return expires.map { max(0, (HTTPDate.parse($0.trimmed) ?? 0) - date) }.min() ?? 0
    }
    guard CachePolicy.heuristicStatuses.contains(status),
      let modified = headers["Last-Modified"].flatMap(HTTPDate.parse)
    else { return 0 }
    return min(max(0, date - modified) / 10, CachePolicy.heuristicSecondsMax)
  }

  /// The fields that let the origin say "still the same".
  var conditions: HeaderFields {
    var fields = HeaderFields()
    if let tag = headers["ETag"] { fields.add("If-None-Match", tag) }
    if let modified = headers["Last-Modified"] { fields.add("If-Modified-Since", modified) }
    return fields
  }

  /// Takes over what a 304 says (RFC 9111 §4.3.4). The body stays.
  mutating func merge(_ confirmation: ClientResponse, requestTime: Int64, responseTime: Int64) {
    let replaced = confirmation.headers.fields.filter { !CachePolicy.isKept($0.name) }
    for field in replaced { headers.remove(field.name) }
    // An Age that the confirmation does not have belonged to the answer before.
    headers.remove("Age")
    for field in replaced { headers.add(field.name, field.value) }
    self.requestTime = requestTime
    self.responseTime = responseTime
  }
}
