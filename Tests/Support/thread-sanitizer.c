// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the thread sanitizer what it cannot see. Loaded before the Swift runtime by sanitize.sh; no part of the product.
//
// Swift's `Mutex` takes a free lock by an atomic instruction inlined into our code, which the sanitizer sees. A lock that
// is held is waited for inside libswiftSynchronization.so, by a futex and without the sanitizer's knowledge: what the one
// thread did before it let go would seem unordered with what the other does next. The two slow paths are wrapped here to
// say so, which hides nothing: a value that is touched outside of its lock is reported as before.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// Absent in programs that are built without the sanitizer, such as those that start the tests.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SELF __attribute__((swift_context)) void *handle

typedef __attribute__((swiftcall)) void (*lock_function)(uint32_t thread, SELF);
typedef __attribute__((swiftcall)) void (*unlock_function)(SELF);

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
__attribute__((swiftcall)) void unlock_slow(SELF) __asm__(UNLOCK_SLOW);

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SELF) {
  ((lock_function)dlsym(RTLD_NEXT, LOCK_SLOW))(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

__attribute__((swiftcall)) void unlock_slow(SELF) {
  if (__tsan_release) __tsan_release(handle);
  ((unlock_function)dlsym(RTLD_NEXT, UNLOCK_SLOW))(handle);
}
