// SPDX-License-Identifier: GPL-3.0-or-later
// The layouts, all little-endian:
//   request  = u32 limit, tests, u16 tiers, each a tier; count
//   tests    = u16 ranges, each u32 number, i64 low, i64 high; u8 nearness, each i32 latitude, i32 longitude, u32 metres;
//              u16 groups, each u16 traits, each varint axis, varint value
//   tier     = u32 first docid, u8 order (0 docid, 1 number ascending, 2 descending), u32 number,
//              u8 bounds, each i64 low, i64 high; u8 after, each i64 number, u32 docid; u32 size and program
//   count    = u32 matches to count at most (0: none; what follows is left out), u32 size and program,
//              u16 axes, each u32 axis, u32 values to tell
//   program  = postfix: 1 term (u8 size, bytes), 2 and (u16 number), 3 or (u16 number), 4 and not, 5 nothing
//   answer   = u32 hits, each u8 tier, u32 docid, u8 whether it has the number, i64 that, u32 size and data; then, when
//              counting: u32 matches, u8 complete, u32 last docid seen, and the axes as in counting.h
// Tiers are run one after the other until the limit is reached; they do not overlap.
#include <memory>

#include "counting.h"
#include "from.h"
#include "reader.h"

namespace {

using cx::Input;
using cx::Malformed;
using cx::Output;
using Xapian::Query;

Query joined(std::vector<Query> &stack, Query::op op, size_t count) {
  if (stack.size() < count) throw Malformed();
  Query made(op, stack.end() - count, stack.end());
  stack.resize(stack.size() - count);
  return made;
}

Query program(Input in) {
  std::vector<Query> stack;
  while (!in.is_at_end()) {
    switch (in.u8()) {
      case 1: stack.emplace_back(in.text(in.u8())); break;
      case 2: stack.push_back(joined(stack, Query::OP_AND, in.u16())); break;
      case 3: stack.push_back(joined(stack, Query::OP_OR, in.u16())); break;
      case 4: stack.push_back(joined(stack, Query::OP_AND_NOT, 2)); break;
      case 5: stack.push_back(Query::MatchNothing); break;
      default: throw Malformed();
    }
  }
  if (stack.size() != 1) throw Malformed();
  return stack.back();
}

enum class Order : uint8_t { docid = 0, ascending = 1, descending = 2 };

struct Tier {
  Xapian::docid first;
  Order order;
  cx::Tests tests;
  unsigned number;
  Query query;
};

struct Count {
  uint32_t matches_max = 0;
  Query query;
  std::vector<std::pair<uint32_t, uint32_t>> axes;
};

struct Request {
  uint32_t limit;
  cx::Tests tests;
  std::vector<Tier> tiers;
  Count count;
};

cx::Tests tests(Input &in) {
  cx::Tests out;
  for (unsigned left = in.u16(); left > 0; left--) {
    const unsigned number = in.u32();
    const int64_t low = in.i64();
    out.ranges.push_back({number, low, in.i64()});
  }
  for (unsigned left = in.u8(); left > 0; left--) {
    cx::Nearness near;
    near.latitude = in.i32();
    near.longitude = in.i32();
    near.metres = in.u32();
    out.nearness.push_back(near);
  }
  for (unsigned left = in.u16(); left > 0; left--) {
    const uint16_t count = in.u16();
    out.variants.groups.emplace_back();
    cx::read_traits(in, count, out.variants.groups.back());
  }
  return out;
}

Tier tier(Input &in, const cx::Tests &common) {
  Tier out;
  out.tests = common;
  out.first = in.u32();
  out.order = static_cast<Order>(in.u8());
  if (out.order > Order::descending) throw Malformed();
  out.number = in.u32();
  for (unsigned left = in.u8(); left > 0; left--) {
    const int64_t low = in.i64();
    out.tests.ranges.push_back({out.number, low, in.i64()});
  }
  for (unsigned left = in.u8(); left > 0; left--) {
    const int64_t value = in.i64();
    out.tests.after.push_back({out.number, value, in.u32(), out.order == Order::descending});
  }
  out.query = program(in.part(in.u32()));
  return out;
}

Request request(Input in) {
  Request out;
  out.limit = in.u32();
  out.tests = tests(in);
  for (unsigned left = in.u16(); left > 0; left--) out.tiers.push_back(tier(in, out.tests));
  out.count.matches_max = in.u32();
  if (out.count.matches_max > 0) {
    out.count.query = program(in.part(in.u32()));
    for (unsigned left = in.u16(); left > 0; left--) {
      const uint32_t axis = in.u32();
      out.count.axes.emplace_back(axis, in.u32());
    }
  }
  if (!in.is_at_end()) throw Malformed();
  return out;
}

void write(Output &out, uint8_t tier, const Xapian::MSetIterator &hit, const cx_columns::Row &row, unsigned number) {
  out.u8(tier);
  out.u32(*hit);
  int64_t value = 0;
  out.u8(row.number(number, value) ? 1 : 0);
  out.i64(value);
  const std::string data = hit.get_document().get_data();
  out.u32(static_cast<uint32_t>(data.size()));
  out.text(data);
}

/// BoolWeight in the order of docids ends as soon as enough are found, whatever else would match.
Xapian::Enquire enquire(const Xapian::Database &database) {
  Xapian::Enquire out(database);
  out.set_weighting_scheme(Xapian::BoolWeight());
  out.set_docid_order(Xapian::Enquire::ASCENDING);
  return out;
}

uint32_t find(const Xapian::Database &database, const cx_columns &columns, const Request &asked, Output &out) {
  uint32_t found = 0;
  for (size_t at = 0; at < asked.tiers.size() && found < asked.limit; at++) {
    const Tier &tier = asked.tiers[at];
    Xapian::Enquire run = enquire(database);
    cx::From from(tier.first);
    run.set_query(tier.first > 0 ? Query(Query::OP_AND, tier.query, Query(&from)) : tier.query);
    cx::NumberKeys keys(tier.number, columns);
    if (tier.order != Order::docid) run.set_sort_by_key(&keys, tier.order == Order::descending);
    const cx::Decider decider(tier.tests, columns);
    // No MSet::fetch(): in 1.4.22 it reads freed memory for pages after the first.
    const Xapian::MSet hits =
        run.get_mset(0, asked.limit - found, 0, nullptr, tier.tests.is_needed() ? &decider : nullptr);
    for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
      write(out, static_cast<uint8_t>(at), hit, columns.row(*hit), tier.number);
    }
    found += hits.size();
  }
  return found;
}

void count(const Xapian::Database &database, const cx_columns &columns, const Request &asked, Output &out) {
  cx::Counter counter(asked.tests.variants, columns);
  for (const auto &axis : asked.count.axes) counter.add_axis(axis.first, axis.second);
  Xapian::Enquire run = enquire(database);
  run.set_query(asked.count.query);
  run.add_matchspy(&counter);
  const cx::Decider decider(asked.tests, columns);
  run.get_mset(0, 1, asked.count.matches_max, nullptr, asked.tests.is_needed() ? &decider : nullptr);
  out.u32(counter.matches);
  out.u8(counter.matches < asked.count.matches_max ? 1 : 0);
  out.u32(counter.last);
  counter.write(out);
}

}  // namespace

int cx_reader_search(cx_reader *reader, const uint8_t *packed, size_t size, cx_bytes *answer, char *message) {
  return cx::reading(reader, message, [&] {
    const Request asked = request(Input(packed, size));
    static cx_columns nothing;
    cx_columns &columns = reader->columns == nullptr ? nothing : *reader->columns;
    const auto steady = columns.reading();
    Output hits, out;
    out.u32(find(reader->database, columns, asked, hits));
    out.text(hits.text());
    if (asked.count.matches_max > 0) count(reader->database, columns, asked, out);
    *answer = out.bytes();
  });
}
