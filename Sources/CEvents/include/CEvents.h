// SPDX-License-Identifier: GPL-3.0-or-later
// epoll, eventfd, signalfd and pidfd as plain functions: their constants are C enums and macros with
// casts, which do not import into Swift.
#pragma once
#include <signal.h>
#include <stdint.h>
#include <sys/types.h>

enum {
  CEVENTS_READ = 0x001,
  CEVENTS_WRITE = 0x004,
  CEVENTS_ERROR = 0x008,
  CEVENTS_HANGUP = 0x010,
  CEVENTS_PEER_CLOSED = 0x2000
};

typedef struct {
  uint32_t ready;
  int32_t fd;
  uint32_t generation;
} cevents_ready;

int cevents_epoll_create(void);
/// op: 0 add, 1 change, 2 remove. Returns 0 or an errno.
int cevents_epoll_set(int epoll, int op, int fd, uint32_t generation, uint32_t events);
/// Waits at most `timeout_ms` (-1: for ever); returns the number of events, 0 also when interrupted.
int cevents_epoll_wait(int epoll, cevents_ready *events, int capacity, int timeout_ms);
int cevents_wake_create(void);
void cevents_wake(int fd);
void cevents_wake_drain(int fd);
/// Blocks the signals in this thread and returns a descriptor that reports them.
int cevents_signal_open(const int *signals, int count);
void cevents_signals_block(const int *signals, int count);
void cevents_signals_ignore(int signal);
/// The next signal reported by the descriptor, or 0.
int cevents_signal_next(int fd);
/// A descriptor that becomes readable when the process ends, or -errno.
int cevents_process_open(pid_t pid);
uint64_t cevents_now_ns(void);
/// One pointer per thread: the loop that runs on it.
void *cevents_current(void);
void cevents_set_current(void *loop);
void cevents_name_thread(const char *name);
