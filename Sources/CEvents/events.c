// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CEvents.h"
#include <errno.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int cevents_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int cevents_epoll_set(int epoll, int op, int fd, uint32_t generation, uint32_t events) {
  static const int ops[] = {EPOLL_CTL_ADD, EPOLL_CTL_MOD, EPOLL_CTL_DEL};
  struct epoll_event e = {.events = events, .data.u64 = ((uint64_t)generation << 32) | (uint32_t)fd};
  return epoll_ctl(epoll, ops[op], fd, &e) == 0 ? 0 : errno;
}

int cevents_epoll_wait(int epoll, cevents_ready *out, int capacity, int timeout_ms) {
  struct epoll_event events[256];
  if (capacity > 256) capacity = 256;
  int n = epoll_wait(epoll, events, capacity, timeout_ms);
  for (int i = 0; i < n; i++) {
    out[i].ready = events[i].events;
    out[i].fd = (int32_t)(uint32_t)events[i].data.u64;
    out[i].generation = (uint32_t)(events[i].data.u64 >> 32);
  }
  return n < 0 ? 0 : n;
}

int cevents_wake_create(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }
void cevents_wake(int fd) {
  uint64_t one = 1;
  ssize_t n = write(fd, &one, sizeof one);
  (void)n;
}
void cevents_wake_drain(int fd) {
  uint64_t count;
  ssize_t n = read(fd, &count, sizeof count);
  (void)n;
}

static sigset_t set_of(const int *signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
  return set;
}
void cevents_signals_block(const int *signals, int count) {
  sigset_t set = set_of(signals, count);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
}
void cevents_signals_ignore(int sig) { signal(sig, SIG_IGN); }
int cevents_signal_open(const int *signals, int count) {
  sigset_t set = set_of(signals, count);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}
int cevents_signal_next(int fd) {
  struct signalfd_siginfo info;
  return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

int cevents_process_open(pid_t pid) {
  long fd = syscall(SYS_pidfd_open, pid, 0);
  return fd < 0 ? -errno : (int)fd;
}

uint64_t cevents_now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static _Thread_local void *current_loop;
void *cevents_current(void) { return current_loop; }
void cevents_set_current(void *loop) { current_loop = loop; }

void cevents_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
