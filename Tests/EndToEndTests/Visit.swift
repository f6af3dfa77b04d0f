// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market
import Synchronization
import Testing

/// A browser without scripts: it keeps cookies, follows redirects and sends the first form of the page it is on.
final class Visit: Sendable {
  private struct State {
    var url = ""
    var page = ""
    var cookies: [String: String] = [:]
  }

  private let thread: ClientThread
  private let state = Mutex(State())

  init(_ thread: ClientThread) { self.thread = thread }

  var page: String { state.withLock { $0.page } }

  func open(_ url: String) async throws { try await go(ClientRequest("GET", url)) }

  func submit(_ fields: [String: String]) async throws {
    let (url, page) = state.withLock { ($0.url, $0.page) }
    let form = try #require(page.between("<form", "</form>"), "there is a form on \(page)")
    let action = try #require(form.between("action=\"", "\""))
    var fields = fields
    fields["form_token"] = form.between("name=\"form_token\" value=\"", "\"")
    let origin = try #require(Visit.origin(of: url))
    var request = ClientRequest("POST", origin + action)
    request.headers["Content-Type"] = "application/x-www-form-urlencoded"
    request.headers["Origin"] = origin
    let pairs = fields.map { "\($0)=\(PercentEncoding.encode($1))" }
    request.body = .bytes(Array(pairs.joined(separator: "&").utf8))
    try await go(request)
  }

  private func go(_ first: ClientRequest) async throws {
    var request = first
    for _ in 0..<8 {
      request.retry = .never
      let cookies = state.withLock { $0.cookies }
      if !cookies.isEmpty {
        request.headers["Cookie"] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
      }
      let answer = try await thread.client.send(request)
      note(answer, request.url)
      guard (301...303).contains(answer.status), let place = answer.headers["Location"] else {
        #expect(answer.isSuccess, "\(answer.status) from \(request.url): \(answer.text)")
        return
      }
      let origin = try #require(Visit.origin(of: request.url))
      request = ClientRequest("GET", place.hasPrefix("/") ? origin + place : place)
    }
    Issue.record("it never arrives")
  }

  private func note(_ answer: ClientResponse, _ url: String) {
    state.withLock { state in
      state.url = url
      state.page = answer.text
      for cookie in answer.headers.values(for: "Set-Cookie") {
        let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
        state.cookies[String(pair[0])] = pair.count > 1 ? String(pair[1]) : ""
      }
    }
  }

  private static func origin(of url: String) -> String? {
    guard let scheme = url.firstRange(of: "://") else { return nil }
    return String(url[..<(url[scheme.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex)])
  }
}

extension StringProtocol {
  /// What stands between two texts, the first time they do.
  fileprivate func between(_ start: String, _ end: String) -> String? {
    guard let from = firstRange(of: start) else { return nil }
    let rest = self[from.upperBound...]
    return rest.firstRange(of: end).map { String(rest[..<$0.lowerBound]) }
  }
}
