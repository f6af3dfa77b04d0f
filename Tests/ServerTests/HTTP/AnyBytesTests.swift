// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import JSON
import Market
import Testing

@testable import soukd

/// Whatever is sent: an answer, or a problem of the client's, never a failure of ours.
@Suite(.timeLimit(.minutes(3))) struct AnyBytesTests {
  @Test func `no request fails`() async throws {
    try await withMarket { market in
      let product = try await market.addProduct("A-1")
      try await market.buildIndex()
      var dice = SystemRandomNumberGenerator()
      for round in 0..<3000 {
        let request = Self.request(market, product, &dice)
        let response = await market.front.answer(request)
        let isFine = (200..<500).contains(response.status)
        #expect(isFine && !response.headers.isMalformed, "\(round) \(response.status) \(request)")
        if response.status >= 400, case .bytes(let bytes) = response.body {
          #expect(throws: Never.self) { try JSONDecoder().decode(Problem.self, from: bytes) }
        }
      }
    }
  }

  private static func request(
    _ market: TestMarket, _ product: Product, _ dice: inout SystemRandomNumberGenerator
  ) -> HTTPRequest {
    let endpoint = Contract.endpoints.randomElement(using: &dice)!
    let wire = try? Wire(endpoint)
    var address = (wire?.address ?? "/").replacing("prd_0123456789abcdef", with: product.id.text)
    var body = Array((wire?.body ?? "").utf8)
    for _ in 0..<Int.random(in: 0...3) { address = mangled(address, &dice) }
    for _ in 0..<Int.random(in: 0...4) { body = mangled(body, &dice) }
    let mark = address.firstIndex(of: "?")
    var headers = HTTPHeaders()
    headers["Content-Type"] = Bool.random() ? "application/json" : "application/merge-patch+json"
    if Int.random(in: 0..<4) > 0 { headers["Authorization"] = "Bearer \(market.token(market.seller))" }
    if Int.random(in: 0..<4) > 0 { headers["If-Match"] = ["*", "\"1\"", "W/\"\"", ",", "\""].randomElement() }
    for name in ["Idempotency-Key", "Accept", "Last-Event-ID", "If-None-Match", "Prefer", "Accept-Language", "Origin"]
    where Int.random(in: 0..<6) == 0 {
      headers[name] = (0..<Int.random(in: 0...8)).map { _ in pieces.randomElement()! }.joined().filter { $0 >= " " }
    }
    let method =
      Int.random(in: 0..<8) == 0
      ? ["HEAD", "OPTIONS", "BREW", "PUT", "DELETE"].randomElement()! : endpoint.method.rawValue
    let head = HTTPRequestHead(
      method: HTTPMethod(rawValue: method), path: Contract.basePath + String(address[..<(mark ?? address.endIndex)]),
      query: mark.map { String(address[address.index(after: $0)...]) }, headers: headers, remoteAddress: "192.0.2.1")
    return HTTPRequest(head: head, body: body.isEmpty ? .empty : .bytes(body))
  }

  private static let pieces = [
    "%00", "%", "%ff", "/", "?", "&", "=", "..", "\u{0}", "\n", "\"", "\\", "{", "}", "[", "]", ",", "null", "-1",
    "99999999999999999999", "é", "%C3%A9", "😀", "'", ";", "--", "*", "a", "limit=0", "cursor=cAAAA", "fields=id",
    "&q=%27",
    "&sort=relevance", "&q=a|b:*", "&category=a", "+", ">", "W/", "\u{1f}",
  ]

  private static func mangled(_ text: String, _ dice: inout SystemRandomNumberGenerator) -> String {
    let bytes = mangled(Array(text.utf8), &dice)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func mangled(_ bytes: [UInt8], _ dice: inout SystemRandomNumberGenerator) -> [UInt8] {
    var bytes = bytes
    let place = Int.random(in: 0...bytes.count, using: &dice)
    switch Int.random(in: 0..<5, using: &dice) {
    case 0: bytes.insert(contentsOf: Array(pieces.randomElement()!.utf8), at: place)
    case 1: bytes.removeLast(bytes.count - place)
    case 2: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255) }
    case 3: if place < bytes.count { bytes.remove(at: place) }
    default: bytes.insert(contentsOf: bytes.suffix(Int.random(in: 0...min(8, bytes.count))), at: place)
    }
    return bytes
  }
}
