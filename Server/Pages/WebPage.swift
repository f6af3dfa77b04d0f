// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import HTTPServer
import Market

/// A page for people: a title and a body in each language.
struct WebPage: Sendable {
  var status = 200
  var title: Phrase
  var body: @Sendable (Language) -> Markup

  init(status: Int = 200, title: Phrase, body: @escaping @Sendable (Language) -> Markup) {
    self.status = status
    self.title = title
    self.body = body
  }

  /// The page on the wire. It is nobody else's to keep, to frame or to add anything to.
  func response(in language: Language) -> HTTPResponse {
    let html = PageFrame.html(title: title[language], in: language, body(language))
    var response = HTTPResponse(status: status, contentType: "text/html; charset=utf-8", Array(html.text.utf8))
    response.headers["Content-Language"] = language.rawValue
    response.headers.add("Vary", "Accept-Language")
    // Tokens and what a person typed stand on one page: its compressed size would tell of the one by the other.
    response.mayCompress = false
    response.headers.addPageRules()
    return response
  }
}

extension HTTPHeaders {
  /// What holds for every answer of the pages.
  mutating func addPageRules() {
    self["Cache-Control"] = "no-store"
    self["Content-Security-Policy"] = PageFrame.policy
    self["Referrer-Policy"] = "no-referrer"
    self["X-Content-Type-Options"] = "nosniff"
    self["Cross-Origin-Opener-Policy"] = "same-origin"
  }
}
