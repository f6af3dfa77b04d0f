// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CSpawn.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static int limit(int which, uint64_t value) {
  if (value == 0) return 0;
  struct rlimit l = {.rlim_cur = value, .rlim_max = value};
  return setrlimit(which, &l);
}

static int prepare(const cspawn_plan *plan, pid_t parent) {
  setsid();
  if (limit(RLIMIT_AS, plan->memory_bytes_max) || limit(RLIMIT_CPU, plan->cpu_seconds_max) ||
      limit(RLIMIT_FSIZE, plan->file_bytes_max))
    return errno;
  if (plan->changes_user &&
      (setgroups(plan->group_count, plan->groups) || setresgid(plan->group, plan->group, plan->group) ||
       setresuid(plan->user, plan->user, plan->user)))
    return errno;
  if (plan->no_new_privileges && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return errno;
  // After setresuid, which clears it.
  if (plan->death_signal && prctl(PR_SET_PDEATHSIG, plan->death_signal)) return errno;
  if (getppid() != parent) _exit(126);
  if (plan->directory && chdir(plan->directory)) return errno;
  int null = open("/dev/null", O_RDWR);
  int wanted[3] = {plan->input, plan->output, plan->error};
  // Lift the sources above 2 first, so that no dup2 overwrites a source still needed.
  for (int i = 0; i < 3; i++) {
    wanted[i] = fcntl(wanted[i] >= 0 ? wanted[i] : null, F_DUPFD_CLOEXEC, 3);
    if (wanted[i] < 0) return errno;
  }
  for (int i = 0; i < 3; i++)
    if (dup2(wanted[i], i) < 0) return errno;
  close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  // Last, because a parent with many descriptors would leave none free below the limit for the steps above.
  if (limit(RLIMIT_NOFILE, plan->open_files_max)) return errno;
  return 0;
}

/// Executes the file that was opened before the user changed: the new user need not be able to reach its folder.
static int execute(const cspawn_plan *plan, int program) {
  execveat(program, "", plan->arguments, plan->environment, AT_EMPTY_PATH);
  // A script's interpreter would have to open a descriptor that is closed by then: it is named by its path.
  if (errno == ENOENT) execve(plan->path, plan->arguments, plan->environment);
  return errno;
}

pid_t cspawn(const cspawn_plan *plan) {
  int program = open(plan->path, O_PATH | O_CLOEXEC);
  if (program < 0) return -errno;
  int report[2];
  if (pipe2(report, O_CLOEXEC)) {
    int problem = errno;
    close(program);
    return -problem;
  }
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    for (int s = 1; s < NSIG; s++) signal(s, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int problem = prepare(plan, parent);
    if (problem == 0) problem = execute(plan, program);
    ssize_t n = write(report[1], &problem, sizeof problem);
    (void)n;
    _exit(127);
  }
  int problem = pid < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  close(program);
  if (pid > 0) {
    ssize_t n;
    do n = read(report[0], &problem, sizeof problem);
    while (n < 0 && errno == EINTR);
    if (n != sizeof problem) problem = 0;
  }
  close(report[0]);
  return problem ? -problem : pid;
}
