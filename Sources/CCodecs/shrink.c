// SPDX-License-Identifier: GPL-3.0-or-later
#include "CCodecs.h"
#include <stddef.h>

// In place: each block's average is written at or before the block's own first pixel, when it has been read.
void ccodecs_shrink(ccodecs_picture *picture, int factor) {
  int width = picture->width / factor, height = picture->height / factor;
  uint32_t area = (uint32_t)factor * (uint32_t)factor;
  for (int y = 0; y < height; y++) {
    uint8_t *out = picture->pixels + (size_t)y * (size_t)width * 4;
    for (int x = 0; x < width; x++) {
      uint32_t sum[4] = {area / 2, area / 2, area / 2, area / 2};
      for (int row = 0; row < factor; row++) {
        const uint8_t *in = picture->pixels + (size_t)(y * factor + row) * (size_t)picture->stride +
                            (size_t)x * (size_t)factor * 4;
        for (int column = 0; column < factor; column++, in += 4)
          for (int k = 0; k < 4; k++) sum[k] += in[k];
      }
      for (int k = 0; k < 4; k++) *out++ = (uint8_t)(sum[k] / area);
    }
  }
  picture->width = width;
  picture->height = height;
  picture->stride = width * 4;
}
