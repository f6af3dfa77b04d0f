// SPDX-License-Identifier: GPL-3.0-or-later
import Drawing
import Testing

@Suite(.timeLimit(.minutes(1))) struct VectorTests {
  private func svg(_ body: String, _ attributes: String = "viewBox='0 0 10 10'") -> String {
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \(attributes)>\(body)</svg>"
  }

  private func refusal(_ drawing: DrawingProcess, _ svg: String, width: Int = 100) async -> DrawingRefusal? {
    do throws(DrawingRefusal) {
      _ = try await drawing.render(svg: svg, width: width)
      return nil
    } catch { return error }
  }

  @Test(arguments: [
    ("viewBox='0 0 10 5'", 50), ("width='30' height='60'", 200), ("viewBox='0 0 10 5' width='8cm'", 50), ("", 100),
  ])
  func `a drawing becomes a PNG of the asked width and its own shape`(attributes: String, height: Int) async throws {
    try await withDrawing { drawing in
      let png = try await drawing.render(
        svg: svg("<rect width='100%' height='100%' fill='#0f0'/>", attributes), width: 100)
      let pixels = try #require(Pixels(png: png))
      #expect(pixels.size == PictureSize(width: 100, height: height))
      #expect(name(pixels[50, height / 2]) == "green")
    }
  }

  @Test func `nothing outside the drawing is loaded and no script runs`() async throws {
    let outside = [
      "<image width='10' height='10' xlink:href='file:///usr/share/pixmaps/debian-logo.png'/>",
      "<image width='10' height='10' href='http://127.0.0.1:9/x.png'/>",
      "<script>document.documentElement.innerHTML = ''</script>",
      "<style>@import url('file:///etc/passwd');</style>",
      "<use xlink:href='/etc/hostname#a'/>",
    ]
    try await withDrawing { drawing in
      let empty = try await drawing.render(svg: svg(""), width: 100)
      for body in outside { #expect(try await drawing.render(svg: svg(body), width: 100) == empty, "\(body)") }
      let entity = "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + svg("<text y='5'>&x;</text>")
      let answer = await refusal(drawing, entity)
      #expect(answer == .corrupt || answer == nil)
      if answer == nil { #expect(try await drawing.render(svg: entity, width: 100) == empty) }
      #expect(await drawing.census().started == 1)
    }
  }

  @Test func `entities that multiply are refused`() async throws {
    var entities = "<!ENTITY a0 'lol lol lol lol lol'>"
    for level in 1...12 {
      entities += "<!ENTITY a\(level) '" + String(repeating: "&a\(level - 1);", count: 10) + "'>"
    }
    try await withDrawing({ $0.requestLimit = .seconds(20) }) { drawing in
      let bomb = "<!DOCTYPE svg [\(entities)]>" + svg("<text y='5'>&a12;</text>")
      #expect(await refusal(drawing, bomb) == .corrupt)
      #expect(await refusal(drawing, svg("")) == nil)
    }
  }

  @Test func `a size beyond reason is refused`() async throws {
    try await withDrawing { drawing in
      #expect(await refusal(drawing, svg(""), width: 5000) == .tooLarge(width: 5000, height: 5000))
      #expect(await refusal(drawing, svg(""), width: 0) == .tooLarge(width: 0, height: 1))
      #expect(await refusal(drawing, svg("", "width='1' height='1000'")) == .tooLarge(width: 100, height: 100_000))
      #expect(await refusal(drawing, svg("", "width='100000000' height='100000000'")) == nil)
    }
  }

  @Test(arguments: ["<svg", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "<html></html>", "<a b='"])
  func `broken markup is refused`(text: String) async throws {
    try await withDrawing { drawing in #expect(await refusal(drawing, text) == .corrupt) }
  }

  @Test func `what is no markup at all is no picture`() async throws {
    try await withDrawing { drawing in
      #expect(await refusal(drawing, "hello") == .notAnImage)
      #expect(await refusal(drawing, "") == .notAnImage)
    }
  }
}
