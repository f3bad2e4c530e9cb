// Tells when all threads are blocked, by what the kernel says of them: a breakpoint at `stuck` is there then.
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile int blocking[2048];
static int blockingCount;

/// The calling thread waits for something that never comes, from its next call on.
static void blocks(void) {
  blocking[__atomic_fetch_add(&blockingCount, 1, __ATOMIC_SEQ_CST)] = (int)syscall(SYS_gettid);
}

__attribute__((noinline)) void stuck(void) { __asm__ volatile(""); }

static int sleeps(int thread) {
  char path[64], text[16] = "";
  snprintf(path, sizeof path, "/proc/self/task/%d/syscall", thread);
  int file = open(path, O_RDONLY);
  if (file < 0) return 0;
  ssize_t got = read(file, text, sizeof text - 1);
  close(file);
  // The system call's number; "running" where it is in none, or is awake.
  return got > 0 && text[0] >= '0' && text[0] <= '9';
}

/// Waits for `count` threads to be blocked, then calls `stuck`.
static void watch(int count) {
  for (int asleep = 0; asleep < count;) {
    sched_yield();
    asleep = 0;
    for (int each = 0; each < count; each++)
      if (blocking[each]) asleep += sleeps(blocking[each]);
  }
  stuck();
  _exit(0);
}
