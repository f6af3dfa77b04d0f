// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

struct LanguageTests {
  @Test(arguments: [
    (nil, Language.english), ("", .english), ("de", .german), ("de-AT", .german), ("DE", .german),
    ("fr;q=0.5", .french),
    ("it", .english), ("it, fr", .french), ("en;q=0.5, es", .spanish), ("de;q=0.8, fr;q=0.9", .french),
    ("de;q=0.8,fr;q=0.85", .french), ("de;q=0.85,fr;q=0.9", .french), ("de;q=0.123,fr;q=0.122", .german),
    ("de;q=0.1,fr;q=0.12", .french), ("de;q=0.12,fr;q=0.1", .german), ("fr, de", .french),
    ("de;q=1.000, fr;q=0.999", .german), ("de;q=0", .english), ("de;q=0.000", .english),
    ("de;q=0, fr;q=0.001", .french),
    ("de ; q=0.2 , es ;q=0.3", .spanish), ("de;Q=0.2, es;q=0.3", .spanish), ("de;q=abc, es;q=0.1", .spanish),
    ("de;q=2, es;q=0.1", .spanish), ("de;q=0.+5, es;q=0.1", .spanish), ("de;q=, es;q=0.1", .spanish),
    ("de;q=0.5, *;q=0.8", .english), ("de;q=0.5, *;q=0.1", .german), ("*", .english), ("en;q=0, *", .german),
    (",,;;,de", .german), ("de-", .german), ("dee", .english), ("-de", .english),
    ("de;level=1;q=0.1,fr;q=0.5", .french),
    ("de;q=1.001, fr;q=0.5", .french), ("de;q=0.1234, fr;q=0.05", .french),
  ]) func `the caller's best language is chosen`(header: String?, language: Language) {
    #expect(Language.preferred(by: header) == language)
  }

  @Test func `no header is too long to be read`() {
    #expect(Language.preferred(by: String(repeating: "x,", count: 100_000) + "de") == .english)
    #expect(Language.preferred(by: "de," + String(repeating: "x", count: 100_000)) == .german)
  }

  @Test(arguments: Language.allCases, ProblemCode.allCases)
  func `every problem is told in every language`(language: Language, code: ProblemCode) {
    let text = code.text(in: language)
    #expect(text.title.count > 3)
    #expect(text.detail.count > 10)
    if language != .english { #expect(text.detail != code.text(in: .english).detail) }
  }
}
