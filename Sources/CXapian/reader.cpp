// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include "reader.h"

using cx::guarded;
using cx::reading;
using cx::string;

int cx_reader_open(const char *path, cx_columns *columns, cx_reader **reader, char *message) {
  return guarded(message, [&] {
    std::unique_ptr<cx_reader> made(new cx_reader{Xapian::Database(path, Xapian::DB_BACKEND_GLASS), columns});
    // A writer may commit twice between the opening and the reading of how far the columns go.
    if (reading(made.get(), message, [&] { made->catch_up(); }) != CX_OK) throw Xapian::DatabaseCorruptError(message);
    *reader = made.release();
  });
}

void cx_reader_close(cx_reader *reader) { delete reader; }

int cx_reader_refresh(cx_reader *reader, int *is_newer, char *message) {
  return guarded(message, [&] { *is_newer = reader->reopen() ? 1 : 0; });
}

int cx_reader_size(cx_reader *reader, uint32_t *documents, uint32_t *last_docid, char *message) {
  return reading(reader, message, [&] {
    *documents = reader->database.get_doccount();
    *last_docid = reader->database.get_lastdocid();
  });
}

int cx_reader_frequency(cx_reader *reader, const uint8_t *term, size_t count, uint32_t *documents, char *message) {
  return reading(reader, message, [&] { *documents = reader->database.get_termfreq(string(term, count)); });
}

int cx_reader_metadata(cx_reader *reader, const uint8_t *key, size_t key_count, cx_bytes *value, char *message) {
  return reading(reader, message,
                 [&] { *value = cx::bytes(reader->database.get_metadata(string(key, key_count))); });
}

int cx_reader_spelling(cx_reader *reader, const uint8_t *word, size_t count, uint32_t edits_max, cx_bytes *other,
                       char *message) {
  return reading(reader, message, [&] {
    *other = cx::bytes(reader->database.get_spelling_suggestion(string(word, count), edits_max));
  });
}

int cx_reader_synonyms(cx_reader *reader, const uint8_t *word, size_t count, cx_bytes *others, char *message) {
  return reading(reader, message, [&] {
    cx::Output out;
    const std::string key = string(word, count);
    for (auto at = reader->database.synonyms_begin(key); at != reader->database.synonyms_end(key); ++at) {
      out.text(*at);
      out.u8(0);
    }
    *others = out.bytes();
  });
}
