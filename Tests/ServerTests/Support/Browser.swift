// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPClient
import Market
import TestSupport
import Testing

@testable import soukd

/// A browser without scripts: it keeps cookies, follows redirects, and sends the forms of the page that it shows.
final class Browser {
  private let client: HTTPClient
  private let language: String
  /// By host and port; enough for pages that set them for a whole host.
  private(set) var cookies: [String: [String: String]] = [:]
  private(set) var url: String
  private(set) var answer = ClientResponse(status: 0)
  /// The addresses of this and earlier pages.
  private(set) var history: [String] = []
  /// A redirect to an address that holds this is not followed: it is where `awaited` says.
  var stopsBefore: String?
  private(set) var awaited: String?

  init(_ client: HTTPClient, at url: String, language: String = "en") {
    self.client = client
    self.url = url
    self.language = language
  }

  var status: Int { answer.status }
  var text: String { answer.text }
  var path: String { String(url.dropFirst(origin.count).prefix { $0 != "?" }) }

  /// The text of the page as it is read, without its tags.
  var words: String { HTMLText.words(text) }

  func open(_ address: String) async throws { try await load("GET", resolved(address), nil) }

  func reload() async throws { try await load("GET", url, nil) }

  /// Follows the link with these words.
  func follow(_ words: String) async throws {
    let link = try #require(HTMLText.links(text).first { $0.words == words }, "a link \(words) on \(self.words)")
    try await open(link.address)
  }

  /// Fills in the first form that has these fields and sends it, by the button whose words are given or by the first.
  func send(_ fields: [String: String] = [:], by button: String? = nil) async throws {
    let form = try #require(
      HTMLText.forms(text).first { form in
        fields.keys.allSatisfy { name in form.fields.contains { $0.name == name } }
          && (button == nil || form.buttons.contains { $0.words == button })
      }, "a form with \(fields.keys.sorted()) and \(button ?? "a button") on \(words)")
    var pairs = form.fields.map { ($0.name, fields[$0.name] ?? $0.value) }
    let pressed = button.flatMap { words in form.buttons.first { $0.words == words } } ?? form.buttons.first
    if let pressed, !pressed.name.isEmpty { pairs.append((pressed.name, pressed.value)) }
    try await post(form.action.isEmpty ? url : form.action, pairs)
  }

  /// Sends what no form of the page would.
  func post(_ address: String, _ pairs: [(String, String)]) async throws {
    let body = pairs.map { "\(PercentEncoding.encode($0))=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    try await load("POST", resolved(address), body)
  }

  /// The value of a field of the page.
  func field(_ name: String) -> String? {
    HTMLText.forms(text).flatMap(\.fields).first { $0.name == name }?.value
  }

  func setCookie(_ name: String, _ value: String?) { cookies[origin, default: [:]][name] = value }
  func cookie(_ name: String) -> String? { cookies[origin]?[name] }

  // MARK: How

  private var origin: String { Browser.origin(of: url) }

  private func resolved(_ address: String) -> String { address.hasPrefix("/") ? origin + address : address }

  private static func origin(of url: String) -> String {
    let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    return String(url[..<(url[start...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex)])
  }

  private func load(_ method: String, _ address: String, _ body: String?) async throws {
    var (method, address, body) = (method, address, body)
    for _ in 0..<10 {
      url = address
      history.append(address)
      answer = try await ask(method, body)
      guard (300..<400).contains(answer.status), let location = answer.headers["Location"] else { return }
      if answer.status != 307 && answer.status != 308 { (method, body) = ("GET", nil) }
      address = resolved(location)
      if let stopsBefore, address.contains(stopsBefore) {
        awaited = address
        return
      }
    }
    Issue.record("too many redirects: \(history.suffix(11))")
  }

  private func ask(_ method: String, _ body: String?) async throws -> ClientResponse {
    var request = ClientRequest(method, url, headers: ["Accept": "text/html", "Accept-Language": language])
    if let body {
      request.headers["Content-Type"] = "application/x-www-form-urlencoded"
      request.body = .bytes(Array(body.utf8))
    }
    let jar = cookies[origin] ?? [:]
    if !jar.isEmpty {
      request.headers["Cookie"] = jar.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ")
    }
    request.retry = .never
    let answer = try await client.send(request)
    for line in answer.headers.values(for: "Set-Cookie") { keep(line) }
    return answer
  }

  private func keep(_ line: String) {
    let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if pair.count == 2 { setCookie(String(pair[0]), String(pair[1])) }
  }
}

/// What a browser makes of the plain HTML of our pages and of our peers'.
enum HTMLText {
  struct Field { var name: String; var value: String }
  struct Button { var name: String; var value: String; var words: String }
  struct Form { var action: String; var fields: [Field]; var buttons: [Button] }
  struct Link { var address: String; var words: String }

  static func forms(_ html: String) -> [Form] {
    elements("form", html).map { tag, inside in
      Form(
        action: attribute("action", tag) ?? "",
        fields: tags("input", inside).filter { attribute("type", $0) != "submit" }.compactMap { input in
          attribute("name", input).map { Field(name: $0, value: attribute("value", input) ?? "") }
        },
        buttons: elements("button", inside).map { tag, inside in
          Button(
            name: attribute("name", tag) ?? "", value: attribute("value", tag) ?? "", words: words(inside))
        })
    }
  }

  static func links(_ html: String) -> [Link] {
    elements("a", html).compactMap { tag, inside in
      attribute("href", tag).map { Link(address: $0, words: words(inside)) }
    }
  }

  static func words(_ html: String) -> String {
    var text = ""
    var isTag = false
    for character in html[(html.firstRange(of: "</style>")?.upperBound ?? html.startIndex)...] {
      if character == "<" {
        isTag = true
      } else if character == ">" {
        isTag = false; text += " "
      } else if !isTag {
        text.append(character)
      }
    }
    return plain(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  private static func elements(_ name: String, _ html: String) -> [(tag: String, inside: String)] {
    var rest = html[...]
    var list: [(String, String)] = []
    while let start = rest.firstRange(of: "<\(name)") {
      rest = rest[start.upperBound...]
      guard let next = rest.first, next == ">" || next.isWhitespace, let end = rest.firstIndex(of: ">") else {
        continue
      }
      let close = rest[end...].firstRange(of: "</\(name)>")?.lowerBound ?? rest.endIndex
      list.append((String(rest[..<end]), String(rest[rest.index(after: end)..<close])))
      rest = rest[close...]
    }
    return list
  }

  private static func tags(_ name: String, _ html: String) -> [String] {
    html.split(separator: "<").filter { $0.hasPrefix("\(name) ") }.map { String($0.prefix { $0 != ">" }) }
  }

  private static func attribute(_ name: String, _ tag: String) -> String? {
    guard let start = tag.firstRange(of: "\(name)=\"") else { return nil }
    return plain(String(tag[start.upperBound...].prefix { $0 != "\"" }))
  }

  private static func plain(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#34;", "\""), ("&amp;", "&")]
      .reduce(text) { $0.replacing($1.0, with: $1.1) }
  }
}
