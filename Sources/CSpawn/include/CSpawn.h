// SPDX-License-Identifier: GPL-3.0-or-later
// Starting a child process with another user, resource limits and a death signal. fork does not import into
// Swift, and between fork and exec only async-signal-safe calls are allowed.
#pragma once
#include <stdint.h>
#include <sys/types.h>

typedef struct {
  const char *path;
  char *const *arguments;
  char *const *environment;
  const char *directory;  // or NULL
  int input, output, error;  // descriptors for 0, 1, 2; -1: /dev/null
  int changes_user;
  uid_t user;
  gid_t group;
  const gid_t *groups;
  int group_count;
  int death_signal;  // sent when the spawning thread ends; 0: none
  uint64_t memory_bytes_max, cpu_seconds_max, file_bytes_max, open_files_max;  // 0: no limit
  int no_new_privileges;
} cspawn_plan;

/// Returns the child's pid, or -errno, also for an exec that failed.
pid_t cspawn(const cspawn_plan *plan);
