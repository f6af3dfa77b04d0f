// SPDX-License-Identifier: GPL-3.0-or-later
#include "known.h"
#include <curses.h>
// Alone in its file: this header names common words such as columns and lines as macros.
#include <term.h>

int ct_is_known(const char *type, int output) {
  int problem;
  TERMINAL *before = cur_term;
  if (setupterm(type, output, &problem) != OK) return 0;
  del_curterm(set_curterm(before));
  return 1;
}
