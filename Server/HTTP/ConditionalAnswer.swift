// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market

/// The last step of an answer: trimmed to the fields asked for, and not sent at all when the caller has it.
struct ConditionalAnswer: Sendable {
  let request: HTTPRequest
  let fields: [String]

  func response(_ answer: Answer) throws -> HTTPResponse {
    var response: HTTPResponse
    var tag = answer.tag
    switch answer.body {
    case .response(var made):
      if answer.caching.text.hasPrefix("private") { made.headers.addCallers() }
      return made
    case .nothing: response = HTTPResponse(status: answer.status)
    case .media(let media, let type):
      response = HTTPResponse(status: answer.status, headers: ["Content-Type": type], body: media)
    case .json(var bytes):
      if !fields.isEmpty {
        // The fields were checked against the schema; one that this very answer does not have is just not there.
        bytes = try JSONSelect.fields(fields, of: bytes, mustExist: false)
        tag = EntityTag(of: bytes)
      }
      if tag == nil, answer.caching.text != "no-store" { tag = EntityTag(of: bytes) }
      response = HTTPResponse(status: answer.status, contentType: "application/json", bytes)
      if let next = nextPage(bytes) { response.headers["Link"] = next }
    }
    response.headers["Cache-Control"] = answer.caching.text
    if answer.caching.text.hasPrefix("private") { response.headers.addCallers() }
    if let location = answer.location { response.headers["Location"] = location }
    if let location = answer.contentLocation { response.headers["Content-Location"] = location }
    if answer.isReplayed { response.headers["Idempotency-Replayed"] = "true" }
    if let tag {
      response.headers["ETag"] = tag.header
      if answer.status == 200, isGet, EntityTagList.contains(request.headers.values(for: "If-None-Match"), tag) {
        response.status = 304
        response.body = .empty
        response.headers["Content-Type"] = nil
      }
    }
    return minimal(response, answer)
  }

  private var isGet: Bool { request.method == .get || request.method == .head || request.isHead }

  /// `Prefer: return=minimal` (RFC 7240): the change happened, its result is not repeated.
  private func minimal(_ response: HTTPResponse, _ answer: Answer) -> HTTPResponse {
    guard !isGet, answer.status < 300, request.headers.lists("return=minimal", in: "Prefer") else { return response }
    var response = response
    response.status = answer.status == 200 ? 204 : answer.status
    response.body = .empty
    response.headers["Content-Type"] = nil
    response.headers["Preference-Applied"] = "return=minimal"
    return response
  }

  /// The Link header (RFC 8288) of a page with a next one. Ready bytes end in their cursor, so only the end is read.
  private func nextPage(_ bytes: [UInt8]) -> String? {
    guard isGet, let cursor = PageBytes.nextCursor(bytes) else { return nil }
    var pairs = (request.query ?? "").split(separator: "&").filter { !$0.hasPrefix("cursor=") }.map(String.init)
    pairs.append("cursor=\(cursor)")
    return "<\(request.path)?\(uri(pairs.joined(separator: "&")))>; rel=\"next\""
  }

  /// Escapes what a caller may have sent plain but a URI may not hold, and would end the link early.
  private func uri(_ query: String) -> String {
    query.utf8.reduce(into: "") { text, byte in
      let isPlain = byte > 0x20 && byte < 0x7f && !"<>\"\\^`{|}".utf8.contains(byte)
      let scalar = Character(Unicode.Scalar(byte))
      if isPlain { text.append(scalar) } else { text += byte < 16 ? "%0" : "%"; text += String(byte, radix: 16) }
    }
  }
}

extension HTTPHeaders {
  /// Says that the answer is for this caller: equal versions of two people's things have equal tags.
  fileprivate mutating func addCallers() {
    add("Vary", "Authorization")
    add("Vary", GuestPass.header)
  }
}
