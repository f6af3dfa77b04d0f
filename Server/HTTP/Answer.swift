// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer

/// An answer without its type: what a route gives back to the pipeline, and what an Idempotency-Key remembers.
struct Answer: Sendable {
  enum Body: Sendable {
    case json([UInt8])
    case media(HTTPResponse.Body, type: String)
    case response(HTTPResponse)
    case nothing
  }

  var status: Int
  var body: Body
  var tag: EntityTag?
  var location: String?
  var contentLocation: String?
  var caching: CachingHeader
  var isReplayed = false
}

/// The value of Cache-Control.
struct CachingHeader: Sendable, Equatable {
  var text: String
}
