#define _GNU_SOURCE
#include "CPtrace.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Where the calling thread may run when it follows nobody.
static _Thread_local cpu_set_t home;
static _Thread_local int followed = -1;

// The processor that a thread ran on last (proc(5), /proc/PID/stat, field 39), or -1.
static int processor_of(int32_t tid) {
  char path[32], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", tid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd == -1) return -1;
  ssize_t size = read(fd, text, sizeof text - 1);
  close(fd);
  if (size <= 0) return -1;
  text[size] = 0;
  // The name, field 2, may hold blanks and parentheses.
  const char *field = strrchr(text, ')');
  for (int number = 2; field && number < 39; number++) field = strchr(field + 1, ' ');
  return field ? atoi(field + 1) : -1;
}

void sdb_follow(int32_t tid) {
  int processor = processor_of(tid);
  if (processor < 0 || processor >= CPU_SETSIZE || processor == followed) return;
  if (followed < 0 && sched_getaffinity(0, sizeof home, &home) != 0) return;
  // One that is none of ours is left alone.
  if (!CPU_ISSET(processor, &home)) return;
  cpu_set_t there;
  CPU_ZERO(&there);
  CPU_SET(processor, &there);
  if (sched_setaffinity(0, sizeof there, &there) == 0) followed = processor;
}

void sdb_follow_nobody(void) {
  if (followed < 0) return;
  followed = -1;
  sched_setaffinity(0, sizeof home, &home);
}
