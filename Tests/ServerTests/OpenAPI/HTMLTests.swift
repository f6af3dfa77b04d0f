// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import soukd

struct HTMLTests {
  @Test(arguments: [
    ("plain", "plain"), ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"), ("&amp;", "&amp;amp;"), ("Zoë 🧵", "Zoë 🧵"),
    // A sign and a combining mark are one character, and the sign still opens a tag or ends an attribute.
    ("<\u{301}", "&lt;\u{301}"), ("\"\u{338}x", "&quot;\u{338}x"), ("&\u{20e3}", "&amp;\u{20e3}"),
    ("\u{301}<", "\u{301}&lt;"),
  ]) func `text is escaped sign by sign`(text: String, escaped: String) {
    #expect(HTML.escape(text).unicodeScalars.elementsEqual(escaped.unicodeScalars))
  }
}
