// SPDX-License-Identifier: GPL-3.0-or-later
#include "CCodecs.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>
#include <jerror.h>

typedef struct {
  struct jpeg_error_mgr base;
  jmp_buf jump;
  int code;
} trap;

static void on_error(j_common_ptr info) {
  trap *t = (trap *)info->err;
  t->code = info->err->msg_code == JERR_OUT_OF_MEMORY ? CCODECS_NO_MEMORY : CCODECS_CORRUPT;
  longjmp(t->jump, 1);
}

// libjpeg fills a short file with grey and only warns; a picture that is half grey is refused instead.
static void on_message(j_common_ptr info, int level) {
  int code = info->err->msg_code;
  if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) on_error(info);
}

static void on_output(j_common_ptr info) { (void)info; }

// A progressive file may hold thousands of scans of a large picture: minutes of work in a few kilobytes.
enum { SCANS_MAX = 200 };

static void on_progress(j_common_ptr info) {
  if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > SCANS_MAX) on_error(info);
}

static void set_traps(trap *t, struct jpeg_error_mgr **slot) {
  *slot = jpeg_std_error(&t->base);
  t->base.error_exit = on_error;
  t->base.emit_message = on_message;
  t->base.output_message = on_output;
  t->code = CCODECS_OK;
}

// Adobe writes CMYK inverted, for which plain multiplication is right.
static void cmyk_row(const uint8_t *in, uint8_t *out, int width, int inverted) {
  for (int x = 0; x < width; x++, in += 4, out += 4) {
    int c = in[0], m = in[1], y = in[2], k = in[3];
    if (!inverted) c = 255 - c, m = 255 - m, y = 255 - y, k = 255 - k;
    out[0] = (uint8_t)(y * k / 255);
    out[1] = (uint8_t)(m * k / 255);
    out[2] = (uint8_t)(c * k / 255);
    out[3] = 255;
  }
}

int ccodecs_jpeg_decode(const uint8_t *bytes, size_t count, int wanted_width, int wanted_height,
                        ccodecs_picture *out) {
  struct jpeg_decompress_struct info;
  struct jpeg_progress_mgr progress = {.progress_monitor = on_progress};
  trap t;
  uint8_t *volatile pixels = NULL;
  uint8_t *volatile row = NULL;
  memset(&info, 0, sizeof info);
  set_traps(&t, &info.err);
  if (setjmp(t.jump)) {
    jpeg_destroy_decompress(&info);
    free(pixels);
    free(row);
    return t.code;
  }
  jpeg_create_decompress(&info);
  info.progress = &progress;
  jpeg_mem_src(&info, bytes, count);
  jpeg_read_header(&info, TRUE);
  int is_cmyk = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
  info.out_color_space = is_cmyk ? JCS_CMYK : JCS_EXT_BGRX;
  info.scale_num = 1;
  info.scale_denom = 1;
  while (info.scale_denom < 8 && (int)info.image_width / (int)(info.scale_denom * 2) >= wanted_width &&
         (int)info.image_height / (int)(info.scale_denom * 2) >= wanted_height)
    info.scale_denom *= 2;
  jpeg_start_decompress(&info);
  int width = (int)info.output_width, height = (int)info.output_height;
  size_t stride = (size_t)width * 4;
  pixels = malloc(stride * (size_t)height);
  if (is_cmyk) row = malloc(stride);
  if (!pixels || (is_cmyk && !row)) {
    t.code = CCODECS_NO_MEMORY;
    longjmp(t.jump, 1);
  }
  while (info.output_scanline < info.output_height) {
    uint8_t *line = pixels + stride * info.output_scanline;
    JSAMPROW target = is_cmyk ? row : line;
    jpeg_read_scanlines(&info, &target, 1);
    if (is_cmyk) cmyk_row(row, line, width, info.saw_Adobe_marker);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  free(row);
  *out = (ccodecs_picture){.pixels = pixels, .width = width, .height = height, .stride = (int)stride};
  return CCODECS_OK;
}

int ccodecs_jpeg_encode(const uint8_t *pixels, int width, int height, int stride, int quality, uint8_t **bytes,
                        size_t *count) {
  struct jpeg_compress_struct info;
  trap t;
  unsigned long size = 0;
  unsigned char *buffer = NULL;
  memset(&info, 0, sizeof info);
  set_traps(&t, &info.err);
  if (setjmp(t.jump)) {
    jpeg_destroy_compress(&info);
    free(buffer);
    return t.code;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &buffer, &size);
  info.image_width = (JDIMENSION)width;
  info.image_height = (JDIMENSION)height;
  info.input_components = 4;
  info.in_color_space = JCS_EXT_BGRX;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.optimize_coding = TRUE;
  jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW line = (JSAMPROW)(pixels + (size_t)stride * info.next_scanline);
    jpeg_write_scanlines(&info, &line, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  *bytes = buffer;
  *count = size;
  return CCODECS_OK;
}

void ccodecs_free(void *memory) { free(memory); }
