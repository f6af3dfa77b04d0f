// SPDX-License-Identifier: GPL-3.0-or-later
// Phone numbers by libphonenumber, a C++ library: its exceptions must not reach Swift frames, so each call here catches
// them and returns a code. Safe from any thread once the library's tables are there; the first call makes them.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  CPHONE_OK = 0,
  CPHONE_NOT_A_NUMBER = 1,
  CPHONE_NO_COUNTRY = 2,     // neither a calling code nor a region that has one
  CPHONE_TOO_SHORT = 3,
  CPHONE_TOO_LONG = 4,
  CPHONE_LOCAL_ONLY = 5,     // lacks its area code
  CPHONE_EXTENSION = 6,      // E.164 has no room for one
  CPHONE_UNASSIGNED = 7,     // of a possible length, and in no range that is in use
  CPHONE_NO_ROOM = 8,        // the answer does not fit where it should go
  CPHONE_FAILED = 9,         // an exception: no memory, in practice
};

enum { CPHONE_NATIONAL = 0, CPHONE_INTERNATIONAL = 1 };

/// Reads what a person typed, as somebody in `region` (ISO 3166-1; NULL for none) would dial it. Writes E.164 and the
/// number's region, which is empty for numbers of no country; both end in NUL.
int cphone_parse(const char *typed, size_t typed_count, const char *region, char *e164, size_t e164_size,
                 char *number_region, size_t number_region_size);

/// Writes an E.164 number the way people write it, ending in NUL.
int cphone_format(const char *e164, int style, char *text, size_t text_size);

/// Writes an example of a mobile number of the region, as people there write it, ending in NUL.
int cphone_example(const char *region, char *text, size_t text_size);

#ifdef __cplusplus
}
#endif
