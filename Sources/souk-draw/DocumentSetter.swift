// SPDX-License-Identifier: GPL-3.0-or-later
internal import CDrawing
import Drawing

/// Sets a document: blocks become strips, strips become pages, pages become a PDF.
@safe
struct DocumentSetter {
  private static let margin = 50.0
  private static let footerHeight = 34.0
  /// More is no letter or list but a mistake, or an attack.
  private static let pagesMax = 500

  private let document: Document
  private let limits: DrawingLimits
  private let pdfSurface: PDFSurface
  private var context: OpaquePointer { unsafe pdfSurface.context }
  private let left = DocumentSetter.margin
  private let width = PDFSurface.width - 2 * DocumentSetter.margin
  private let top = DocumentSetter.margin
  private let bottom = PDFSurface.height - DocumentSetter.margin - DocumentSetter.footerHeight

  init(_ document: Document, limits: DrawingLimits) throws(DrawingRefusal) {
    guard let surface = PDFSurface(document) else { throw .crashed }
    self.document = document
    self.limits = limits
    pdfSurface = surface
  }

  func pdf() throws(DrawingRefusal) -> [UInt8] {
    var strips = text(document.title, .title, .leading) + [.gap(14)]
    for block in document.blocks { strips += try self.strips(of: block) }
    let pages = strips.pages(top: top, bottom: bottom)
    if pages.count > Self.pagesMax { throw .tooLarge(width: 1, height: pages.count) }
    for index in pages.indices {
      for placed in pages[index] { placed.strip.draw(placed.y) }
      drawFooter(page: index + 1, of: pages.count)
      pdfSurface.endPage()
    }
    guard let bytes = pdfSurface.finished() else { throw .crashed }
    return bytes
  }

  private func strips(of block: Document.Block) throws(DrawingRefusal) -> [Strip] {
    switch block {
    case .heading(let words, let level):
      let face: Face = level <= 1 ? .section : .strong
      return [.gap(8)] + text(words, face, .leading, keepsWithNext: true) + [Strip(height: 4, keepsWithNext: true)]
    case .paragraph(let words, let style, let alignment):
      return text(words, Face(style), alignment) + [.gap(7)]
    case .keyValues(let pairs):
      return pairs.map { row([Cell($0.key, .strong, share: 1), Cell($0.value, .body, share: 2.4)]) } + [.gap(7)]
    case .sideBySide(let passages):
      if passages.isEmpty { return [] }
      var head = row(passages.map { Cell($0.heading, .strong, share: 1) })
      head.keepsWithNext = true
      return [head, row(passages.map { Cell($0.text, .body, share: 1) }), .gap(10)]
    case .table(let table): return self.table(table)
    case .picture(let svg, let width, let alignment): return try picture(svg, width, alignment)
    case .rule: return [rule(height: 8)]
    case .space(let points): return [.gap(max(0, min(points, bottom - top)))]
    }
  }

  // MARK: Text

  private func text(
    _ words: String, _ face: Face, _ alignment: Document.Alignment, keepsWithNext: Bool = false
  ) -> [Strip] {
    let layout = unsafe Layout(words, face, width: width, alignment: alignment, on: context)
    return layout.lines.map { line in
      Strip(height: line.height + 1.5, keepsWithNext: keepsWithNext) { y in
        unsafe layout.draw(line, on: context, x: left, y: y)
      }
    }
  }

  private func drawFooter(page: Int, of pages: Int) {
    let words = document.footer.replacing("{pages}", with: "\(pages)").replacing("{page}", with: "\(page)")
    let layout = unsafe Layout(words, .small, width: width, alignment: .centre, on: context)
    layout.limit(height: Self.footerHeight - 8)
    unsafe layout.draw(on: context, x: left, y: PDFSurface.height - Self.margin - Self.footerHeight + 14)
  }

  // MARK: Rows

  private struct Cell {
    var text: String
    var face: Face
    var share: Double
    var alignment: Document.Alignment

    init(_ text: String, _ face: Face, share: Double, alignment: Document.Alignment = .leading) {
      self.text = text
      self.face = face
      self.share = share.isFinite && share > 0 ? share : 1
      self.alignment = alignment
    }
  }

  private func row(_ cells: [Cell], paddingBelow: Double = 3) -> Strip {
    let gutter = 10.0
    let whole = cells.reduce(0) { $0 + $1.share }
    let usable = width - gutter * Double(cells.count - 1)
    var x = left
    var placed: [(layout: Layout, x: Double)] = []
    for cell in cells {
      let cellWidth = max(1, usable * cell.share / whole)
      let layout = unsafe Layout(cell.text, cell.face, width: cellWidth, alignment: cell.alignment, on: context)
      // A cell is never broken over pages, so it is never higher than one.
      if layout.height > bottom - top - 60 { layout.limit(height: bottom - top - 60) }
      placed.append((layout, x))
      x += cellWidth + gutter
    }
    let height = placed.map(\.layout.height).max() ?? 0
    return Strip(height: height + paddingBelow) { y in
      for cell in placed { unsafe cell.layout.draw(on: context, x: cell.x, y: y) }
    }
  }

  private func table(_ table: Document.Table) -> [Strip] {
    let columns = table.columns
    if columns.isEmpty { return [] }
    func cells(_ texts: [String], _ face: Face) -> [Cell] {
      columns.indices.map { index in
        let text = index < texts.count ? texts[index] : ""
        return Cell(text, face, share: columns[index].share, alignment: columns[index].alignment)
      }
    }
    var head = [row(cells(columns.map(\.title), .strong)), rule(height: 5)]
    for index in head.indices { head[index].keepsWithNext = true }
    var strips = head
    for texts in table.rows {
      var strip = row(cells(texts, .body), paddingBelow: 4)
      strip.repeated = head
      strips.append(strip)
    }
    if !table.totals.isEmpty {
      var line = rule(height: 5)
      line.keepsWithNext = true
      strips.append(line)
      strips += table.totals.map { row(cells($0, .strong), paddingBelow: 4) }
    }
    return strips + [.gap(10)]
  }

  private func rule(height: Double) -> Strip {
    Strip(height: height) { y in
      unsafe cairo_set_line_width(context, 0.6)
      unsafe cairo_move_to(context, left, y + height / 2)
      unsafe cairo_line_to(context, left + width, y + height / 2)
      unsafe cairo_stroke(context)
    }
  }

  // MARK: Pictures

  private func picture(
    _ svg: [UInt8], _ wanted: Double, _ alignment: Document.Alignment
  ) throws(DrawingRefusal) -> [Strip] {
    let picture = try VectorPicture(svg)
    var size = (width: wanted.isFinite ? max(1, min(wanted, width)) : width, height: 0.0)
    size.height = size.width * picture.aspect
    let heightMax = bottom - top
    guard size.height.isFinite, size.height > 0 else { throw .corrupt }
    if size.height > heightMax { size = (size.width * heightMax / size.height, heightMax) }
    let x =
      switch alignment {
      case .leading: left
      case .centre: left + (width - size.width) / 2
      case .trailing: left + width - size.width
      }
    let drawn = size
    let strip = Strip(height: drawn.height) { y in
      unsafe cairo_save(context)
      unsafe cairo_translate(context, x, y)
      _ = unsafe picture.draw(on: context, width: drawn.width, height: drawn.height)
      unsafe cairo_restore(context)
    }
    return [strip, .gap(8)]
  }
}

extension Face {
  fileprivate init(_ style: Document.TextStyle) {
    switch style {
    case .body: self = .body
    case .strong: self = .strong
    case .small: self = .small
    case .code: self = .code
    }
  }
}

extension String {
  /// The text with every occurrence of `word` replaced.
  fileprivate func replacing(_ word: String, with other: String) -> String {
    var rest = self[...]
    var result = ""
    while let first = rest.first {
      if rest.hasPrefix(word) {
        result += other
        rest = rest.dropFirst(word.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
