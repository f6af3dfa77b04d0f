// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPServer
import Testing

@testable import soukd

struct FormBodyTests {
  private func read(_ body: String) -> [String: String]? { try? FormBody.read(Array(body.utf8), names: ["a", "b c"]) }

  @Test func `forms are read as browsers send them`() {
    #expect(read("") == [:])
    #expect(read("a=") == ["a": ""])
    #expect(read("a=1&b+c=2") == ["a": "1", "b c": "2"])
    #expect(read("b%20c=x%3D%26+y=z") == ["b c": "x=& y=z"])
    #expect(read("a=%F0%9F%A7%B5%C3%A9") == ["a": "🧵é"])
  }

  @Test(arguments: [
    "a", "&", "a=1&", "&a=1", "a=1&&b+c=2", "=1", "a=1&a=2", "a=1&%61=2", "d=1", "A=1", "a=%", "a=%4", "a=%zz", "a=%ff",
    "a=%c3", "a=%00", "a=x%0Ay", "a=%7f", "a=%C2%85", "{\"a\":1}", "a\u{0}=1",
  ]) func `what no browser sends is refused`(body: String) {
    #expect(read(body) == nil)
  }

  @Test func `a form has at most eight kilobytes, and is text`() {
    #expect(read("a=" + String(repeating: "x", count: FormBody.bytesMax - 2)) != nil)
    #expect(read("a=" + String(repeating: "x", count: FormBody.bytesMax - 1)) == nil)
    #expect((try? FormBody.read([0x61, 0x3d, 0xff], names: ["a"])) == nil)
  }

  @Test func `cookies are found by their name`() {
    let headers: HTTPHeaders = ["Cookie": "x=1; souk-visit=abc=; y", "cookie": "z=2; souk-visit=other"]
    #expect(Cookies.value(of: "souk-visit", in: headers) == "abc=")
    #expect(Cookies.value(of: "z", in: headers) == "2")
    #expect(Cookies.value(of: "y", in: headers) == nil)
    #expect(Cookies.value(of: "visit", in: headers) == nil)
  }
}
