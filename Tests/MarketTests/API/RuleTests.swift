import Testing

// SPDX-License-Identifier: GPL-3.0-or-later
@testable import Market

struct TextShapeTests {
  static let shapes: [TextShape] = [.line, .prose, .slug, .code, .categoryPath]

  /// Texts near the borders of every shape.
  private static func sample() -> String {
    let pieces = [
      "a", "z", "0", "9", "A", "-", "--", "/", ".", "_", " ", "\t", "\n", "\r", "\r\n", "\u{0}", "\u{8}", "\u{b}",
      "\u{1f}", "\u{7f}", "\u{85}", "\u{9f}", "\u{a0}", "\u{a1}", "é", "e\u{301}", "\u{301}", "😀", "\u{2028}",
      "\u{200b}", "-\u{301}", "/\u{301}", "\u{ffff}", "\u{10ffff}",
    ]
    return (0..<Int.random(in: 0...5)).map { _ in pieces.randomElement() ?? "" }.joined()
  }

  @Test(arguments: shapes) func `a shape accepts what its pattern matches`(shape: TextShape) throws {
    let pattern = try Regex(shape.pattern).matchingSemantics(.unicodeScalar)
    for _ in 0..<4000 {
      let text = Self.sample()
      let isMatched = try pattern.wholeMatch(in: text) != nil
      #expect(shape.accepts(text) == isMatched, "\(text.debugDescription)")
    }
  }

  @Test(arguments: [
    (TextShape.line, "Wave bracelet", true), (.line, "é", true), (.line, " a", false), (.line, "a ", false),
    (.line, "a\nb", false), (.line, "a\u{0}b", false), (.line, "\u{a0}a", false), (.line, "", true),
    (.prose, "a\n\n\tb", true), (.prose, "a\r\nb", false), (.prose, "\u{0}", false), (.prose, "", true),
    (.slug, "salt-and-silver", true), (.slug, "a--b", false), (.slug, "-a", false), (.slug, "a-", false),
    (.slug, "A", false), (.slug, "a_b", false), (.slug, "", false), (.code, "SS-014", true), (.code, "-a", false),
    (.code, "a b", false), (.code, "", false), (.categoryPath, "jewellery/rings", true), (.categoryPath, "a//b", false),
    (.categoryPath, "/a", false), (.categoryPath, "a/", false),
  ]) func `shapes of texts`(shape: TextShape, text: String, isFine: Bool) {
    #expect(shape.accepts(text) == isFine)
  }
}

struct RuleTests {
  private func draft(_ change: (inout ProductDraft) -> Void) -> ProductDraft {
    var draft = Catalogue.create.example.input
    change(&draft)
    return draft
  }

  private func codes(_ faults: [FieldError]) -> [String] { faults.map { $0.pointer + " " + $0.code } }

  /// A rule that always complains, after having looked at other fields too.
  private struct Pair: Codable, Ruled {
    var first = ""
    var secondPart = ""
    static let rules: [Rule<Pair>] = [
      .text("first", \.first, 1...3), .text("secondPart", \.secondPart, 0...3),
      Rule(
        field: "secondPart", needs: ["first"], check: { _ in [FieldError("/second_part", "unlike", "")] },
        refine: { $0 }),
    ]
  }

  @Test func `one rule speaks for a field, and none of what is wrong already`() {
    #expect(codes(Pair(first: "a", secondPart: "b").faults) == ["/second_part unlike"])
    #expect(codes(Pair(first: "a", secondPart: "long").faults) == ["/second_part too_long"])
    #expect(codes(Pair(first: "", secondPart: "b").faults) == ["/first required"])
    #expect(Pair(first: "a", secondPart: "b").faults(besides: ["second_part"]).isEmpty)
    #expect(Pair(first: "a", secondPart: "b").faults(besides: ["first"]).isEmpty)
    #expect(codes(Pair(first: "", secondPart: "long").faults(besides: ["first"])) == ["/second_part too_long"])
  }

  @Test(
    arguments: [
      (0, "/title required"), (1, "/title too_short"), (2, "/title too_short"), (3, nil), (120, nil),
      (121, "/title too_long"), (100_000, "/title too_long"),
    ] as [(Int, String?)]) func `a text has its length`(count: Int, fault: String?)
  {
    #expect(codes(draft { $0.title = String(repeating: "a", count: count) }.faults) == (fault.map { [$0] } ?? []))
  }

  @Test func `characters are counted as programs of other languages count them`() {
    // A letter with three marks is four scalars, whatever a reader sees.
    let marked = "e\u{301}\u{302}\u{303}"
    #expect(draft { $0.title = String(repeating: marked, count: 30) }.faults.isEmpty)
    #expect(codes(draft { $0.title = String(repeating: marked, count: 31) }.faults) == ["/title too_long"])
  }

  @Test(arguments: [
    (0, false), (1, true), (Money.amountMax, true), (Money.amountMax + 1, false), (-1, false), (.max, false),
  ])
  func `a price is something`(amount: Int, isFine: Bool) {
    #expect(codes(draft { $0.priceAmount = amount }.faults) == (isFine ? [] : ["/price_amount out_of_range"]))
  }

  @Test func `everything that is wrong is told at once`() {
    let draft = draft {
      $0.shop = "Not A Slug"
      $0.sku = ""
      $0.title = " x "
      $0.stock = -1
      $0.category = "/"
      $0.tags = ["fine", "", "a\nb", String(repeating: "x", count: 31)]
      $0.materials = Array(repeating: "wool", count: 13)
    }
    #expect(
      codes(draft.faults) == [
        "/shop wrong_format", "/sku required", "/title wrong_format", "/stock out_of_range", "/category too_short",
        "/tags/1 required", "/tags/2 wrong_format", "/tags/3 too_long", "/materials wrong_count",
      ])
  }

  @Test func `what a patch leaves out has no faults, and what it may not clear has`() {
    #expect(ProductPatch(product: .example).faults.isEmpty)
    let cleared = ProductPatch(
      product: .example, title: .clear, description: .clear, priceAmount: .clear, stock: .clear, category: .clear,
      tags: .clear, materials: .clear, status: .clear)
    #expect(cleared.faults.map(\.code) == Array(repeating: "required", count: 8))
    #expect(ProductPatch(product: .example, title: .set("ok title"), stock: .set(0), tags: .set([])).faults.isEmpty)
    #expect(
      codes(ProductPatch(product: .example, title: .set("ab"), stock: .set(-1)).faults)
        == ["/title too_short", "/stock out_of_range"])
  }

  @Test func `what a draft may not say, a patch may not set`() {
    let (title, tags, materials) = (" x ", ["", "fine"], Array(repeating: "wool", count: 13))
    let draft = draft {
      ($0.title, $0.description, $0.category, $0.priceAmount, $0.stock) = (title, "\u{0}", "/", 0, -1)
      ($0.tags, $0.materials) = (tags, materials)
    }
    let patch = ProductPatch(
      product: .example, title: .set(title), description: .set("\u{0}"), priceAmount: .set(0), stock: .set(-1),
      category: .set("/"), tags: .set(tags), materials: .set(materials))
    #expect(draft.faults == patch.faults && patch.faults.count == 7)
    let shop = ShopDraft(
      slug: "ab", name: "x", tagline: "\n", story: "\u{0}", city: "", country: .example, currency: .eur)
    let words = ShopPatch(
      slug: "ab", name: .set("x"), tagline: .set("\n"), story: .set("\u{0}"), city: .set(""))
    #expect(shop.faults == words.faults && words.faults.count == 5)
  }

  @Test(arguments: [(0, false), (1, true), (100, true), (101, false), (Int.max, false), (Int.min, false)])
  func `a page has from one to a hundred items`(limit: Int, isFine: Bool) {
    #expect(ProductQuery(limit: limit).faults.isEmpty == isFine)
    #expect(ShopQuery(limit: limit).faults.isEmpty == isFine)
    #expect(EventQuery(limit: limit).faults.isEmpty == isFine)
    #expect(ShopProductQuery(slug: "abc", limit: limit).faults.isEmpty == isFine)
  }
}
