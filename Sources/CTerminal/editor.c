// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CTerminal.h"
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

extern char **environ;

int ct_start_in_foreground(const char *command) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const char *arguments[] = {"sh", "-c", command, 0};
  pid_t pid = -1;
  int result = posix_spawn(&pid, "/bin/sh", 0, &attributes, (char *const *)arguments, environ);
  posix_spawnattr_destroy(&attributes);
  return result == 0 ? (int)pid : -1;
}
