// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <stddef.h>
#include <stdint.h>

// The map of this target: terminal.c drives ncurses and writes a frame at once; known.c looks a terminal type up;
// guard.c gives the terminal back on a fatal signal; width.c measures scalars; editor.c starts a program in the
// foreground.

enum { CT_BOLD = 1, CT_DIM = 2, CT_ITALIC = 4, CT_UNDERLINE = 8, CT_REVERSE = 16 };

// One cell as ncurses gets it. Colours are palette indices, -1 is the terminal's own. Width 0 continues the left cell.
typedef struct {
  uint32_t scalar, mark1, mark2;
  int16_t foreground, background;
  uint8_t attributes, width;
} ct_cell;

// Columns a scalar takes in a UTF-8 locale: 0, 1 or 2; -1 for what cannot be printed. From any thread.
int ct_width(uint32_t scalar);

// 1: the user's locale is UTF-8, 0: it is not. Sets LC_CTYPE only, so that numbers keep their point.
int ct_locale(void);

// Takes the terminal. 0, or -1 when ncurses does not know the terminal type.
int ct_open(int input, int output, const char *type);
// Gives the terminal back for good.
void ct_close(void);
// Gives the terminal back for a while; the next ct_present takes it again after ct_resume.
void ct_suspend(void);
void ct_resume(void);
// Forgets what is on the glass: the next frame is sent whole.
void ct_forget(void);

int ct_color_count(void);
// Rows and columns, and the pixels of a cell where the terminal has told the kernel; else 0.
void ct_size(int *rows, int *columns, int *cell_width, int *cell_height);
void ct_resize(int rows, int columns);
// Bytes for the terminal when it is given back, crash included: at most 1024.
void ct_farewell(const uint8_t *bytes, size_t count);
// Turns mouse reports on or off at once.
void ct_mouse(int on);
// Turns on the kitty keyboard protocol's flag 1, for terminals that said they know it.
void ct_kitty_keyboard(void);

// Draws the cells and computes the frame: what must be sent so that the terminal shows them. Says whether that scrolls
// lines, which drags pixels along. Nothing is sent yet. 0, or -1 without memory.
int ct_compose(const ct_cell *cells, int rows, int columns, int cursor_row, int cursor_column, int cursor_shown,
               int *scrolls);
// Sends the composed frame between the bytes before and after it, in one write. Returns the bytes written, or -1 when
// the terminal is gone.
long ct_send(const uint8_t *before, size_t before_count, const uint8_t *after, size_t after_count, int synchronized);

// Writes bytes to the terminal at once, all of them. 0 or -1.
int ct_write(const uint8_t *bytes, size_t count);
// Reads what is waiting: the count, 0 at the end, -1 on an error that is not a retry, -2 for nothing now.
long ct_read(int fd, uint8_t *bytes, size_t count);
int ct_has_input(int fd);

// Starts `sh -c command` with the terminal as its own, default signals and an empty mask. The pid, or -1.
int ct_start_in_foreground(const char *command);

void ct_stop_self(void);
