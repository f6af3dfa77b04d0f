// SPDX-License-Identifier: GPL-3.0-or-later
#include "columns.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

#include "guard.h"

namespace {

const size_t kind_bytes = 8;
const size_t head_bytes = 8;
/// Records are small; a size beyond this is damage.
const uint32_t record_bytes_max = 1u << 20;
const size_t piece_bytes = 1u << 22;

/// FNV-1a, as Swift's side computes it.
uint32_t checksum(const uint8_t *bytes, size_t count) {
  uint32_t out = 2166136261u;
  for (size_t at = 0; at < count; at++) out = (out ^ bytes[at]) * 16777619u;
  return out;
}

[[noreturn]] void damaged(const char *what) { throw Xapian::DatabaseCorruptError(what); }

uint32_t u32(const uint8_t *bytes) {
  uint32_t out;
  std::memcpy(&out, bytes, sizeof out);
  return out;
}

}  // namespace

const char *const cx_columns::kind = "CXCOLS1\n";

cx_columns::cx_columns(const char *path, unsigned numbers) : numbers_(numbers) {
  file_ = open(path, O_RDONLY | O_CLOEXEC);
  if (file_ < 0) damaged("the columns cannot be opened");
  char found[kind_bytes];
  if (read(file_, found, kind_bytes) != static_cast<ssize_t>(kind_bytes) || std::memcmp(found, kind, kind_bytes) != 0) {
    close(file_);
    damaged("the columns do not begin as columns do");
  }
  length_ = kind_bytes;
}

cx_columns::~cx_columns() { close(file_); }

void cx_columns::catch_up(uint64_t length) {
  std::lock_guard<std::mutex> alone(catching_up_);
  std::vector<uint8_t> piece;
  while (length_ < length) {
    const size_t wanted = static_cast<size_t>(std::min<uint64_t>(length - length_, piece_bytes));
    piece.resize(wanted);
    size_t got = 0;
    while (got < wanted) {
      const ssize_t count = pread(file_, piece.data() + got, wanted - got, static_cast<off_t>(length_ + got));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) damaged("the columns end too early");
      got += static_cast<size_t>(count);
    }
    size_t at = 0;
    std::lock_guard<std::mutex> closed(gate_);
    std::unique_lock<std::shared_mutex> writing(lock_);
    while (got - at >= head_bytes) {
      const uint32_t size = u32(&piece[at]);
      if (size < 4 || size > record_bytes_max) damaged("a record of the columns has no sane size");
      if (got - at < head_bytes + size) break;
      if (checksum(&piece[at + head_bytes], size) != u32(&piece[at + 4])) damaged("a record of the columns is garbled");
      apply(cx::Input(&piece[at + head_bytes], size), size);
      at += head_bytes + size;
    }
    // A piece holds whole records unless the committed length cuts one.
    if (at == 0) damaged("a record of the columns is cut");
    length_ += at;
  }
}

void cx_columns::apply(cx::Input record, size_t) {
  const uint32_t docid = record.u32();
  if (docid >= rows_.size()) rows_.resize(std::max<size_t>(docid + 1, rows_.size() + rows_.size() / 8), 0);
  if (rows_[docid] == 0) {
    masks_.push_back(0);
    values_.resize(values_.size() + numbers_, 0);
    places_.resize(places_.size() + 2, 0);
    starts_.push_back(0);
    rows_[docid] = static_cast<uint32_t>(masks_.size());
  }
  const size_t at = rows_[docid] - 1;
  const uint32_t mask = record.u32();
  masks_[at] = mask;
  for (unsigned which = 0; which < numbers_; which++) {
    values_[at * numbers_ + which] = record.i64();
  }
  if (mask & place_bit) {
    places_[2 * at] = record.i32();
    places_[2 * at + 1] = record.i32();
  }
  starts_[at] = traits_.size();
  const std::string rest = record.rest();
  traits_.insert(traits_.end(), rest.begin(), rest.end());
}

int cx_columns_open(const char *path, uint32_t numbers, cx_columns **columns, char *message) {
  return cx::guarded(message, [&] { *columns = new cx_columns(path, numbers); });
}

void cx_columns_close(cx_columns *columns) { delete columns; }
