// SPDX-License-Identifier: GPL-3.0-or-later
#include "CCodecs.h"
#include <stdlib.h>
#include <webp/decode.h>

static int code_of(VP8StatusCode status) {
  switch (status) {
    case VP8_STATUS_OK: return CCODECS_OK;
    case VP8_STATUS_OUT_OF_MEMORY: return CCODECS_NO_MEMORY;
    case VP8_STATUS_UNSUPPORTED_FEATURE: return CCODECS_UNSUPPORTED;
    default: return CCODECS_CORRUPT;
  }
}

int ccodecs_webp_size(const uint8_t *bytes, size_t count, int *width, int *height) {
  WebPBitstreamFeatures features;
  VP8StatusCode status = WebPGetFeatures(bytes, count, &features);
  if (status != VP8_STATUS_OK) return code_of(status);
  *width = features.width;
  *height = features.height;
  return features.has_animation ? CCODECS_UNSUPPORTED : CCODECS_OK;
}

int ccodecs_webp_decode(const uint8_t *bytes, size_t count, ccodecs_picture *out) {
  WebPDecoderConfig config;
  if (!WebPInitDecoderConfig(&config)) return CCODECS_UNSUPPORTED;
  VP8StatusCode status = WebPGetFeatures(bytes, count, &config.input);
  if (status != VP8_STATUS_OK) return code_of(status);
  size_t stride = (size_t)config.input.width * 4, size = stride * (size_t)config.input.height;
  uint8_t *pixels = malloc(size);
  if (!pixels) return CCODECS_NO_MEMORY;
  config.output.colorspace = MODE_bgrA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = pixels;
  config.output.u.RGBA.stride = (int)stride;
  config.output.u.RGBA.size = size;
  status = WebPDecode(bytes, count, &config);
  if (status != VP8_STATUS_OK) {
    free(pixels);
    return code_of(status);
  }
  *out = (ccodecs_picture){.pixels = pixels,
                           .width = config.input.width,
                           .height = config.input.height,
                           .stride = (int)stride,
                           .has_alpha = config.input.has_alpha};
  return CCODECS_OK;
}
