// SPDX-License-Identifier: GPL-3.0-or-later
import Market
import Testing

@testable import soukd

@Suite struct AnswerFieldsTests {
  private let product = AnswerFields(of: AnyEndpoint(Catalogue.show))
  private let page = AnswerFields(of: AnyEndpoint(Catalogue.search))

  @Test func `the members of an answer are known, those within others too`() throws {
    #expect(try product.read("id,price.amount,shop,tags") == ["id", "price.amount", "shop", "tags"])
    // A product without a picture has no such member, and it may be asked for all the same.
    #expect(try product.read("photo.width") == ["photo.width"])
  }

  @Test func `of a page the members of its items are known`() throws {
    #expect(try page.read("title,availability") == ["title", "availability"])
    #expect(throws: InputFault.self) { try page.read("items") }
  }

  @Test(arguments: ["", "id,", "nosuch", "null", "id,price.nosuch", "id title", "tags.0"])
  func `another name is refused whatever the answer holds`(_ list: String) {
    #expect(throws: InputFault.self) { try product.read(list) }
  }

  @Test func `what is described is what is accepted`() throws {
    let pattern = try Regex(product.pattern)
    for list in ["id", "id,price.amount", "photo,shop.slug"] {
      #expect(list.wholeMatch(of: pattern) != nil)
    }
    for list in ["", "id,", "nosuch", "priceXamount"] { #expect(list.wholeMatch(of: pattern) == nil) }
  }
}
