// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPClient
import Market
import Observability

/// Speaks HTTP with one provider. Redirects are not followed: an issuer names its addresses, and whoever could redirect
/// could name others.
struct ProviderClient: Sendable {
  let provider: Provider
  let http: HTTPClient
  /// For each of the questions that a sign-in may ask; there are three at most, and a request has fifteen seconds.
  var timeout: Duration = .seconds(4)

  /// A document, and for how many seconds it may be kept.
  func document(_ url: String, bytesMax: Int) async throws -> (bytes: [UInt8], freshSeconds: Int64) {
    let sentAt = HTTPDate.now
    let answer = try await send(ClientRequest("GET", url, headers: ["Accept": "application/json"]), bytesMax)
    guard answer.status == 200 else { throw trouble(answer, .badDocument("status \(answer.status)")) }
    return (answer.body, ProviderClient.freshSeconds(answer, sentAt: sentAt, now: HTTPDate.now))
  }

  /// Exchanges a code (RFC 6749 §4.1.3) for the text of an id token.
  func idToken(
    for code: String, _ verifier: String, returnAddress: String, _ discovery: Discovery
  ) async throws -> String {
    var fields = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", returnAddress),
      ("code_verifier", verifier),
    ]
    var request = ClientRequest("POST", discovery.token.text, headers: ["Accept": "application/json"])
    let (id, secret) = (provider.clientID, provider.clientSecret.revealed)
    switch discovery.proof {
    case .basic:
      // Both are escaped before they are joined (RFC 6749 §2.3.1).
      let pair = "\(PercentEncoding.encode(id)):\(PercentEncoding.encode(secret))"
      request.headers["Authorization"] = "Basic " + Base64.encode(Array(pair.utf8))
    case .post: fields += [("client_id", id), ("client_secret", secret)]
    }
    request.headers["Content-Type"] = FormBody.type
    request.body = .bytes(Array(fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&").utf8))
    let answer = try await send(request, TokenAnswer.bytesMax)
    guard answer.status == 200 else {
      throw trouble(answer, .refused(TokenAnswer.errorCode(answer.body) ?? "status \(answer.status)"))
    }
    guard let token = TokenAnswer.idToken(answer.body) else { throw failure(.refused("no id token in its answer")) }
    return token
  }

  func failure(_ reason: ProviderFailure.Reason) -> ProviderFailure {
    ProviderFailure(provider: provider.name, reason: reason)
  }

  private func send(_ request: ClientRequest, _ bytesMax: Int) async throws -> ClientResponse {
    var request = request
    request.totalTimeout = timeout
    request.connectTimeout = timeout
    request.responseBytesMax = bytesMax
    request.redirectsMax = 0
    // The person tries again if they like; a code must not be sent twice.
    request.retry = .never
    do { return try await http.send(request) } catch let error as HTTPClientError {
      switch error.kind {
      case .aborted: throw CancellationError()
      case .tooLarge, .badAnswer: throw failure(.badDocument(error.kind.rawValue))
      default: throw failure(.away(error.kind.rawValue))
      }
    }
  }

  private func trouble(_ answer: ClientResponse, _ otherwise: ProviderFailure.Reason) -> ProviderFailure {
    failure(answer.status >= 500 || answer.status == 429 ? .away("status \(answer.status)") : otherwise)
  }

  /// As the answer's own headers say (RFC 9111), within bounds: not asked for again within five minutes, and not kept
  /// for longer than a day.
  static func freshSeconds(_ answer: ClientResponse, sentAt: Int64, now: Int64) -> Int64 {
    let stored = StoredResponse(
      key: "", variant: "", status: answer.status, headers: answer.headers, body: [], requestTime: sentAt,
      responseTime: now)
    return min(max(stored.freshnessLifetime - stored.age(now: now), 300), 86_400)
  }
}
