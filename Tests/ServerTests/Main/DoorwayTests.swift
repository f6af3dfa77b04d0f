// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Market
import Testing

@testable import soukd

struct DoorwayTests {
  @Test func `whoever knocks too early is told to come again, body and all`() async throws {
    try await withMarket { market in
      let doorway = Doorway(uploadDirectory: market.configuration.uploadDirectory)
      let head = HTTPRequestHead(path: "/api/v1/shops", headers: ["Accept-Language": "de"])
      let early = await doorway.answer(HTTPRequest(head: head))
      #expect(early.status == 503 && early.headers["Retry-After"] == "1" && early.headers["Content-Language"] == "de")
      guard case .refuse(let refusal) = doorway.bodyPolicy(head) else {
        Issue.record("a body has nowhere to go yet")
        return
      }
      #expect(refusal.status == 503)
      doorway.open(to: market.front)
      #expect(await doorway.answer(HTTPRequest(head: head)).status == 200)
      guard case .buffer(API.jsonBytesMax) = doorway.bodyPolicy(head) else {
        Issue.record("a body is read")
        return
      }
    }
  }
}
