#define _GNU_SOURCE
#include "Guard.h"

#include "CDw.h"
#include "CFault.h"

#include <pthread.h>

_Thread_local struct guard sdb_guard;

static bool leave_call(int number, siginfo_t *information, void *context) {
  (void)information;
  (void)context;
  if (!sdb_guard.is_armed) return false;
  sdb_guard.is_armed = 0;
  sdb_guard.number = number;
  _longjmp(sdb_guard.place, 1);
}

// MARK: Handles that had a fault

// They are never freed, so that no other handle comes to stand at their address. One for each image and
// worker whose file is damaged: where there are more than these, nothing is read any more.
#define MOST_CONDEMNED 4096
static struct {
  const void *_Atomic owner;
  int number;
} condemned[MOST_CONDEMNED];
static atomic_size_t condemned_count;

void guard_condemn(const void *owner) {
  if (owner == NULL) return;
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&mutex);
  size_t count = atomic_load(&condemned_count);
  if (count < MOST_CONDEMNED) {
    condemned[count].number = sdb_guard.number;
    atomic_store(&condemned[count].owner, owner);
    atomic_store(&condemned_count, count + 1);
  }
  pthread_mutex_unlock(&mutex);
}

int sdb_damage(const void *handle) {
  size_t count = atomic_load_explicit(&condemned_count, memory_order_acquire);
  if (count == 0) return 0;
  for (size_t i = 0; i < count; i++) {
    if (atomic_load(&condemned[i].owner) == handle) return condemned[i].number;
  }
  return count < MOST_CONDEMNED ? 0 : SIGSEGV;
}

size_t sdb_damage_count(void) { return atomic_load(&condemned_count); }

bool guard_enter(const void *owner) {
  if (!sdb_guard.is_prepared) {
    sdb_fault_recover(leave_call);
    sdb_fault_prepare_thread();
    sdb_guard.is_prepared = true;
  }
  return sdb_damage(owner) == 0;
}
