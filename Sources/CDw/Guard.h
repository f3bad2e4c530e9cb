#ifndef SDB_GUARD_H
#define SDB_GUARD_H

#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

// libdw and libelf trust much of what they read. A fault of theirs over a damaged file ends the call, not sdb.

struct guard {
  jmp_buf place;
  /// Of the fault that led there.
  volatile sig_atomic_t number;
  volatile sig_atomic_t is_armed;
  bool is_prepared;
};
extern _Thread_local struct guard sdb_guard;

/// Makes the thread ready for faults; false where `owner` (a handle of libdw's or libelf's) had one already: what
/// it was busy with is half done, so that it is not to be used again, nor freed.
bool guard_enter(const void *owner);
/// Remembers the thread's last fault as one of `owner`; NULL: of nobody.
void guard_condemn(const void *owner);

static inline void guard_arm(int armed) {
  // The compiler is to move no reads of the file over this.
  atomic_signal_fence(memory_order_seq_cst);
  sdb_guard.is_armed = armed;
  atomic_signal_fence(memory_order_seq_cst);
}

/// The value of `expression`, which has libdw read for `owner`; `failure` where that faults, or did before.
/// Jumps over C alone: no call of Swift's may be below it.
#define READ(owner, failure, expression)                     \
  ({                                                         \
    __typeof__(expression) read_value;                       \
    const void *read_owner = (owner);                        \
    if (!guard_enter(read_owner)) {                          \
      read_value = (failure);                                \
    } else if (_setjmp(sdb_guard.place) == 0) {              \
      guard_arm(1);                                          \
      read_value = (expression);                             \
      guard_arm(0);                                          \
    } else {                                                 \
      guard_condemn(read_owner);                             \
      read_value = (failure);                                \
    }                                                        \
    read_value;                                              \
  })

#endif
