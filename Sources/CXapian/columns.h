// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, places and traits of documents in memory, by docid. Xapian keeps such values in blocks on the disk, where a value
// of a document far from the last one costs three microseconds; ten thousand matches are thirty milliseconds then, and one here.
//
// They come from a log beside the database: eight bytes that name its kind, then records, each u32 size of the rest after the
// checksum, u32 checksum of that, u32 docid, and: u32 mask (a bit for each number that is there, bit 31 for a place), i64
// each number, there or not, where there is a place i32 latitude and longitude in millionths of a degree, varint count of traits and these, varint count of
// variants, each a varint count of traits and these. A later record of a docid takes the place of the earlier.
#pragma once
#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

#include "packing.h"

struct cx_columns {
 public:
  /// Columns of nothing.
  cx_columns() : numbers_(0) {}
  cx_columns(const char *path, unsigned numbers);
  ~cx_columns();
  cx_columns(const cx_columns &) = delete;

  /// Reads the log up to a length, which the database's metadata tell: what stands behind it may never be committed.
  void catch_up(uint64_t length);

  static const uint32_t place_bit = 1u << 31;
  static const char *const kind;

  /// What is known of a document; nothing where the row is null.
  struct Row {
    const cx_columns *columns = nullptr;
    size_t at = 0;

    bool number(unsigned which, int64_t &out) const {
      if (columns == nullptr || which >= columns->numbers_ || !(columns->masks_[at] & (1u << which))) return false;
      out = columns->values_[at * columns->numbers_ + which];
      return true;
    }
    bool place(int32_t &latitude, int32_t &longitude) const {
      if (columns == nullptr || !(columns->masks_[at] & place_bit)) return false;
      latitude = columns->places_[2 * at];
      longitude = columns->places_[2 * at + 1];
      return true;
    }
    cx::Input traits() const {
      if (columns == nullptr) return cx::Input(nullptr, 0);
      const size_t start = columns->starts_[at];
      return cx::Input(columns->traits_.data() + start, columns->traits_.size() - start);
    }
  };

  /// To be called and used within `reading`.
  Row row(uint32_t docid) const {
    Row out;
    if (docid < rows_.size() && rows_[docid] != 0) {
      out.columns = this;
      out.at = rows_[docid] - 1;
    }
    return out;
  }

  /// Holds off changes. Readers that follow each other without a gap must not keep a change waiting, hence the gate.
  std::shared_lock<std::shared_mutex> reading() {
    std::lock_guard<std::mutex> through(gate_);
    return std::shared_lock<std::shared_mutex>(lock_);
  }

 private:
  void apply(cx::Input record, size_t size);

  int file_ = -1;
  const unsigned numbers_;
  std::mutex catching_up_, gate_;
  std::shared_mutex lock_;
  uint64_t length_ = 0;
  std::vector<uint32_t> rows_;  // by docid: the row and one, or zero
  std::vector<uint32_t> masks_;
  std::vector<int64_t> values_;
  std::vector<int32_t> places_;
  std::vector<size_t> starts_;
  std::vector<uint8_t> traits_;
};
