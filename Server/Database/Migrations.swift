// SPDX-License-Identifier: GPL-3.0-or-later
import Postgres

/// The schema's history. Files are embedded in the binary and never edited after they have been released.
enum Migrations {
  static let all: [Migration] = [
    Migration(number: 1, name: "ground", sql: String(decoding: PackageResources._001_ground_sql, as: UTF8.self)),
    Migration(number: 2, name: "market", sql: String(decoding: PackageResources._002_market_sql, as: UTF8.self)),
    Migration(number: 3, name: "archiving", sql: String(decoding: PackageResources._003_archiving_sql, as: UTF8.self)),
    Migration(
      number: 4, name: "event-epochs", sql: String(decoding: PackageResources._004_event_epochs_sql, as: UTF8.self)),
    Migration(number: 5, name: "identity", sql: String(decoding: PackageResources._005_identity_sql, as: UTF8.self)),
    Migration(number: 6, name: "audit", sql: String(decoding: PackageResources._006_audit_sql, as: UTF8.self)),
    Migration(number: 7, name: "profile", sql: String(decoding: PackageResources._007_profile_sql, as: UTF8.self)),
    Migration(number: 8, name: "pages", sql: String(decoding: PackageResources._008_pages_sql, as: UTF8.self)),
    Migration(number: 9, name: "upkeep", sql: String(decoding: PackageResources._009_upkeep_sql, as: UTF8.self)),
    Migration(number: 10, name: "keys", sql: String(decoding: PackageResources._010_keys_sql, as: UTF8.self)),
    Migration(
      number: 11, name: "moderation", sql: String(decoding: PackageResources._011_moderation_sql, as: UTF8.self)),
    Migration(number: 12, name: "search", sql: String(decoding: PackageResources._012_search_sql, as: UTF8.self)),
    Migration(number: 13, name: "wishes", sql: String(decoding: PackageResources._013_wishes_sql, as: UTF8.self)),
  ]
}
