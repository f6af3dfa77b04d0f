// SPDX-License-Identifier: GPL-3.0-or-later
// Packed bytes: what is read is bounds-checked, and a malformed packet is an exception.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

#include "CXapian.h"

namespace cx {

struct Malformed : std::runtime_error {
  Malformed() : std::runtime_error("malformed packet") {}
};

class Input {
 public:
  Input(const uint8_t *start, size_t count) : at_(start), end_(start + count) {}
  explicit Input(const std::string &text)
      : Input(reinterpret_cast<const uint8_t *>(text.data()), text.size()) {}

  bool is_at_end() const { return at_ == end_; }
  uint8_t u8() { return *take(1); }
  uint16_t u16() { return number<uint16_t>(); }
  uint32_t u32() { return number<uint32_t>(); }
  int32_t i32() { return static_cast<int32_t>(number<uint32_t>()); }
  int64_t i64() { return static_cast<int64_t>(number<uint64_t>()); }
  std::string rest() { return text(static_cast<size_t>(end_ - at_)); }
  std::string text(size_t count) { return std::string(reinterpret_cast<const char *>(take(count)), count); }
  Input part(size_t count) { return Input(take(count), count); }

  /// A number in groups of seven bits, the lowest first, as in LEB128.
  uint32_t varint() {
    uint32_t value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      const uint8_t byte = u8();
      value |= static_cast<uint32_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw Malformed();
  }

 private:
  template <typename Number>
  Number number() {
    Number value;
    std::memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }
  const uint8_t *take(size_t count) {
    if (static_cast<size_t>(end_ - at_) < count) throw Malformed();
    const uint8_t *taken = at_;
    at_ += count;
    return taken;
  }
  const uint8_t *at_;
  const uint8_t *end_;
};

class Output {
 public:
  void u8(uint8_t value) { text_.push_back(static_cast<char>(value)); }
  void u16(uint16_t value) { number(value); }
  void u32(uint32_t value) { number(value); }
  void i64(int64_t value) { number(value); }
  void text(const std::string &value) { text_ += value; }

  const std::string &text() const { return text_; }

  /// Hands the bytes to the caller.
  cx_bytes bytes() const {
    cx_bytes out = {static_cast<uint8_t *>(std::malloc(text_.empty() ? 1 : text_.size())), text_.size()};
    if (out.start == nullptr) throw std::bad_alloc();
    std::memcpy(out.start, text_.data(), text_.size());
    return out;
  }

 private:
  template <typename Number>
  void number(Number value) {
    text_.append(reinterpret_cast<const char *>(&value), sizeof value);
  }
  std::string text_;
};

inline std::string string(const uint8_t *start, size_t count) {
  return std::string(reinterpret_cast<const char *>(start), count);
}

inline cx_bytes bytes(const std::string &text) {
  Output out;
  out.text(text);
  return out.bytes();
}

}  // namespace cx
