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
    case .response(let made): return made
    case .nothing: response = HTTPResponse(status: answer.status)
    case .file(let path, let type):
      response = HTTPResponse(status: answer.status, headers: ["Content-Type": type], body: .file(path: path))
    case .json(var bytes):
      if !fields.isEmpty {
        bytes = try trimmed(bytes)
        tag = EntityTag(of: bytes)
      }
      if tag == nil, answer.caching.text != "no-store" { tag = EntityTag(of: bytes) }
      response = HTTPResponse(status: answer.status, contentType: "application/json", bytes)
      if let next = nextPage(bytes) { response.headers["Link"] = next }
    }
    response.headers["Cache-Control"] = answer.caching.text
    if answer.caching.text.hasPrefix("private") { response.headers.add("Vary", "Authorization") }
    if let location = answer.location { response.headers["Location"] = location }
    if answer.isReplayed { response.headers["Idempotency-Replayed"] = "true" }
    if let tag {
      response.headers["ETag"] = tag.header
      if answer.status == 200, isGet, let header = request.headers["If-None-Match"], EntityTagList.contains(header, tag)
      {
        response.status = 304
        response.body = .empty
        response.headers["Content-Type"] = nil
      }
    }
    return minimal(response, answer)
  }

  private var isGet: Bool { request.method == .get || request.method == .head || request.isHead }

  private func trimmed(_ bytes: [UInt8]) throws -> [UInt8] {
    do throws(JSONError) { return try JSONSelect.fields(fields, of: bytes) } catch {
      throw InputFault.invalid([FieldError("/fields", error.code, error.detail)])
    }
  }

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
    return "<\(request.path)?\(pairs.joined(separator: "&"))>; rel=\"next\""
  }
}
