// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import Drawing
import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct DocumentTests {
  @Test func `a document holds its words in every script`() async throws {
    let words = ["été à la plage", "Straße", "漢字", "हिन्दी", "€ 12,50", "Ελλάδα", "Привет"]
    var document = Document(
      title: "Receipt 2026-17",
      blocks: [
        .sideBySide([
          Document.Passage(heading: "From", text: "Atelier Ødegård\nStorgata 1"),
          Document.Passage(heading: "To", text: "Anna Weiß\nBerlin"),
        ]),
        .heading("Words", level: 1), .paragraph(words.joined(separator: " · ")),
        .keyValues([Document.KeyValue("Paid", "2026-11-21"), Document.KeyValue("Reference", "RX-1")]),
        .table(
          Document.Table(
            columns: [
              Document.Column("Item", share: 4), Document.Column("Count", alignment: .trailing),
              Document.Column("Sum", share: 1.5, alignment: .trailing),
            ],
            rows: [["Bowl", "2", "€ 40.00"], ["Mug", "1", "€ 12.00"]], totals: [["Total", "", "€ 52.00"]])),
        .rule, .picture(svg: Array(square.utf8), widthPoints: 60, alignment: .trailing),
        .paragraph("Thank you.", style: .small, alignment: .centre),
      ])
    document.author = "Souk"
    document.createdAt = "2026-11-21T10:00:00Z"
    document.footer = "Page {page} of {pages}"
    try await withDrawing { drawing in
      let pdf = try await drawing.document(document)
      let text = try await output(of: "/usr/bin/pdftotext", ["-layout", "-", "-"], given: pdf)
      for word in words + ["Receipt 2026-17", "Ødegård", "Anna Weiß", "€ 52.00", "Page 1 of 1", "Thank you."] {
        #expect(text.contains(word), "\(word) in \(text)")
      }
      let facts = try await output(of: "/usr/bin/pdfinfo", ["-"], given: pdf)
      #expect(facts.contains("Receipt 2026-17"))
      #expect(facts.contains("A4"))
      #expect(facts.contains("Pages:           1"))
    }
  }

  @Test func `a long table goes on over pages under its head`() async throws {
    let table = Document.Table(
      columns: [Document.Column("Nr", alignment: .trailing), Document.Column("Column title", share: 5)],
      rows: (1...200).map { ["\($0)", "row number \($0)"] })
    var document = Document(title: "Long", blocks: [.table(table)])
    document.footer = "p. {page}/{pages}"
    try await withDrawing { drawing in
      let pdf = try await drawing.document(document)
      let pages = try await output(of: "/usr/bin/pdftotext", ["-layout", "-", "-"], given: pdf).split(
        separator: "\u{C}"
      )
      .filter { $0.contains("row number") }
      #expect(pages.count >= 4)
      for (index, page) in pages.enumerated() {
        #expect(page.contains("Column title"))
        #expect(page.contains("p. \(index + 1)/\(pages.count)"))
      }
      for row in 1...200 { #expect(pages.filter { $0.contains("row number \(row)\n") }.count == 1) }
    }
  }

  @Test func `a text longer than a page goes on, and a heading stays with what follows`() async throws {
    let long = (0..<3000).map { "word\($0)" }.joined(separator: " ")
    let blocks: [Document.Block] = (0..<40).flatMap { index in
      [.heading("Heading \(index)", level: 1), .paragraph("body \(index) " + String(repeating: "x ", count: 90))]
    }
    try await withDrawing { drawing in
      let pdf = try await drawing.document(Document(title: "T", blocks: [.paragraph(long)] + blocks))
      let text = try await output(of: "/usr/bin/pdftotext", ["-", "-"], given: pdf)
      for index in stride(from: 0, to: 3000, by: 97) { #expect(text.contains("word\(index)")) }
      for page in text.split(separator: "\u{C}") {
        for index in 0..<40 where page.contains("Heading \(index)\n") { #expect(page.contains("body \(index) ")) }
      }
    }
  }

  static let odd: [Document] = [
    Document(title: "", blocks: []),
    Document(title: "zero\u{0}byte", blocks: [.paragraph("a\u{0}b\u{202E}c\u{FFFF}")]),
    Document(title: "x", blocks: [.table(Document.Table(columns: [], rows: [["a"]]))]),
    Document(
      title: "x",
      blocks: [.table(Document.Table(columns: [Document.Column("a", share: .nan)], rows: [["b", "c"], []]))]),
    Document(title: "x", blocks: [.sideBySide([]), .keyValues([]), .space(points: .infinity), .space(points: -5)]),
    Document(
      title: "x",
      blocks: [
        .table(Document.Table(columns: [Document.Column("a")], rows: [[String(repeating: "long ", count: 20_000)]]))
      ]),
  ]

  @Test(arguments: odd)
  func `an odd document is set, and the child lives`(document: Document) async throws {
    try await withDrawing { drawing in
      let pdf = try await drawing.document(document)
      #expect(pdf.starts(with: Array("%PDF".utf8)))
    }
  }

  @Test func `a document with a broken picture is refused`() async throws {
    let block = Document.Block.picture(svg: Array("<".utf8), widthPoints: 9, alignment: .leading)
    try await withDrawing { drawing in
      await #expect(throws: DrawingRefusal.corrupt) {
        _ = try await drawing.document(Document(title: "x", blocks: [block]))
      }
      #expect(await drawing.census().started == 1)
    }
  }

  private let square = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'><rect width='2' height='2'/></svg>"

  /// Runs a program over bytes and returns what it prints.
  private func output(of path: String, _ arguments: [String], given bytes: [UInt8]) async throws -> String {
    let input = unnamedFile()
    let out = unnamedFile()
    defer {
      close(input)
      close(out)
    }
    #expect(unsafe write(input, bytes, bytes.count) == bytes.count)
    lseek(input, 0, SEEK_SET)
    var plan = ChildPlan(path: path, arguments: arguments)
    plan.input = input
    plan.output = out
    let started = plan
    #expect(try await onThread { try ChildProcess.start(started).reap() } == .code(0))
    var text = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe pread(out, &text, text.count, 0)
    return String(decoding: text.prefix(max(0, count)), as: UTF8.self)
  }

  /// An open file that has no name any more.
  private func unnamedFile() -> Int32 {
    var name = Array("/tmp/souk-drawing-XXXXXX".utf8CString)
    let fd = unsafe mkstemp(&name)
    unsafe unlink(name)
    return fd
  }
}
