// SPDX-License-Identifier: GPL-3.0-or-later

extension ByteWriter {
  mutating func document(_ document: Document) {
    text(document.title)
    text(document.author)
    text(document.createdAt)
    text(document.footer)
    list(document.blocks) { $0.block($1) }
  }

  private mutating func block(_ block: Document.Block) {
    switch block {
    case .heading(let words, let level):
      byte(1)
      text(words)
      number(level)
    case .paragraph(let words, let style, let alignment):
      byte(2)
      text(words)
      byte(style.rawValue)
      byte(alignment.rawValue)
    case .keyValues(let pairs):
      byte(3)
      list(pairs) { out, pair in
        out.text(pair.key)
        out.text(pair.value)
      }
    case .sideBySide(let passages):
      byte(4)
      list(passages) { out, passage in
        out.text(passage.heading)
        out.text(passage.text)
      }
    case .table(let table):
      byte(5)
      self.table(table)
    case .picture(let svg, let width, let alignment):
      byte(6)
      self.block(svg)
      real(width)
      byte(alignment.rawValue)
    case .rule: byte(7)
    case .space(let points):
      byte(8)
      real(points)
    }
  }

  private mutating func table(_ table: Document.Table) {
    list(table.columns) { out, column in
      out.text(column.title)
      out.real(column.share)
      out.byte(column.alignment.rawValue)
    }
    list(table.rows) { out, row in out.list(row) { $0.text($1) } }
    list(table.totals) { out, row in out.list(row) { $0.text($1) } }
  }
}

extension ByteReader {
  mutating func document() throws(Malformed) -> Document {
    var document = Document(title: try text(), blocks: [])
    document.author = try text()
    document.createdAt = try text()
    document.footer = try text()
    document.blocks = try list { (reader) throws(Malformed) in try reader.documentBlock() }
    return document
  }

  private mutating func documentBlock() throws(Malformed) -> Document.Block {
    switch try byte() {
    case 1: .heading(try text(), level: try number())
    case 2:
      .paragraph(
        try text(), style: try choice(Document.TextStyle.self), alignment: try choice(Document.Alignment.self))
    case 3:
      .keyValues(
        try list { (reader) throws(Malformed) in Document.KeyValue(try reader.text(), try reader.text()) })
    case 4:
      .sideBySide(
        try list { (reader) throws(Malformed) in
          Document.Passage(heading: try reader.text(), text: try reader.text())
        })
    case 5: .table(try table())
    case 6:
      .picture(svg: try block(), widthPoints: try real(), alignment: try choice(Document.Alignment.self))
    case 7: .rule
    case 8: .space(points: try real())
    default: throw Malformed()
    }
  }

  private mutating func table() throws(Malformed) -> Document.Table {
    let columns = try list { (reader) throws(Malformed) in
      Document.Column(
        try reader.text(), share: try reader.real(), alignment: try reader.choice(Document.Alignment.self))
    }
    return Document.Table(columns: columns, rows: try rows(), totals: try rows())
  }

  private mutating func rows() throws(Malformed) -> [[String]] {
    try list { (reader) throws(Malformed) in
      try reader.list { (reader) throws(Malformed) in try reader.text() }
    }
  }
}
