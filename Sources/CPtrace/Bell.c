#define _GNU_SOURCE
#include "CPtrace.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

// How a tracer's thread sleeps: in wait4(2) while it has tracees, where a stop wakes it with no signal and no other thread
// involved, and on an eventfd while it has none. A signal of its own takes it out of wait4 when somebody rings.
struct sdb_bell {
  int fd;
  atomic_int rung;
  // The thread that sleeps in wait4, or 0.
  atomic_int sleeper;
};

// Ignored by whoever does not handle it, so that a stray one harms nobody.
#define WAKING_SIGNAL SIGURG

// wait4(-1, status, options, NULL), unless *rung: then, and where the signal comes at any moment before the system call
// has begun, -EINTR. Nothing else closes the gap between the look and the call: the handler moves whoever is in it.
long sdb_wait_unless_rung(atomic_int *rung, int *status, long options);
extern const char sdb_wait_gap_begin[], sdb_wait_gap_end[], sdb_wait_rung[];
__asm__(
  ".text\n"
  ".type sdb_wait_unless_rung, @function\n"
  "sdb_wait_unless_rung:\n"
  "  mov %rdi, %r8\n"
  "  mov $-1, %rdi\n"
  "  xor %r10d, %r10d\n"
  "sdb_wait_gap_begin:\n"
  "  mov $61, %eax\n"
  "  cmpl $0, (%r8)\n"
  "  jne sdb_wait_rung\n"
  "  syscall\n"
  "sdb_wait_gap_end:\n"
  "  ret\n"
  "sdb_wait_rung:\n"
  "  mov $-4, %rax\n"
  "  ret\n"
  ".size sdb_wait_unless_rung, . - sdb_wait_unless_rung\n");

static void wake(int signal, siginfo_t *information, void *context) {
  (void)signal;
  (void)information;
  greg_t *pc = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
  // A system call that is to begin again stands before its instruction.
  if (*pc >= (greg_t)sdb_wait_gap_begin && *pc < (greg_t)sdb_wait_gap_end) *pc = (greg_t)sdb_wait_rung;
}

static void install(void) {
  struct sigaction action = {.sa_sigaction = wake, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigaction(WAKING_SIGNAL, &action, NULL);
  // No signal for a stop, which would wake the main thread each time. Not ignored either: then what children ended with
  // would be lost (wait(2)).
  struct sigaction children = {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP};
  sigaction(SIGCHLD, &children, NULL);
}

struct sdb_bell *sdb_bell_create(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  struct sdb_bell *bell = calloc(1, sizeof *bell);
  if (!bell) return NULL;
  bell->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (bell->fd != -1) return bell;
  int error = errno;
  free(bell);
  errno = error;
  return NULL;
}

void sdb_bell_destroy(struct sdb_bell *bell) {
  close(bell->fd);
  free(bell);
}

void sdb_ring(struct sdb_bell *bell) {
  atomic_store(&bell->rung, 1);
  uint64_t one = 1;
  ssize_t written = write(bell->fd, &one, sizeof one);
  (void)written;
  int sleeper = atomic_load(&bell->sleeper);
  if (sleeper) syscall(SYS_tgkill, getpid(), sleeper, WAKING_SIGNAL);
}

int sdb_bell_wait(struct sdb_bell *bell, struct sdb_stop *stop) {
  int status;
  atomic_store(&bell->sleeper, gettid());
  // __WNOTHREAD: the tracees of another tracer thread of ours are none of our business.
  long tid = sdb_wait_unless_rung(&bell->rung, &status, __WALL | __WNOTHREAD);
  atomic_store(&bell->sleeper, 0);
  if (tid == -ECHILD) {
    struct pollfd rung = {.fd = bell->fd, .events = POLLIN};
    poll(&rung, 1, -1);
  }
  if (atomic_exchange(&bell->rung, 0)) {
    uint64_t count;
    ssize_t got = read(bell->fd, &count, sizeof count);
    (void)got;
  }
  if (tid <= 0) return 0;
  sdb_decode_stop(stop, (int32_t)tid, status);
  return 1;
}

void sdb_block_signals(void) {
  sigset_t blocked;
  sigfillset(&blocked);
  static const int open[] = {WAKING_SIGNAL, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS};
  for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) sigdelset(&blocked, open[i]);
  pthread_sigmask(SIG_SETMASK, &blocked, NULL);
}

int32_t sdb_thread_id(void) { return gettid(); }
