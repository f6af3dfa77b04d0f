// SPDX-License-Identifier: GPL-3.0-or-later
#include "CPhone.h"

#include <cstring>
#include <string>

#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

int put(const std::string &text, char *to, size_t size) {
  if (text.size() + 1 > size) return CPHONE_NO_ROOM;
  std::memcpy(to, text.c_str(), text.size() + 1);
  return CPHONE_OK;
}

int fault(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return CPHONE_OK;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return CPHONE_NO_COUNTRY;
    case PhoneNumberUtil::NOT_A_NUMBER: return CPHONE_NOT_A_NUMBER;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD: return CPHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_SHORT_NSN: return CPHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG_NSN: return CPHONE_TOO_LONG;
  }
  return CPHONE_NOT_A_NUMBER;
}

int fault(PhoneNumberUtil::ValidationResult result) {
  switch (result) {
    case PhoneNumberUtil::IS_POSSIBLE: return CPHONE_OK;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return CPHONE_LOCAL_ONLY;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE: return CPHONE_NO_COUNTRY;
    case PhoneNumberUtil::TOO_SHORT: return CPHONE_TOO_SHORT;
    case PhoneNumberUtil::TOO_LONG: return CPHONE_TOO_LONG;
    // A length between those that the country has: people take it for a digit too few.
    case PhoneNumberUtil::INVALID_LENGTH: return CPHONE_TOO_SHORT;
  }
  return CPHONE_UNASSIGNED;
}

/// The region that the library calls unknown: only numbers with a calling code are read.
const char *const unknown_region = "ZZ";

const size_t e164_digits_max = 15;

template <typename Body>
int caught(Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return CPHONE_FAILED;
  }
}

}  // namespace

int cphone_parse(const char *typed, size_t typed_count, const char *region, char *e164, size_t e164_size,
                 char *number_region, size_t number_region_size) {
  return caught([&] {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const std::string text(typed, typed_count);
    int code = fault(util.Parse(text, region == nullptr ? unknown_region : region, &number));
    if (code != CPHONE_OK) return code;
    if (number.has_extension()) return static_cast<int>(CPHONE_EXTENSION);
    code = fault(util.IsPossibleNumberWithReason(number));
    if (code != CPHONE_OK) return code;
    if (!util.IsValidNumber(number)) return static_cast<int>(CPHONE_UNASSIGNED);
    std::string out;
    util.Format(number, PhoneNumberUtil::E164, &out);
    // Some plans have longer numbers than E.164: nobody abroad can dial them.
    if (out.size() > 1 + e164_digits_max) return static_cast<int>(CPHONE_TOO_LONG);
    code = put(out, e164, e164_size);
    if (code != CPHONE_OK) return code;
    util.GetRegionCodeForNumber(number, &out);
    // The library says 001 of numbers that belong to no country, such as +800.
    return put(out == unknown_region || out == "001" ? std::string() : out, number_region, number_region_size);
  });
}

int cphone_format(const char *e164, int style, char *text, size_t text_size) {
  return caught([&] {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const int code = fault(util.Parse(e164, unknown_region, &number));
    if (code != CPHONE_OK) return code;
    std::string out;
    util.Format(number, style == CPHONE_NATIONAL ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &out);
    return put(out, text, text_size);
  });
}

int cphone_example(const char *region, char *text, size_t text_size) {
  return caught([&] {
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    if (!util.GetExampleNumberForType(region, PhoneNumberUtil::MOBILE, &number) &&
        !util.GetExampleNumber(region, &number)) {
      return static_cast<int>(CPHONE_NO_COUNTRY);
    }
    std::string out;
    util.Format(number, PhoneNumberUtil::NATIONAL, &out);
    return put(out, text, text_size);
  });
}
