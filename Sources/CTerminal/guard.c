// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "guard.h"
#include "CTerminal.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved;
static volatile sig_atomic_t armed, is_terminal, kitty_pushed, input_fd, output_fd;

static const char reset[] =
    "\033[?2026l\033[?2004l\033[?1006l\033[?1002l\033[?1000l\033[?1004l\033[?1049l\033[?25h\033[?1l\033>\033[0m\r\n";
static const char kitty_pop[] = "\033[<u";
static uint8_t farewell[1024];
static volatile sig_atomic_t farewell_count;

// Only write, tcsetattr, tcflush and raise: all async-signal-safe (signal-safety(7)). The kernel has given the signal its
// default back by now, so raising it again ends the program.
static void on_fatal(int number) {
  if (armed) {
    armed = 0;
    if (kitty_pushed) (void)!write(output_fd, kitty_pop, sizeof kitty_pop - 1);
    if (farewell_count) (void)!write(output_fd, farewell, (size_t)farewell_count);
    (void)!write(output_fd, reset, sizeof reset - 1);
    if (is_terminal) {
      tcsetattr(input_fd, TCSANOW, &saved);
      tcflush(input_fd, TCIFLUSH);
    }
  }
  raise(number);
}

void ct_guard_arm(int input, int output) {
  static char stack[64 * 1024];
  static int installed;
  // Armed already: the settings are ours by now, and those to go back to are known.
  if (armed) return;
  input_fd = input;
  output_fd = output;
  is_terminal = tcgetattr(input, &saved) == 0;
  kitty_pushed = 0;
  armed = 1;
  if (installed) return;
  installed = 1;
  // A stack of its own, so that even a stack overflow gives the terminal back.
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, 0);
  const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_fatal;
    // NODEFER: the raise inside the handler is delivered at once, also when kill(1) sent the signal.
    action.sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK;
    sigaction(fatal[i], &action, 0);
  }
}

void ct_guard_disarm(void) { armed = 0; }

void ct_farewell(const uint8_t *bytes, size_t count) {
  if (count > sizeof farewell) return;
  farewell_count = 0;
  memcpy(farewell, bytes, count);
  farewell_count = (sig_atomic_t)count;
}

void ct_guard_send_farewell(void) {
  if (farewell_count) ct_write(farewell, (size_t)farewell_count);
}

void ct_guard_kitty(int pushed) { kitty_pushed = pushed; }

void ct_guard_restore_settings(void) {
  if (!is_terminal) return;
  tcsetattr(input_fd, TCSADRAIN, &saved);
}
