#define _GNU_SOURCE
#include "CFault.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

// Swift's traps come as SIGILL or SIGTRAP.
static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT};
#define FAULT_COUNT (sizeof faults / sizeof *faults)
static struct sigaction before[FAULT_COUNT];

#define RECOVERY_COUNT 8
static _Atomic(sdb_fault_recovery) recoveries[RECOVERY_COUNT];
static _Atomic(void (*)(void)) last_words[RECOVERY_COUNT];

static void on_fault(int number, siginfo_t *information, void *context) {
  int error = errno;
  for (size_t i = 0; i < RECOVERY_COUNT; i++) {
    sdb_fault_recovery recover = atomic_load(&recoveries[i]);
    if (recover != NULL && recover(number, information, context)) {
      errno = error;
      return;
    }
  }
  for (size_t i = 0; i < RECOVERY_COUNT; i++) {
    // Once: they may fault themselves.
    void (*speak)(void) = atomic_exchange(&last_words[i], NULL);
    if (speak != NULL) speak();
  }
  for (size_t i = 0; i < FAULT_COUNT; i++) {
    if (faults[i] == number) sigaction(number, &before[i], NULL);
  }
  // A fault happens again where it happened, so that a core file shows the place; a signal that was sent does not.
  if (information->si_code > 0) return;
  raise(number);
  // Swift's handler, which was there before, prints and returns, as if the fault came again.
  signal(number, SIG_DFL);
  raise(number);
}

static void install(void) {
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < FAULT_COUNT; i++) sigaction(faults[i], &action, &before[i]);
}

static void install_once(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
}

void sdb_fault_recover(sdb_fault_recovery recovery) {
  for (size_t i = 0; i < RECOVERY_COUNT; i++) {
    sdb_fault_recovery none = NULL;
    if (atomic_compare_exchange_strong(&recoveries[i], &none, recovery) || none == recovery) break;
  }
  install_once();
}

void sdb_fault_add_last_words(void (*speak)(void)) {
  for (size_t i = 0; i < RECOVERY_COUNT; i++) {
    void (*none)(void) = NULL;
    if (atomic_compare_exchange_strong(&last_words[i], &none, speak) || none == speak) break;
  }
  install_once();
}

void sdb_fault_remove_last_words(void (*speak)(void)) {
  for (size_t i = 0; i < RECOVERY_COUNT; i++) {
    void (*this)(void) = speak;
    atomic_compare_exchange_strong(&last_words[i], &this, NULL);
  }
}

void sdb_fault_prepare_thread(void) {
  // The vector registers that the kernel puts there may take 11 KB (AMX).
  static _Thread_local char room[32768];
  stack_t present;
  if (sigaltstack(NULL, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
  stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
  sigaltstack(&stack, NULL);
}
