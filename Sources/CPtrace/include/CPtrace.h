// Fixed-argument shims over ptrace(2), wait(2), fork and exec. All answer -errno where they fail.
#ifndef SDB_CPTRACE_H
#define SDB_CPTRACE_H

#include <stddef.h>
#include <stdint.h>

// --- Stops -----------------------------------------------------------------------------------------

enum sdb_stop_kind {
  SDB_STOP_EXITED,        // value: exit status
  SDB_STOP_KILLED,        // value: signal; core: a core was dumped
  SDB_STOP_SIGNAL,        // value: signal; a signal-delivery-stop
  SDB_STOP_INTERRUPTED,   // PTRACE_EVENT_STOP by an interrupt, a resumed group-stop, or a new thread
  SDB_STOP_GROUP,         // PTRACE_EVENT_STOP by job control; value: the stopping signal
  SDB_STOP_CLONE,         // value: the new thread
  SDB_STOP_FORK,          // value: the new process
  SDB_STOP_VFORK,         // value: the new process
  SDB_STOP_VFORK_DONE,
  SDB_STOP_EXEC,          // value: the id that the thread had before
  SDB_STOP_EXIT,          // about to exit
  SDB_STOP_SYSTEM_CALL,   // at the entry to a system call, or its end
  SDB_STOP_OTHER,
};

struct sdb_stop {
  int32_t tid;
  int32_t kind;
  int32_t value;
  int32_t core;
};

// The next stop or end of a tracee or child of the calling thread: 1, or 0 where there is none now.
// -ECHILD where there is no such process. `which` is a thread, or -1 for any: the kernel then looks through all of them.
int sdb_wait(int32_t which, struct sdb_stop *stop);
// Waits for the next stop or end of that tracee, which has to be at hand.
void sdb_await(int32_t tid);
// What a status of wait(2) says.
void sdb_decode_stop(struct sdb_stop *stop, int32_t tid, int status);

struct sdb_signal_info {
  int32_t number;
  int32_t code;
  int32_t sender;
  uint64_t address;
};
int sdb_signal_information(int32_t tid, struct sdb_signal_info *information);
// The whole siginfo_t of the signal that the thread has stopped with: its size.
enum { SDB_SIGNAL_BYTES = 128 };
int sdb_signal_bytes(int32_t tid, void *bytes);
// 1 where a SIGTRAP waits in the thread's own queue.
int sdb_trap_is_queued(int32_t tid);

// --- Requests --------------------------------------------------------------------------------------

int sdb_seize(int32_t tid, int kill_on_exit);
int sdb_interrupt(int32_t tid);
int sdb_continue(int32_t tid, int signal);
int sdb_single_step(int32_t tid, int signal);
// As sdb_continue, but to the next entry to or end of a system call.
int sdb_continue_to_system_call(int32_t tid, int signal);
int sdb_listen(int32_t tid);
int sdb_detach(int32_t tid, int signal);
int sdb_kill(int32_t pid, int signal);
int sdb_kill_thread(int32_t pid, int32_t tid, int signal);

enum { SDB_REGISTER_COUNT = 27, SDB_FLOATING_POINT_SIZE = 512, SDB_EXTENDED_STATE_CAPACITY = 16384 };
// In the order of MachineModel's GeneralRegister.
int sdb_get_registers(int32_t tid, uint64_t *values);
int sdb_set_registers(int32_t tid, const uint64_t *values);
// The XSAVE area in its standard form (Intel SDM volume 1, §13.4), or the FXSAVE image that it begins with where the
// kernel has no more. Answers the bytes that there are, at most `capacity`.
int sdb_get_floating_point(int32_t tid, void *image, size_t capacity);
int sdb_set_floating_point(int32_t tid, const void *image, size_t size);
int sdb_poke_byte(int32_t tid, uint64_t address, uint8_t byte);
// At which side of a system call a thread stands that has stopped at one; 0: neither.
enum sdb_system_call_side {
  SDB_SYSTEM_CALL_ENTRY = 1,
  SDB_SYSTEM_CALL_RETURN = 2,
};
int sdb_system_call_side(int32_t tid);
// DR0…DR7 by number, of a stopped thread.
int sdb_get_debug_register(int32_t tid, int number, uint64_t *value);
int sdb_set_debug_register(int32_t tid, int number, uint64_t value);

// --- Memory ----------------------------------------------------------------------------------------

// Bytes copied (0 … size).
size_t sdb_read_memory(int32_t tid, uint64_t address, void *buffer, size_t size);
// The same the other way; not over read-only pages.
size_t sdb_write_memory(int32_t tid, uint64_t address, const void *buffer, size_t size);
int sdb_open(const char *path, int writable);
size_t sdb_read_at(int fd, uint64_t address, void *buffer, size_t size);
size_t sdb_write_at(int fd, uint64_t address, const void *buffer, size_t size);
// 1 where both processes have one address space, 0 where not, -errno where the kernel can't tell.
int sdb_shares_memory(int32_t left, int32_t right);

// --- Launch ----------------------------------------------------------------------------------------

enum sdb_launch_stage {
  SDB_LAUNCH_FORK,
  SDB_LAUNCH_TERMINAL,
  SDB_LAUNCH_DIRECTORY,
  SDB_LAUNCH_INPUT,
  SDB_LAUNCH_OUTPUT,
  SDB_LAUNCH_ERROR,
  SDB_LAUNCH_EXECUTE,
};

struct sdb_launch_failure {
  int32_t stage;
  int32_t error;
};

enum sdb_stream_kind { SDB_STREAM_INHERIT, SDB_STREAM_FILE, SDB_STREAM_APPEND, SDB_STREAM_DESCRIPTOR };

struct sdb_stream {
  int32_t kind;
  int32_t descriptor;
  const char *path;
};

struct sdb_launch {
  const char *path;
  char *const *arguments;
  char *const *environment;
  const char *directory;  // or NULL
  const char *terminal;   // or NULL
  struct sdb_stream streams[3];
  int disable_randomization;
  int takes_foreground;  // its group becomes the foreground one of the terminal at descriptor 0
};

// Forks a child that waits. Answers its id; `*gate` lets it go on (write one byte), `*report` holds a
// `sdb_launch_failure` once it has failed, and ends without one once it has executed.
int sdb_fork(const struct sdb_launch *launch, int *gate, int *report);
int sdb_open_gate(int gate);
// 1 where there was a failure to read, 0 where not.
int sdb_read_failure(int report, struct sdb_launch_failure *failure);
void sdb_close(int fd);

// --- Terminal --------------------------------------------------------------------------------------

// 1 where descriptor 0 is a terminal whose foreground group is ours.
int sdb_owns_terminal(void);
// Makes a group (0: ours) the foreground one of the terminal at descriptor 0.
int sdb_set_foreground(int32_t group);

// --- The tracer's thread ---------------------------------------------------------------------------

// What a tracer's thread sleeps by; NULL with errno set where there is none. Of one at a time, until it is destroyed,
// when nobody rings any more.
struct sdb_bell;
struct sdb_bell *sdb_bell_create(void);
void sdb_bell_destroy(struct sdb_bell *bell);
// Wakes the thread, now or when it next wants to sleep; from any thread.
void sdb_ring(struct sdb_bell *bell);
// Sleeps until a tracee of the calling thread has something to tell, or the bell was rung since the last time; 1 with the
// stop, 0 without.
int sdb_bell_wait(struct sdb_bell *bell, struct sdb_stop *stop);
// The calling thread's own id.
// Moves the calling thread to the processor that a tracee ran on last: to wake a thread on another one costs several times
// what all else does that a stop takes. The tracee itself is left where it is.
void sdb_follow(int32_t tid);
// Lets the calling thread run where it might before.
void sdb_follow_nobody(void);
int32_t sdb_thread_id(void);
// Leaves the calling thread open to SIGCHLD and to its own faults alone.
void sdb_block_signals(void);

// The traps in the memory of a process that is attached to, with what they replaced, kept where sdb's own end can't take them along:
// a fault of sdb lifts them, and what `kill -9` leaves is found in the file. `path` NULL, or one that can't be written: in memory
// only. `memory` is an open /proc/PID/mem, which outlives the ledger. NULL without memory.
struct sdb_ledger *sdb_ledger_open(const char *path, int memory);
void sdb_ledger_close(struct sdb_ledger *ledger);
// Before the trap is written; -ENOSPC where there are 65,536 already.
int sdb_ledger_add(struct sdb_ledger *ledger, uint64_t address, uint8_t original);
// After the trap was taken out; without effect where there is none.
void sdb_ledger_remove(struct sdb_ledger *ledger, uint64_t address);
// Takes out the traps that a ledger left behind lists and that are still there; answers how many.
long sdb_ledger_heal(const char *path, int memory);

#endif
