// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market
import Synchronization

/// Stands where the handler will be. Links and tokens name the port, and which it is shows only once the server listens
/// (`port = 0` lets the system choose); whoever knocks before the rest is made is told to come again.
final class Doorway: Sendable {
  // Written once, and read without a lock by every request.
  private let inside = AtomicLazyReference<Front>()
  private let uploadDirectory: String

  init(uploadDirectory: String) { self.uploadDirectory = uploadDirectory }

  func open(to front: Front) { _ = inside.storeIfNil(front) }

  func answer(_ request: HTTPRequest) async -> HTTPResponse {
    guard let front = inside.load() else { return Doorway.closed(request) }
    return await front.answer(request)
  }

  func bodyPolicy(_ head: HTTPRequestHead) -> BodyPolicy {
    guard let front = inside.load() else { return .refuse(Doorway.closed(HTTPRequest(head: head))) }
    return front.bodyPolicy(head, spoolDirectory: uploadDirectory)
  }

  private static func closed(_ request: HTTPRequest) -> HTTPResponse {
    var answer = ProblemAnswer(.unavailable)
    answer.retryAfterSeconds = 1
    return answer.response(for: RequestHead(request, trustedProxies: 0))
  }
}
