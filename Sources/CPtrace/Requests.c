#define _GNU_SOURCE
#include "CPtrace.h"

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static int request(int operation, int32_t tid, uintptr_t address, uintptr_t data) {
  return ptrace(operation, tid, (void *)address, (void *)data) == -1 ? -errno : 0;
}

static int32_t event_message(int32_t tid) {
  unsigned long message = 0;
  return ptrace(PTRACE_GETEVENTMSG, tid, NULL, &message) == -1 ? 0 : (int32_t)message;
}

static void decode_event(struct sdb_stop *stop, int event, int signal) {
  static const struct {
    int event;
    int kind;
  } kinds[] = {
    {PTRACE_EVENT_CLONE, SDB_STOP_CLONE}, {PTRACE_EVENT_FORK, SDB_STOP_FORK},
    {PTRACE_EVENT_VFORK, SDB_STOP_VFORK}, {PTRACE_EVENT_VFORK_DONE, SDB_STOP_VFORK_DONE},
    {PTRACE_EVENT_EXEC, SDB_STOP_EXEC},   {PTRACE_EVENT_EXIT, SDB_STOP_EXIT},
  };
  stop->value = 0;
  if (event == PTRACE_EVENT_STOP) {
    // ptrace(2), "Group-stop": a stop by job control shows its signal, our interrupt SIGTRAP.
    int is_group = signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
    stop->kind = is_group ? SDB_STOP_GROUP : SDB_STOP_INTERRUPTED;
    stop->value = signal;
    return;
  }
  stop->kind = SDB_STOP_OTHER;
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    if (kinds[i].event == event) {
      stop->kind = kinds[i].kind;
      stop->value = event_message(stop->tid);
    }
  }
}

void sdb_decode_stop(struct sdb_stop *stop, int32_t tid, int status) {
  *stop = (struct sdb_stop){.tid = tid};
  if (WIFEXITED(status)) {
    stop->kind = SDB_STOP_EXITED;
    stop->value = WEXITSTATUS(status);
  } else if (WIFSIGNALED(status)) {
    stop->kind = SDB_STOP_KILLED;
    stop->value = WTERMSIG(status);
    stop->core = WCOREDUMP(status) != 0;
  } else if (status >> 16) {
    decode_event(stop, status >> 16, WSTOPSIG(status));
  } else if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
    // PTRACE_O_TRACESYSGOOD (ptrace(2)).
    stop->kind = SDB_STOP_SYSTEM_CALL;
  } else {
    stop->kind = SDB_STOP_SIGNAL;
    stop->value = WSTOPSIG(status);
  }
}

void sdb_await(int32_t tid) {
  int status;
  while (waitpid(tid, &status, __WALL) == -1 && errno == EINTR) {}
}

int sdb_wait(int32_t which, struct sdb_stop *stop) {
  int status;
  pid_t tid;
  do {
    // __WNOTHREAD: the tracees of another tracer thread of ours are none of our business.
    tid = waitpid(which, &status, __WALL | __WNOTHREAD | WNOHANG);
  } while (tid == -1 && errno == EINTR);
  if (tid <= 0) return tid == 0 ? 0 : -errno;
  sdb_decode_stop(stop, tid, status);
  return 1;
}

int sdb_signal_information(int32_t tid, struct sdb_signal_info *information) {
  siginfo_t info;
  if (ptrace(PTRACE_GETSIGINFO, tid, NULL, &info) == -1) return -errno;
  *information = (struct sdb_signal_info){
    .number = info.si_signo, .code = info.si_code, .sender = info.si_pid, .address = (uint64_t)(uintptr_t)info.si_addr};
  return 0;
}

_Static_assert(sizeof(siginfo_t) == SDB_SIGNAL_BYTES, "siginfo_t");
int sdb_signal_bytes(int32_t tid, void *bytes) {
  return ptrace(PTRACE_GETSIGINFO, tid, NULL, bytes) == -1 ? -errno : SDB_SIGNAL_BYTES;
}

int sdb_trap_is_queued(int32_t tid) {
  siginfo_t queued[16];
  struct __ptrace_peeksiginfo_args window = {.off = 0, .flags = 0, .nr = 16};
  for (;;) {
    long count = ptrace(PTRACE_PEEKSIGINFO, tid, &window, queued);
    if (count <= 0) return 0;
    for (long i = 0; i < count; i++) {
      if (queued[i].si_signo == SIGTRAP && queued[i].si_code > 0) return 1;
    }
    window.off += (uint64_t)count;
  }
}

enum {
  EVENTS = PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                 PTRACE_O_TRACEVFORKDONE | PTRACE_O_TRACEEXIT | PTRACE_O_TRACESYSGOOD
};

int sdb_seize(int32_t tid, int kill_on_exit) {
  return request(PTRACE_SEIZE, tid, 0, EVENTS | (kill_on_exit ? PTRACE_O_EXITKILL : 0));
}
int sdb_interrupt(int32_t tid) { return request(PTRACE_INTERRUPT, tid, 0, 0); }
int sdb_continue(int32_t tid, int signal) { return request(PTRACE_CONT, tid, 0, (uintptr_t)signal); }
int sdb_single_step(int32_t tid, int signal) { return request(PTRACE_SINGLESTEP, tid, 0, (uintptr_t)signal); }
int sdb_continue_to_system_call(int32_t tid, int signal) {
  return request(PTRACE_SYSCALL, tid, 0, (uintptr_t)signal);
}
int sdb_listen(int32_t tid) { return request(PTRACE_LISTEN, tid, 0, 0); }
int sdb_detach(int32_t tid, int signal) { return request(PTRACE_DETACH, tid, 0, (uintptr_t)signal); }
int sdb_kill(int32_t pid, int signal) { return kill(pid, signal) == -1 ? -errno : 0; }
int sdb_kill_thread(int32_t pid, int32_t tid, int signal) {
  return syscall(SYS_tgkill, pid, tid, signal) == -1 ? -errno : 0;
}

// `values` in GeneralRegister's order, against the kernel's `user_regs_struct`.
#define EACH_REGISTER(DO) \
  DO(0, rax) DO(1, rdx) DO(2, rcx) DO(3, rbx) DO(4, rsi) DO(5, rdi) DO(6, rbp) DO(7, rsp) DO(8, r8) DO(9, r9) \
  DO(10, r10) DO(11, r11) DO(12, r12) DO(13, r13) DO(14, r14) DO(15, r15) DO(16, rip) DO(17, eflags) DO(18, cs) \
  DO(19, ss) DO(20, ds) DO(21, es) DO(22, fs) DO(23, gs) DO(24, fs_base) DO(25, gs_base) DO(26, orig_rax)

int sdb_get_registers(int32_t tid, uint64_t *values) {
  struct user_regs_struct registers;
  int result = request(PTRACE_GETREGS, tid, 0, (uintptr_t)&registers);
  if (result < 0) return result;
#define GET(index, name) values[index] = registers.name;
  EACH_REGISTER(GET)
  return 0;
}

int sdb_set_registers(int32_t tid, const uint64_t *values) {
  struct user_regs_struct registers;
#define SET(index, name) registers.name = values[index];
  EACH_REGISTER(SET)
  return request(PTRACE_SETREGS, tid, 0, (uintptr_t)&registers);
}

_Static_assert(sizeof(struct user_fpregs_struct) == SDB_FLOATING_POINT_SIZE, "an FXSAVE image");
int sdb_get_floating_point(int32_t tid, void *image, size_t capacity) {
  struct iovec area = {.iov_base = image, .iov_len = capacity};
  int result = request(PTRACE_GETREGSET, tid, NT_X86_XSTATE, (uintptr_t)&area);
  if (result == 0 && area.iov_len >= SDB_FLOATING_POINT_SIZE) return (int)area.iov_len;
  if (capacity < SDB_FLOATING_POINT_SIZE) return -EINVAL;
  result = request(PTRACE_GETFPREGS, tid, 0, (uintptr_t)image);
  return result < 0 ? result : SDB_FLOATING_POINT_SIZE;
}

int sdb_set_floating_point(int32_t tid, const void *image, size_t size) {
  if (size == SDB_FLOATING_POINT_SIZE) return request(PTRACE_SETFPREGS, tid, 0, (uintptr_t)image);
  struct iovec area = {.iov_base = (void *)(uintptr_t)image, .iov_len = size};
  return request(PTRACE_SETREGSET, tid, NT_X86_XSTATE, (uintptr_t)&area);
}

int sdb_poke_byte(int32_t tid, uint64_t address, uint8_t byte) {
  uint64_t aligned = address & ~(uint64_t)7;
  errno = 0;
  long word = ptrace(PTRACE_PEEKDATA, tid, (void *)aligned, NULL);
  if (word == -1 && errno) return -errno;
  memcpy((char *)&word + (address - aligned), &byte, 1);
  return request(PTRACE_POKEDATA, tid, aligned, (uintptr_t)word);
}

int sdb_system_call_side(int32_t tid) {
  struct __ptrace_syscall_info info;
  if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, (void *)sizeof info, &info) <= 0) return 0;
  if (info.op == PTRACE_SYSCALL_INFO_ENTRY) return SDB_SYSTEM_CALL_ENTRY;
  return info.op == PTRACE_SYSCALL_INFO_EXIT ? SDB_SYSTEM_CALL_RETURN : 0;
}
