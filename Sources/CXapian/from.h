// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <xapian.h>

namespace cx {

/// Matches every docid from a number on, whether a document has it or not: beside terms it makes a page deep in a list as
/// cheap as the first one. Only for queries with a term in them.
class From : public Xapian::PostingSource {
 public:
  explicit From(Xapian::docid first) : first_(first) {}

  // The greatest of estimates, so that Xapian lets terms lead.
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return documents_; }
  Xapian::doccount get_termfreq_max() const override { return documents_; }

  void init(const Xapian::Database &database) override {
    documents_ = database.get_doccount();
    last_ = database.get_lastdocid();
    at_ = 0;
  }
  void next(double) override { move(at_ + 1); }
  void skip_to(Xapian::docid docid, double) override { move(docid); }
  bool check(Xapian::docid docid, double) override {
    move(docid);
    return true;
  }
  bool at_end() const override { return at_ > last_; }
  Xapian::docid get_docid() const override { return at_; }

 private:
  void move(Xapian::docid docid) { at_ = docid < first_ ? first_ : docid > at_ ? docid : at_; }

  const Xapian::docid first_;
  Xapian::docid at_ = 0;
  Xapian::docid last_ = 0;
  Xapian::doccount documents_ = 0;
};

}  // namespace cx
