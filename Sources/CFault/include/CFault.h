#ifndef SDB_CFAULT_H
#define SDB_CFAULT_H

#include <signal.h>
#include <stdbool.h>

// Faults of sdb itself (SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT), for the C modules that can do something about them.

/// Tries to mend a fault of the calling thread, in its handler: true where the instruction may be tried again. May
/// instead leave by longjmp(3). Only what signal-safety(7) allows.
typedef bool (*sdb_fault_recovery)(int number, siginfo_t *information, void *context);

/// Has `recovery` tried at faults, after those that were there: what mends comes before what gives up. At most eight,
/// which stay for good; a second time is none.
void sdb_fault_recover(sdb_fault_recovery recovery);

/// Has `last_words` called before a fault that nobody mends ends sdb, after those that were there; a second time is none. At most
/// eight. Handlers that were there before ours, and the system's own way to end, come after them. Only what
/// signal-safety(7) allows.
void sdb_fault_add_last_words(void (*last_words)(void));
void sdb_fault_remove_last_words(void (*last_words)(void));

/// Gives the calling thread a stack for handlers where it has none: an overflown one can't run them.
void sdb_fault_prepare_thread(void);

#endif
