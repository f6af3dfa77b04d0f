// SPDX-License-Identifier: GPL-3.0-or-later
// Between C++ and its callers: every exception becomes a code and a message.
#pragma once
#include <cstdio>
#include <exception>

#include <xapian.h>

#include "packing.h"

namespace cx {

inline int told(int code, const char *text, char *message) noexcept {
  std::snprintf(message, CX_MESSAGE_BYTES, "%s", text);
  return code;
}

template <typename Body>
int guarded(char *message, Body body) noexcept {
  try {
    message[0] = '\0';
    body();
    return CX_OK;
  } catch (const Xapian::DatabaseLockError &error) {
    return told(CX_LOCKED, error.get_msg().c_str(), message);
  } catch (const Xapian::DatabaseModifiedError &error) {
    return told(CX_CHANGED, error.get_msg().c_str(), message);
  } catch (const Xapian::DatabaseCorruptError &error) {
    return told(CX_DAMAGED, error.get_msg().c_str(), message);
  } catch (const Xapian::DatabaseVersionError &error) {
    return told(CX_DAMAGED, error.get_msg().c_str(), message);
  } catch (const Xapian::DatabaseNotFoundError &error) {
    return told(CX_MISSING, error.get_msg().c_str(), message);
  } catch (const Xapian::DatabaseOpeningError &error) {
    return told(CX_MISSING, error.get_msg().c_str(), message);
  } catch (const Xapian::Error &error) {
    const std::string text = error.get_type() + (": " + error.get_msg());
    return told(CX_FAILED, text.c_str(), message);
  } catch (const Malformed &error) {
    return told(CX_MALFORMED, error.what(), message);
  } catch (const std::exception &error) {
    return told(CX_FAILED, error.what(), message);
  } catch (...) {
    return told(CX_FAILED, "an exception of unknown type", message);
  }
}

}  // namespace cx
