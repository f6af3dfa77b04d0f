// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPClient
import Market
import Observability

/// A provider of text messages with the interface that Twilio made common: one form, posted with basic authentication.
struct TextProvider: Sendable, Equatable {
  /// Up to the version: `https://api.example.com/2010-04-01`.
  var url: String
  var account: String
  var token: Secret<String>
  /// The number or name that messages come from.
  var from: String

  func send(_ text: String, to number: String, by client: HTTPClient) async throws {
    var request = ClientRequest("POST", "\(url)/Accounts/\(PercentEncoding.encode(account))/Messages.json")
    request.headers["Authorization"] = "Basic " + Base64.encode(Array("\(account):\(token.revealed)".utf8))
    request.headers["Content-Type"] = "application/x-www-form-urlencoded"
    let fields = [("To", number), ("From", from), ("Body", text)]
    let form = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    request.body = .bytes(Array(form.utf8))
    // Sent once: the job tries again, and a message more is better than a code less.
    request.retry = .never
    let answer = try await client.send(request)
    guard (200..<300).contains(answer.status) else { throw TextRefused(status: answer.status) }
  }
}

struct TextRefused: Error, CustomStringConvertible {
  var status: Int
  var description: String { "the provider of text messages answered \(status)" }
}
