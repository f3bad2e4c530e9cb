#define _GNU_SOURCE
#include "CPtrace.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

// The bells that SIGCHLD rings. Neither nodes nor descriptors are ever freed, only used again: a handler on
// another thread may be about to write to one.
struct bell {
  int fd;
  atomic_bool used;
  struct bell *next;
};
static _Atomic(struct bell *) bells;

static void ring_all(int signal) {
  (void)signal;
  int error = errno;
  for (struct bell *bell = atomic_load(&bells); bell; bell = bell->next) {
    if (atomic_load(&bell->used)) sdb_ring(bell->fd);
  }
  errno = error;
}

static void install(void) {
  struct sigaction action = {.sa_handler = ring_all, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  sigaction(SIGCHLD, &action, NULL);
}

int sdb_bell_create(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  for (struct bell *bell = atomic_load(&bells); bell; bell = bell->next) {
    _Bool unused = 0;
    if (atomic_compare_exchange_strong(&bell->used, &unused, 1)) return bell->fd;
  }
  struct bell *bell = malloc(sizeof *bell);
  if (!bell) return -ENOMEM;
  bell->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (bell->fd == -1) {
    int error = errno;
    free(bell);
    return -error;
  }
  atomic_init(&bell->used, 1);
  bell->next = atomic_load(&bells);
  while (!atomic_compare_exchange_weak(&bells, &bell->next, bell)) {}
  return bell->fd;
}

void sdb_bell_destroy(int fd) {
  for (struct bell *bell = atomic_load(&bells); bell; bell = bell->next) {
    if (bell->fd == fd) atomic_store(&bell->used, 0);
  }
}

void sdb_ring(int bell) {
  uint64_t one = 1;
  ssize_t written = write(bell, &one, sizeof one);
  (void)written;
}

void sdb_bell_wait(int bell) {
  struct pollfd rung = {.fd = bell, .events = POLLIN};
  uint64_t count;
  poll(&rung, 1, -1);
  ssize_t got = read(bell, &count, sizeof count);
  (void)got;
}

void sdb_block_signals(void) {
  sigset_t blocked;
  sigfillset(&blocked);
  static const int open[] = {SIGCHLD, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS};
  for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) sigdelset(&blocked, open[i]);
  pthread_sigmask(SIG_SETMASK, &blocked, NULL);
}

int32_t sdb_thread_id(void) { return gettid(); }
