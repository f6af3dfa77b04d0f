// SPDX-License-Identifier: GPL-3.0-or-later
// What terms cannot say of a document: exact ranges, distances, variants, and whether it comes after a place in a list.
#pragma once
#include <cmath>
#include <utility>
#include <vector>

#include <xapian.h>

#include "columns.h"

namespace cx {

struct Range {
  unsigned number;
  int64_t low, high;

  bool holds(const cx_columns::Row &row) const {
    int64_t value;
    return row.number(number, value) && low <= value && value <= high;
  }
};

/// Within so many metres of a place.
struct Nearness {
  int32_t latitude, longitude;  // millionths of a degree
  uint32_t metres;

  bool holds(const cx_columns::Row &row) const {
    int32_t other_latitude, other_longitude;
    return row.place(other_latitude, other_longitude) && distance(other_latitude, other_longitude) <= metres;
  }

  /// By the haversine formula on a sphere of the earth's mean radius.
  double distance(int32_t other_latitude, int32_t other_longitude) const {
    const double radians = M_PI / 180e6;
    const double a = latitude * radians, b = other_latitude * radians;
    const double rise = std::sin((b - a) / 2);
    const double turn = std::sin((static_cast<double>(other_longitude) - longitude) * radians / 2);
    const double part = rise * rise + std::cos(a) * std::cos(b) * turn * turn;
    return 2 * 6371008.8 * std::asin(std::sqrt(part < 1 ? part : 1));
  }
};

/// An axis and one of its values, as numbers.
using Trait = std::pair<uint32_t, uint32_t>;
using Traits = std::vector<Trait>;

inline void read_traits(Input &in, uint32_t count, Traits &out) {
  while (count-- > 0) {
    const uint32_t axis = in.varint();
    out.emplace_back(axis, in.varint());
  }
}

/// Some variant has one of each group's traits: size m or l, and red, in the same variant.
struct VariantTest {
  std::vector<Traits> groups;

  bool accepts(const Traits &variant) const {
    for (const Traits &group : groups) {
      bool is_found = false;
      for (const Trait &wanted : group) {
        for (const Trait &trait : variant) is_found = is_found || trait == wanted;
      }
      if (!is_found) return false;
    }
    return true;
  }

  /// Reads the number of variants, each a number of traits and these. `room` is only there to be used again.
  template <typename Body>
  void each_accepted(Input &in, Traits &room, Body body) const {
    if (in.is_at_end()) return;
    for (uint32_t left = in.varint(); left > 0; left--) {
      room.clear();
      read_traits(in, in.varint(), room);
      if (accepts(room) && !body(room)) return;
    }
  }

  bool holds(const cx_columns::Row &row, Traits &room) const {
    Input in = row.traits();
    if (in.is_at_end()) return false;
    // The document's own traits come first.
    for (uint32_t left = in.varint(); left > 0; left--) {
      in.varint();
      in.varint();
    }
    bool is_found = false;
    each_accepted(in, room, [&](const Traits &) {
      is_found = true;
      return false;
    });
    return is_found;
  }
};

/// After a place in a list that is in order of a number and, where that is equal, of docids.
struct After {
  unsigned number;
  int64_t value;
  Xapian::docid docid;
  bool is_descending;

  bool holds(const cx_columns::Row &row, Xapian::docid other_docid) const {
    int64_t other;
    if (!row.number(number, other)) return false;
    if (other == value) return other_docid > docid;
    return is_descending ? other < value : other > value;
  }
};

struct Tests {
  std::vector<Range> ranges;
  std::vector<Nearness> nearness;  // at most one
  VariantTest variants;
  std::vector<After> after;  // at most one

  bool is_needed() const {
    return !ranges.empty() || !nearness.empty() || !variants.groups.empty() || !after.empty();
  }
};

class Decider : public Xapian::MatchDecider {
 public:
  Decider(const Tests &tests, const cx_columns &columns) : tests_(tests), columns_(columns) {}

  bool operator()(const Xapian::Document &document) const override {
    const Xapian::docid docid = document.get_docid();
    const cx_columns::Row row = columns_.row(docid);
    for (const Range &range : tests_.ranges) {
      if (!range.holds(row)) return false;
    }
    for (const After &after : tests_.after) {
      if (!after.holds(row, docid)) return false;
    }
    for (const Nearness &near : tests_.nearness) {
      if (!near.holds(row)) return false;
    }
    return tests_.variants.groups.empty() || tests_.variants.holds(row, room_);
  }

 private:
  const Tests &tests_;
  const cx_columns &columns_;
  mutable Traits room_;
};

/// Numbers as texts that compare like them: the highest byte first, the sign turned. Documents without the number come first.
class NumberKeys : public Xapian::KeyMaker {
 public:
  NumberKeys(unsigned number, const cx_columns &columns) : number_(number), columns_(columns) {}

  std::string operator()(const Xapian::Document &document) const override {
    int64_t value;
    if (!columns_.row(document.get_docid()).number(number_, value)) return std::string();
    const uint64_t turned = __builtin_bswap64(static_cast<uint64_t>(value) ^ (1ull << 63));
    return std::string(reinterpret_cast<const char *>(&turned), sizeof turned);
  }

 private:
  const unsigned number_;
  const cx_columns &columns_;
};

}  // namespace cx
