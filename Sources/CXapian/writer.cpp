// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include "guard.h"

using cx::guarded;
using cx::string;

struct cx_writer {
  Xapian::WritableDatabase database;
};

namespace {

// A document: u32 size and data; u32 number of terms, each u8 size, bytes. Terms are boolean: order is made by docids and columns, not by weights, and an index without weights is smaller.
Xapian::Document unpacked(cx::Input in) {
  Xapian::Document document;
  document.set_data(in.text(in.u32()));
  for (uint32_t left = in.u32(); left > 0; left--) document.add_boolean_term(in.text(in.u8()));
  return document;
}

}  // namespace

void cx_free(cx_bytes bytes) { std::free(bytes.start); }

int cx_writer_open(const char *path, int is_new, int is_durable, cx_writer **writer, char *message) {
  return guarded(message, [&] {
    int flags = Xapian::DB_BACKEND_GLASS | (is_new ? Xapian::DB_CREATE_OR_OVERWRITE : Xapian::DB_OPEN);
    if (!is_durable) flags |= Xapian::DB_NO_SYNC;
    *writer = new cx_writer{Xapian::WritableDatabase(path, flags)};
  });
}

void cx_writer_close(cx_writer *writer) {
  // Commits what is pending, as it is: changes are whole or not there. The destructor swallows its exceptions.
  delete writer;
}

int cx_writer_put(cx_writer *writer, uint32_t docid, const uint8_t *document, size_t count, char *message) {
  return guarded(message,
                 [&] { writer->database.replace_document(docid, unpacked(cx::Input(document, count))); });
}

int cx_writer_remove(cx_writer *writer, uint32_t docid, char *message) {
  return guarded(message, [&] { writer->database.delete_document(docid); });
}

int cx_writer_find(cx_writer *writer, const uint8_t *term, size_t count, uint32_t *docid, char *message) {
  return guarded(message, [&] {
    const std::string name = string(term, count);
    const Xapian::PostingIterator first = writer->database.postlist_begin(name);
    *docid = first == writer->database.postlist_end(name) ? 0 : *first;
  });
}

int cx_writer_set_metadata(cx_writer *writer, const uint8_t *key, size_t key_count, const uint8_t *value,
                           size_t value_count, char *message) {
  return guarded(message,
                 [&] { writer->database.set_metadata(string(key, key_count), string(value, value_count)); });
}

int cx_writer_metadata(cx_writer *writer, const uint8_t *key, size_t key_count, cx_bytes *value, char *message) {
  return guarded(message, [&] { *value = cx::bytes(writer->database.get_metadata(string(key, key_count))); });
}

int cx_writer_add_spelling(cx_writer *writer, const uint8_t *word, size_t count, uint32_t times, char *message) {
  return guarded(message, [&] { writer->database.add_spelling(string(word, count), times); });
}

int cx_writer_add_synonym(cx_writer *writer, const uint8_t *word, size_t count, const uint8_t *other,
                          size_t other_count, char *message) {
  return guarded(message,
                 [&] { writer->database.add_synonym(string(word, count), string(other, other_count)); });
}

int cx_writer_docids(cx_writer *writer, cx_bytes *docids, char *message) {
  return guarded(message, [&] {
    cx::Output out;
    const std::string all;
    for (auto at = writer->database.postlist_begin(all); at != writer->database.postlist_end(all); ++at) out.u32(*at);
    *docids = out.bytes();
  });
}

int cx_writer_commit(cx_writer *writer, char *message) {
  return guarded(message, [&] { writer->database.commit(); });
}

int cx_join(const char *const *paths, size_t count, const char *destination, char *message) {
  return guarded(message, [&] {
    Xapian::Database parts;
    for (size_t at = 0; at < count; at++) parts.add_database(Xapian::Database(paths[at]));
    parts.compact(destination, Xapian::DBCOMPACT_NO_RENUMBER);
  });
}

int cx_check(const char *path, char *message) {
  return guarded(message, [&] {
    if (Xapian::Database::check(path, 0, nullptr) != 0) throw Xapian::DatabaseCorruptError("the check found errors");
  });
}
