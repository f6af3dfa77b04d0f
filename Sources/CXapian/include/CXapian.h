// SPDX-License-Identifier: GPL-3.0-or-later
// Xapian behind calls that C understands: its exceptions must not reach Swift frames, so each call here catches them and
// returns a code. A handle belongs to one thread at a time. Requests, documents and answers are packed bytes, little-endian;
// the layouts stand beside what reads them (documents in writer.cpp, requests and answers in search.cpp).
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CX_OK = 0,
  CX_MISSING = 1,    // there is no database
  CX_LOCKED = 2,     // somebody else writes
  CX_DAMAGED = 3,    // its files are not what Xapian wrote
  CX_CHANGED = 4,    // the writer was faster than every attempt to read
  CX_MALFORMED = 5,  // the packed bytes do not follow their layout
  CX_FAILED = 6,     // anything else: disk full, no memory
};

/// Room for a message, which ends in NUL.
enum { CX_MESSAGE_BYTES = 256 };

/// Bytes made here; they go with cx_free.
typedef struct cx_bytes {
  uint8_t *start;
  size_t count;
} cx_bytes;

void cx_free(cx_bytes bytes);

// Writing. `is_new` replaces what is there; `is_durable` makes every commit reach the disk.
typedef struct cx_writer cx_writer;
int cx_writer_open(const char *path, int is_new, int is_durable, cx_writer **writer, char *message);
void cx_writer_close(cx_writer *writer);
int cx_writer_put(cx_writer *writer, uint32_t docid, const uint8_t *document, size_t count, char *message);
int cx_writer_remove(cx_writer *writer, uint32_t docid, char *message);
/// The first document that has the term; 0 when none has.
int cx_writer_find(cx_writer *writer, const uint8_t *term, size_t count, uint32_t *docid, char *message);
int cx_writer_set_metadata(cx_writer *writer, const uint8_t *key, size_t key_count, const uint8_t *value,
                           size_t value_count, char *message);
int cx_writer_metadata(cx_writer *writer, const uint8_t *key, size_t key_count, cx_bytes *value, char *message);
int cx_writer_add_spelling(cx_writer *writer, const uint8_t *word, size_t count, uint32_t times, char *message);
int cx_writer_add_synonym(cx_writer *writer, const uint8_t *word, size_t count, const uint8_t *other, size_t other_count,
                          char *message);
/// Every docid in use, ascending, four bytes each.
int cx_writer_docids(cx_writer *writer, cx_bytes *docids, char *message);
int cx_writer_commit(cx_writer *writer, char *message);

/// Joins databases whose docids do not overlap into a new one, keeping the docids.
int cx_join(const char *const *paths, size_t count, const char *destination, char *message);
/// Reads every block; CX_DAMAGED when something is wrong.
int cx_check(const char *path, char *message);

// Columns: what is read of many documents in one search, in memory. Safe from any thread.
typedef struct cx_columns cx_columns;
int cx_columns_open(const char *path, uint32_t numbers, cx_columns **columns, char *message);
void cx_columns_close(cx_columns *columns);

// Reading. `columns` may be NULL; else they outlive the reader, and how far they are committed stands in the database's
// metadata under the key `columns`, as decimal digits.
typedef struct cx_reader cx_reader;
int cx_reader_open(const char *path, cx_columns *columns, cx_reader **reader, char *message);
void cx_reader_close(cx_reader *reader);
/// Looks at the newest commit; `is_newer` says whether there was one.
int cx_reader_refresh(cx_reader *reader, int *is_newer, char *message);
int cx_reader_size(cx_reader *reader, uint32_t *documents, uint32_t *last_docid, char *message);
int cx_reader_frequency(cx_reader *reader, const uint8_t *term, size_t count, uint32_t *documents, char *message);
int cx_reader_metadata(cx_reader *reader, const uint8_t *key, size_t key_count, cx_bytes *value, char *message);
/// A known word near this one; empty when there is none.
int cx_reader_spelling(cx_reader *reader, const uint8_t *word, size_t count, uint32_t edits_max, cx_bytes *other,
                       char *message);
/// The synonyms of a word, each ended by a zero byte.
int cx_reader_synonyms(cx_reader *reader, const uint8_t *word, size_t count, cx_bytes *others, char *message);
int cx_reader_search(cx_reader *reader, const uint8_t *request, size_t count, cx_bytes *answer, char *message);

// Stemming, by Snowball.
typedef struct cx_stemmer cx_stemmer;
int cx_stemmer_open(const char *language, cx_stemmer **stemmer, char *message);
void cx_stemmer_close(cx_stemmer *stemmer);
/// Writes the stem; `*stem_count` is the room on entry and what was used on return.
int cx_stemmer_stem(cx_stemmer *stemmer, const uint8_t *word, size_t count, uint8_t *stem, size_t *stem_count,
                    char *message);

#ifdef __cplusplus
}
#endif
