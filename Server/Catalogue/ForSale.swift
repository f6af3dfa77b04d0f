// SPDX-License-Identifier: GPL-3.0-or-later
import Postgres

/// Which products everybody may find: said once, for lists, cards and the index alike. The products are called `p`.
enum ForSale {
  static let condition: SQL = "p.is_listed"
}
