// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "columns.h"
#include "guard.h"

struct cx_reader {
  Xapian::Database database;
  cx_columns *columns;

  /// Looks at the newest commit, and makes sure that the columns are no older.
  bool reopen() {
    const bool is_newer = database.reopen();
    if (is_newer) catch_up();
    return is_newer;
  }
  void catch_up() {
    if (columns != nullptr) columns->catch_up(std::strtoull(database.get_metadata("columns").c_str(), nullptr, 10));
  }
};

namespace cx {

/// Runs a reading anew when the writer's commits took its blocks away: a snapshot survives one later commit.
template <typename Body>
int reading(cx_reader *reader, char *message, Body body) noexcept {
  const int attempts_max = 5;
  int code = CX_CHANGED;
  for (int attempt = 0; attempt < attempts_max && code == CX_CHANGED; attempt++) {
    if (attempt > 0) {
      code = guarded(message, [&] { reader->reopen(); });
      if (code != CX_OK) return code;
    }
    code = guarded(message, body);
  }
  return code;
}

}  // namespace cx
