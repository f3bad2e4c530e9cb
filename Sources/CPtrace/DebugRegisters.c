#define _GNU_SOURCE
#include "CPtrace.h"

#include <errno.h>
#include <stddef.h>
#include <sys/ptrace.h>
#include <sys/user.h>

static uintptr_t offset(int number) {
  return offsetof(struct user, u_debugreg) + (uintptr_t)number * sizeof((struct user){0}.u_debugreg[0]);
}

int sdb_get_debug_register(int32_t tid, int number, uint64_t *value) {
  errno = 0;
  long word = ptrace(PTRACE_PEEKUSER, tid, (void *)offset(number), NULL);
  if (word == -1 && errno) return -errno;
  *value = (uint64_t)word;
  return 0;
}

int sdb_set_debug_register(int32_t tid, int number, uint64_t value) {
  return ptrace(PTRACE_POKEUSER, tid, (void *)offset(number), (void *)(uintptr_t)value) == -1 ? -errno : 0;
}
