// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer

/// What pages of other origins may do (the fetch standard's CORS protocol). Without configuration: nothing.
struct CrossOrigin: Sendable {
  var allowedOrigins: [String]

  static let exposedHeaders = """
    ETag, Location, Content-Location, Link, Allow, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id, Idempotency-Replayed, \
    Preference-Applied
    """
  static let allowedHeaders = """
    Authorization, Souk-Guest, Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Request-Id, Accept-Language, \
    Prefer, Last-Event-ID, traceparent, tracestate
    """

  func mark(_ response: inout HTTPResponse, origin: String?, isPreflight: Bool = false) {
    guard !allowedOrigins.isEmpty else { return }
    response.headers.add("Vary", "Origin")
    guard let origin, allowedOrigins.contains("*") || allowedOrigins.contains(origin) else { return }
    response.headers["Access-Control-Allow-Origin"] = allowedOrigins.contains("*") ? "*" : origin
    response.headers["Access-Control-Expose-Headers"] = CrossOrigin.exposedHeaders
    if isPreflight {
      response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
      response.headers["Access-Control-Allow-Headers"] = CrossOrigin.allowedHeaders
      response.headers["Access-Control-Max-Age"] = "3600"
    }
  }
}
