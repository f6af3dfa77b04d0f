// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market
import Testing

@testable import soukd

struct MarkupTests {
  @Test func `text is escaped, within and without attributes`() {
    let text = "\"\u{301}><b>'&"
    let markup: Markup = "<p title=\"\(text)\">\(text)</p>"
    let escaped = "&quot;\u{301}&gt;&lt;b&gt;&#39;&amp;"
    #expect(markup.text.unicodeScalars.elementsEqual("<p title=\"\(escaped)\">\(escaped)</p>".unicodeScalars))
  }

  @Test func `markup goes in as it is, and nothing where there is none`() {
    let bold: Markup = "<b>\("&")</b>"
    let none: Markup? = nil
    let list: [Markup] = ["<i>", "\("<")"]
    let page: Markup = "\(bold)\(none)\(list)"
    #expect(page.text == "<b>&amp;</b><i>&lt;")
  }

  @Test func `every page carries the rules that keep it alone`() throws {
    for problem in MarkupTests.problems {
      for language in Language.allCases {
        let response = problem.page.response(in: language)
        #expect(response.status == problem.status && !response.headers.isMalformed && !response.mayCompress)
        #expect(response.headers["Cache-Control"] == "no-store")
        #expect(response.headers["Content-Language"] == language.rawValue)
        #expect(response.headers["Referrer-Policy"] == "no-referrer")
        let policy = try #require(response.headers["Content-Security-Policy"])
        for rule in ["default-src 'none'", "style-src 'sha256-", "form-action 'self'", "frame-ancestors 'none'"] {
          #expect(policy.contains(rule))
        }
        guard case .bytes(let bytes) = response.body else {
          Issue.record("a page has bytes")
          continue
        }
        let html = String(decoding: bytes, as: UTF8.self)
        #expect(
          html.contains("<html lang=\"\(language.rawValue)\">") && html.contains("&lt;Acme&gt;") == problem.isNamed)
        for foreign in ["<script", " src=", "http://", "https://", "<Acme>", " style="] {
          #expect(!html.contains(foreign))
        }
      }
    }
  }

  /// The four languages say different things, and none of them nothing.
  @Test func `problems are told in every language`() {
    for problem in MarkupTests.problems {
      for phrase in [problem.title, problem.detail] {
        #expect(Set(Language.allCases.map { phrase[$0] }).count == Language.allCases.count)
        #expect(Language.allCases.allSatisfy { phrase[$0].count > 4 })
      }
    }
  }

  static let problems: [PageProblem] = [
    .unreadable, .noSuchPage, .wrongMethod, .tooLarge, .noForm, .tooMany, .formIsOver, .deviceIsOver, .unavailable,
    .failed, .providerAway("<Acme>"), .providerNonsense("<Acme>"), .providerDenied("<Acme>"),
    .attemptIsOver("<Acme>"), .emailUnproven("<Acme>"),
  ]
}

extension PageProblem {
  fileprivate var isNamed: Bool {
    switch self {
    case .providerAway, .providerNonsense, .providerDenied, .attemptIsOver, .emailUnproven: true
    default: false
    }
  }
}
