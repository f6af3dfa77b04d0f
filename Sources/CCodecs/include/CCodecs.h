// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding and encoding pictures. libjpeg and libpng report errors by longjmp, which must not cross Swift frames,
// so each call here contains its own setjmp and returns a code.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
  CCODECS_OK = 0,
  CCODECS_CORRUPT = 1,      // damaged, or shorter than it says
  CCODECS_NO_MEMORY = 2,
  CCODECS_UNSUPPORTED = 3,  // valid, but a kind that is not decoded (animation)
};

/// Rows of BGRX or premultiplied BGRA as they lie in memory, as cairo's image surfaces want on little-endian machines.
typedef struct {
  uint8_t *pixels;  // freed by ccodecs_free
  int width, height, stride;
  int has_alpha;
} ccodecs_picture;

/// Decodes a JPEG; it may come out smaller by a power of two, yet never below wanted_width × wanted_height.
int ccodecs_jpeg_decode(const uint8_t *bytes, size_t count, int wanted_width, int wanted_height, ccodecs_picture *out);
int ccodecs_png_decode(const uint8_t *bytes, size_t count, ccodecs_picture *out);
int ccodecs_webp_decode(const uint8_t *bytes, size_t count, ccodecs_picture *out);
/// The size a WebP file declares, without decoding it.
int ccodecs_webp_size(const uint8_t *bytes, size_t count, int *width, int *height);

/// Averages blocks of factor × factor pixels, in place. Pixels beyond the last whole block are dropped.
void ccodecs_shrink(ccodecs_picture *picture, int factor);

/// Encode BGRX rows as JPEG, or premultiplied BGRA rows as PNG. The bytes are freed by ccodecs_free.
int ccodecs_jpeg_encode(const uint8_t *pixels, int width, int height, int stride, int quality, uint8_t **bytes,
                        size_t *count);
int ccodecs_png_encode(const uint8_t *pixels, int width, int height, int stride, int has_alpha, uint8_t **bytes,
                       size_t *count);
void ccodecs_free(void *memory);
