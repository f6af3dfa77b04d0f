// SPDX-License-Identifier: GPL-3.0-or-later
import Postgres

/// The ready answer of a product, as the statements for documents give it.
struct ProductDocument: Sendable {
  var version: Int
  var bytes: [UInt8]

  init(_ row: inout RowReader) throws {
    version = try row.next()
    bytes = try row.next()
  }
}
