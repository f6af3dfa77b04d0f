// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CTerminal.h"
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <wchar.h>

// ncurses measures with the C library's wcwidth, so we must agree with it. Pages of 256 scalars are measured when
// first met, in a locale of their own, so that the answer does not depend on who has called setlocale.
enum { PAGES = 0x1100 };
static signed char widths[PAGES][256];
static atomic_char known[PAGES];
static locale_t unicode;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t measuring = PTHREAD_MUTEX_INITIALIZER;

static void make_locale(void) { unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

static void measure(uint32_t page) {
  pthread_once(&once, make_locale);
  pthread_mutex_lock(&measuring);
  // Another thread may have met the page at the same time.
  if (!atomic_load_explicit(&known[page], memory_order_relaxed)) {
    locale_t before = unicode ? uselocale(unicode) : (locale_t)0;
    for (uint32_t low = 0; low < 256; low++) widths[page][low] = (signed char)wcwidth((wchar_t)(page << 8 | low));
    if (before) uselocale(before);
    atomic_store_explicit(&known[page], 1, memory_order_release);
  }
  pthread_mutex_unlock(&measuring);
}

int ct_width(uint32_t scalar) {
  if (scalar >= 0x20 && scalar < 0x7f) return 1;
  uint32_t page = scalar >> 8;
  if (page >= PAGES) return -1;
  if (!atomic_load_explicit(&known[page], memory_order_acquire)) measure(page);
  return widths[page][scalar & 255];
}

int ct_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  setlocale(LC_CTYPE, "C.UTF-8");
  return 0;
}
