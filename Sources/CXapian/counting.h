// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>

#include "deciding.h"

namespace cx {

/// Counts matches and, for the axes that are asked for, the documents that have each value.
class Counter : public Xapian::MatchSpy {
 public:
  Counter(const VariantTest &variants, const cx_columns &columns) : variants_(variants), columns_(columns) {}

  uint32_t matches = 0;
  Xapian::docid last = 0;

  void add_axis(uint32_t axis, uint32_t top) {
    if (axis >= places_.size()) places_.resize(axis + 1, -1);
    places_[axis] = static_cast<int>(axes_.size());
    axes_.push_back({axis, top, {}});
  }

  void operator()(const Xapian::Document &document, double) override {
    matches++;
    last = document.get_docid();
    if (axes_.empty()) return;
    Input in = columns_.row(last).traits();
    if (in.is_at_end()) return;
    for (uint32_t left = in.varint(); left > 0; left--) {
      const uint32_t axis = in.varint();
      count(axis, in.varint());
    }
    count_variants(in);
  }

  /// The commonest values of each axis: u16 axes, each u32 axis, u32 distinct values, u32 those told, each u32 value and
  /// u32 count.
  void write(Output &out) const {
    out.u16(static_cast<uint16_t>(axes_.size()));
    for (const Axis &axis : axes_) {
      std::vector<std::pair<uint32_t, uint32_t>> found;  // count, value
      for (uint32_t value = 0; value < axis.counts.size(); value++) {
        if (axis.counts[value] > 0) found.emplace_back(axis.counts[value], value);
      }
      const size_t told = std::min<size_t>(axis.top, found.size());
      // Equal counts in the order of values' numbers: the answer does not depend on the sort.
      std::partial_sort(found.begin(), found.begin() + told, found.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
      });
      out.u32(axis.number);
      out.u32(static_cast<uint32_t>(found.size()));
      out.u32(static_cast<uint32_t>(told));
      for (size_t at = 0; at < told; at++) {
        out.u32(found[at].second);
        out.u32(found[at].first);
      }
    }
  }

 private:
  struct Axis {
    uint32_t number, top;
    std::vector<uint32_t> counts;
  };

  void count(uint32_t axis, uint32_t value) {
    if (axis >= places_.size() || places_[axis] < 0) return;
    std::vector<uint32_t> &counts = axes_[places_[axis]].counts;
    // Numbers of values are dense, see Traits.swift; a wild one would be damage.
    if (value > (1u << 26)) throw Malformed();
    if (value >= counts.size()) counts.resize(value + 1, 0);
    counts[value]++;
  }

  /// A document counts once for a value that several of its accepted variants have.
  void count_variants(Input &in) {
    seen_.clear();
    variants_.each_accepted(in, room_, [&](const Traits &variant) {
      for (const Trait &trait : variant) {
        if (std::find(seen_.begin(), seen_.end(), trait) == seen_.end()) seen_.push_back(trait);
      }
      return true;
    });
    for (const Trait &trait : seen_) count(trait.first, trait.second);
  }

  const VariantTest &variants_;
  const cx_columns &columns_;
  std::vector<Axis> axes_;
  std::vector<int> places_;
  Traits seen_, room_;
};

}  // namespace cx
