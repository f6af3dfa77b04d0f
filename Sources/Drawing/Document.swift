// SPDX-License-Identifier: GPL-3.0-or-later

/// A4 pages of text and tables, as data. `DrawingProcess.document` breaks it into pages and makes a PDF.
public struct Document: Sendable, Equatable {
  public var title: String
  public var author = ""
  /// The moment written into the file, as ISO 8601; empty leaves it out.
  public var createdAt = ""
  /// Printed at the foot of each page; `{page}` and `{pages}` become numbers.
  public var footer = "{page} / {pages}"
  public var blocks: [Block]

  public init(title: String, blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }

  /// One part of a document, from margin to margin.
  public enum Block: Sendable, Equatable {
    case heading(String, level: Int)
    case paragraph(String, style: TextStyle, alignment: Alignment)
    /// Labels with their values, one pair a line.
    case keyValues([KeyValue])
    /// Texts side by side, such as two addresses.
    case sideBySide([Passage])
    case table(Table)
    case picture(svg: [UInt8], widthPoints: Double, alignment: Alignment)
    case rule
    case space(points: Double)

    public static func paragraph(_ text: String) -> Block { .paragraph(text, style: .body, alignment: .leading) }
  }

  public enum TextStyle: UInt8, Sendable, CaseIterable {
    case body = 0
    case strong = 1
    case small = 2
    case code = 3
  }

  public enum Alignment: UInt8, Sendable, CaseIterable {
    case leading = 0
    case centre = 1
    case trailing = 2
  }

  public struct KeyValue: Sendable, Equatable {
    public var key: String
    public var value: String
    public init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  public struct Passage: Sendable, Equatable {
    public var heading: String
    public var text: String
    public init(heading: String, text: String) {
      self.heading = heading
      self.text = text
    }
  }

  /// Rows under a head that is repeated on each page; the totals follow in bold.
  public struct Table: Sendable, Equatable {
    public var columns: [Column]
    public var rows: [[String]]
    public var totals: [[String]]

    public init(columns: [Column], rows: [[String]], totals: [[String]] = []) {
      self.columns = columns
      self.rows = rows
      self.totals = totals
    }
  }

  public struct Column: Sendable, Equatable {
    public var title: String
    /// The column's part of the width, relative to the others.
    public var share: Double
    public var alignment: Alignment

    public init(_ title: String, share: Double = 1, alignment: Alignment = .leading) {
      self.title = title
      self.share = share
      self.alignment = alignment
    }
  }
}
