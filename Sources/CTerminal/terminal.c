// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#include "CTerminal.h"
#include "guard.h"
#include "known.h"
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// ncurses flushes at every cursor move. Its output descriptor is aimed at a memory file while it computes a frame,
// so the frame reaches the terminal in one write, which is what keeps it from tearing.
static int tty_in = -1, tty_out = -1, curses_fd = -1, memory = -1;
static FILE *curses_out, *curses_in;
static SCREEN *screen;
static int live, modes_due, mouse_on, kitty_on, colors, pairs_max, pairs_used, cursor_state;
static short pair_of[257 * 257];
static char *buffer;
static size_t buffer_size, frame_size;
static int frame_cursor;

static const char modes_on[] = "\033[?2004h\033[?1004h";
static const char modes_off[] = "\033[?1006l\033[?1002l\033[?1004l\033[?2004l";
static const char mouse_start[] = "\033[?1002h\033[?1006h";
static const char mouse_end[] = "\033[?1006l\033[?1002l";
static const char kitty_push[] = "\033[>1u", kitty_pop[] = "\033[<u";

int ct_write(const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t n = write(tty_out, bytes, count);
    if (n > 0) {
      bytes += n;
      count -= (size_t)n;
    } else if (errno == EAGAIN) {
      struct pollfd wait = {.fd = tty_out, .events = POLLOUT};
      poll(&wait, 1, 1000);
    } else if (errno != EINTR) {
      return -1;
    }
  }
  return 0;
}

static void send(const char *text) { ct_write((const uint8_t *)text, strlen(text)); }

int ct_open(int input, int output, const char *type) {
  if (!ct_is_known(type, output)) return -1;
  tty_in = input;
  tty_out = output;
  ct_guard_arm(input, output);
  curses_fd = fcntl(output, F_DUPFD_CLOEXEC, 3);
  curses_out = fdopen(curses_fd, "w");
  int copy = fcntl(input, F_DUPFD_CLOEXEC, 3);
  curses_in = fdopen(copy, "r");
  if (!curses_out || !curses_in) return -1;
  screen = newterm(type, curses_out, curses_in);
  if (!screen) {
    fclose(curses_out);
    fclose(curses_in);
    ct_guard_disarm();
    return -1;
  }
  set_term(screen);
  raw();
  noecho();
  nonl();
  // Without this ncurses polls stdin while it paints and stops when bytes wait there.
  typeahead(-1);
  memset(pair_of, -1, sizeof pair_of);
  pairs_used = 1;
  colors = 0;
  if (has_colors() && start_color() != ERR) {
    use_default_colors();
    colors = COLORS > 256 ? 256 : COLORS;
    pairs_max = COLOR_PAIRS > 32000 ? 32000 : COLOR_PAIRS;
  }
  memory = memfd_create("frame", MFD_CLOEXEC);
  if (memory < 0) return -1;
  live = 1;
  modes_due = 1;
  cursor_state = -1;
  return 0;
}

static void leave(void) {
  if (!live) return;
  if (kitty_on) send(kitty_pop);
  ct_guard_send_farewell();
  send(modes_off);
  endwin();
  send("\033[?25h\033[0m");
  ct_guard_kitty(0);
  ct_guard_restore_settings();
  live = 0;
}

void ct_suspend(void) {
  leave();
  ct_guard_disarm();
}

void ct_resume(void) {
  ct_guard_arm(tty_in, tty_out);
  reset_prog_mode();
  raw();
  live = 1;
  modes_due = 1;
  cursor_state = -1;
  clearok(curscr, TRUE);
}

void ct_close(void) {
  leave();
  // What was typed ahead must not run in the shell.
  tcflush(tty_in, TCIFLUSH);
  ct_guard_disarm();
  if (screen) delscreen(screen);
  screen = NULL;
  if (curses_out) fclose(curses_out);
  if (curses_in) fclose(curses_in);
  curses_out = curses_in = NULL;
  if (memory >= 0) close(memory);
  memory = -1;
  free(buffer);
  buffer = NULL;
  buffer_size = 0;
}

void ct_forget(void) { clearok(curscr, TRUE); }

int ct_color_count(void) { return colors; }

void ct_size(int *rows, int *columns, int *cell_width, int *cell_height) {
  struct winsize size;
  *cell_width = *cell_height = 0;
  if (ioctl(tty_out, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
    *rows = size.ws_row;
    *columns = size.ws_col;
    *cell_width = size.ws_xpixel / size.ws_col;
    *cell_height = size.ws_ypixel / size.ws_row;
  } else {
    *rows = LINES > 0 ? LINES : 24;
    *columns = COLS > 0 ? COLS : 80;
  }
}

void ct_resize(int rows, int columns) { resizeterm(rows, columns); }

void ct_mouse(int on) {
  if (on == mouse_on) return;
  mouse_on = on;
  if (live && !modes_due) send(on ? mouse_start : mouse_end);
}

void ct_kitty_keyboard(void) {
  if (kitty_on) return;
  kitty_on = 1;
  ct_guard_kitty(1);
  if (live && !modes_due) send(kitty_push);
}

static short pair_for(int foreground, int background) {
  if (colors == 0 || (foreground < 0 && background < 0)) return 0;
  short *slot = &pair_of[(foreground + 1) * 257 + background + 1];
  if (*slot >= 0) return *slot;
  if (pairs_used < pairs_max && init_extended_pair(pairs_used, foreground, background) == OK) {
    *slot = (short)pairs_used++;
    return *slot;
  }
  return background >= 0 && foreground >= 0 ? pair_for(foreground, -1) : 0;
}

static attr_t attributes_of(uint8_t bits) {
  attr_t result = A_NORMAL;
  if (bits & CT_BOLD) result |= A_BOLD;
  if (bits & CT_DIM) result |= A_DIM;
  if (bits & CT_ITALIC) result |= A_ITALIC;
  if (bits & CT_UNDERLINE) result |= A_UNDERLINE;
  if (bits & CT_REVERSE) result |= A_REVERSE;
  return result;
}

static void put_row(int y, const ct_cell *cells, int columns, cchar_t *line) {
  int count = 0;
  for (int x = 0; x < columns; x++) {
    const ct_cell *cell = &cells[x];
    if (cell->width == 0) continue;
    wchar_t text[4] = {(wchar_t)cell->scalar, (wchar_t)cell->mark1, (wchar_t)cell->mark2, 0};
    int pair = pair_for(cell->foreground, cell->background);
    setcchar(&line[count++], text, attributes_of(cell->attributes), 0, &pair);
  }
  // Whole rows by this call: it neither moves the cursor nor wraps in the last cell.
  mvwadd_wchnstr(stdscr, y, 0, line, count);
}

static int grow(size_t need) {
  if (need <= buffer_size) return 1;
  char *bigger = realloc(buffer, need * 2);
  if (!bigger) return 0;
  buffer = bigger;
  buffer_size = need * 2;
  return 1;
}

static size_t append(char *to, size_t at, const void *bytes, size_t count) {
  if (count > 0) memcpy(to + at, bytes, count);
  return at + count;
}

// The frame's bytes as ncurses would have written them, in `buffer`.
static int compute(void) {
  frame_size = 0;
  dup2(memory, curses_fd);
  if (cursor_state != frame_cursor) curs_set(frame_cursor);
  cursor_state = frame_cursor;
  doupdate();
  fflush(curses_out);
  dup2(tty_out, curses_fd);
  off_t count = lseek(memory, 0, SEEK_CUR);
  if (count <= 0) return 0;
  if (!grow((size_t)count)) return -1;
  ssize_t got = pread(memory, buffer, (size_t)count, 0);
  lseek(memory, 0, SEEK_SET);
  if (got < 0 || ftruncate(memory, 0) != 0) return -1;
  frame_size = (size_t)got;
  return 0;
}

// Whether the frame scrolls: by SU, SD, IL, DL or within margins (CSI ... S, T, L, M, r), or by RI or IND. A line end
// on the last row scrolls as well, but ncurses uses that for the whole screen only, which our frames never match.
static int frame_scrolls(void) {
  for (size_t i = 0; i + 1 < frame_size; i++) {
    if (buffer[i] != '\033') continue;
    i++;
    if (buffer[i] == 'M' || buffer[i] == 'D') return 1;
    if (buffer[i] != '[') continue;
    do i++;
    while (i < frame_size && (unsigned char)buffer[i] < 0x40);
    if (i < frame_size && strchr("STLMr", buffer[i])) return 1;
  }
  return 0;
}

int ct_compose(const ct_cell *cells, int rows, int columns, int cursor_row, int cursor_column, int cursor_shown,
               int *scrolls) {
  *scrolls = 0;
  frame_size = 0;
  frame_cursor = cursor_shown;
  if (!live) return 0;
  cchar_t *line = malloc(sizeof(cchar_t) * (size_t)(columns > 0 ? columns : 1));
  if (!line) return -1;
  werase(stdscr);
  for (int y = 0; y < rows; y++) put_row(y, cells + (size_t)y * (size_t)columns, columns, line);
  free(line);
  wmove(stdscr, cursor_row, cursor_column);
  wnoutrefresh(stdscr);
  if (compute() != 0) return -1;
  *scrolls = frame_scrolls();
  return 0;
}

long ct_send(const uint8_t *before, size_t before_count, const uint8_t *after, size_t after_count, int synchronized) {
  if (!live || frame_size + before_count + after_count + (size_t)modes_due == 0) return 0;
  size_t room = frame_size + before_count + after_count + 256;
  char *bytes = malloc(room);
  if (!bytes) return -1;
  size_t end = 0;
  if (synchronized) end = append(bytes, end, "\033[?2026h", 8);
  if (frame_cursor) end = append(bytes, end, "\033[?25l", 6);
  end = append(bytes, end, before, before_count);
  end = append(bytes, end, buffer, frame_size);
  if (modes_due) {
    modes_due = 0;
    end = append(bytes, end, modes_on, sizeof modes_on - 1);
    if (mouse_on) end = append(bytes, end, mouse_start, sizeof mouse_start - 1);
    if (kitty_on) {
      end = append(bytes, end, kitty_push, sizeof kitty_push - 1);
      ct_guard_kitty(1);
    }
  }
  end = append(bytes, end, after, after_count);
  if (frame_cursor) end = append(bytes, end, "\033[?25h", 6);
  if (synchronized) end = append(bytes, end, "\033[?2026l", 8);
  frame_size = 0;
  int outcome = ct_write((const uint8_t *)bytes, end);
  free(bytes);
  return outcome == 0 ? (long)end : -1;
}

long ct_read(int fd, uint8_t *bytes, size_t count) {
  ssize_t n = read(fd, bytes, count);
  if (n >= 0) return n;
  return errno == EINTR || errno == EAGAIN ? -2 : -1;
}

int ct_has_input(int fd) {
  struct pollfd wait = {.fd = fd, .events = POLLIN};
  return poll(&wait, 1, 0) > 0 && (wait.revents & POLLIN);
}

void ct_stop_self(void) { kill(getpid(), SIGSTOP); }
