// SPDX-License-Identifier: GPL-3.0-or-later
#include "guard.h"

using cx::guarded;

struct cx_stemmer {
  Xapian::Stem stem;
};

int cx_stemmer_open(const char *language, cx_stemmer **stemmer, char *message) {
  return guarded(message, [&] { *stemmer = new cx_stemmer{Xapian::Stem(language)}; });
}

void cx_stemmer_close(cx_stemmer *stemmer) { delete stemmer; }

int cx_stemmer_stem(cx_stemmer *stemmer, const uint8_t *word, size_t count, uint8_t *stem, size_t *stem_count,
                    char *message) {
  return guarded(message, [&] {
    const std::string made = stemmer->stem(cx::string(word, count));
    if (made.size() > *stem_count) throw cx::Malformed();
    std::memcpy(stem, made.data(), made.size());
    *stem_count = made.size();
  });
}
