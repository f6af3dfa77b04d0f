// SPDX-License-Identifier: GPL-3.0-or-later
import RichText
import Testing

@Suite struct MarkdownTextTests {
  typealias Block = MarkdownText.Block
  typealias Span = MarkdownText.Span

  @Test(
    "what people write becomes blocks",
    arguments: [
      ("", []), ("  \n\t\n", []),
      ("one\ntwo\n\nthree", [Block(.paragraph, [Span("one two")]), Block(.paragraph, [Span("three")], isApart: true)]),
      ("# Title\ntext", [Block(.heading, [Span("Title")]), Block(.paragraph, [Span("text")])]),
      ("####### no\n#no", [Block(.paragraph, [Span("####### no #no")])]),
      (
        "- a\n+ b\n12. c",
        [
          Block(.item(number: nil), [Span("a")]), Block(.item(number: nil), [Span("b")]),
          Block(.item(number: "12"), [Span("c")]),
        ]
      ),
      ("-a\n1234. b", [Block(.paragraph, [Span("-a 1234. b")])]),
      (">  said", [Block(.quote, [Span("said")])]),
      ("\n\na", [Block(.paragraph, [Span("a")])]),
    ] as [(String, [Block])])
  func blocks(_ text: String, _ blocks: [Block]) { #expect(MarkdownText(text).blocks == blocks) }

  @Test(
    "marks that close set words apart, all others are text",
    arguments: [
      ("a **b** c", [Span("a "), Span("b", .bold), Span(" c")]),
      ("*i* _j_", [Span("i", .italic), Span(" "), Span("j", .italic)]),
      ("`c * d`", [Span("c * d", .code)]), ("snake_case_word 2 * 3 * 4", [Span("snake_case_word 2 * 3 * 4")]),
      ("**open", [Span("**open")]), ("****", [Span("****")]), ("<b>[x](y)", [Span("<b>[x](y)")]),
    ] as [(String, [Span])])
  func spans(_ text: String, _ spans: [Span]) { #expect(MarkdownText.spans(of: text) == spans) }

  @Test func `words alone are left where marks cannot stand`() {
    #expect(MarkdownText("# A\n\nsome **bold**\n- x").plain == "A some bold x")
  }
}
