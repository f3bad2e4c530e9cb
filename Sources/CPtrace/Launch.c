#define _GNU_SOURCE
#include "CPtrace.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

// Between fork and exec only async-signal-safe calls are allowed: other threads of ours may hold any lock.

static _Noreturn void fail(int report, int stage) {
  struct sdb_launch_failure failure = {.stage = stage, .error = errno};
  ssize_t written = write(report, &failure, sizeof failure);
  (void)written;
  _exit(127);
}

static void reset_signals(void) {
  // The kernel's own call: posix_spawn(3) leaves the two signals that glibc keeps to itself ignored in what it
  // starts, us included, and sigaction(3) refuses to touch those.
  struct { void (*handler)(int); unsigned long flags; void (*restorer)(void); unsigned long mask; } standard = {SIG_DFL};
  for (int signal = 1; signal < NSIG; signal++) syscall(SYS_rt_sigaction, signal, &standard, NULL, sizeof standard.mask);
}

static void enter_terminal(const struct sdb_launch *launch, int *terminal, int report) {
  *terminal = -1;
  if (launch->terminal) {
    if (setsid() == -1) fail(report, SDB_LAUNCH_TERMINAL);
    *terminal = open(launch->terminal, O_RDWR | O_CLOEXEC);
    if (*terminal == -1 || ioctl(*terminal, TIOCSCTTY, 0) == -1) fail(report, SDB_LAUNCH_TERMINAL);
  } else {
    // A group of its own: Ctrl-C in our terminal is not for it unless it is the foreground one.
    if (setpgid(0, 0) == -1) fail(report, SDB_LAUNCH_TERMINAL);
    if (launch->takes_foreground) sdb_set_foreground(0);
  }
}

static int open_stream(const struct sdb_stream *stream, int target, int terminal) {
  int access = target == 0 ? O_RDONLY : O_WRONLY | O_CREAT;
  switch (stream->kind) {
    case SDB_STREAM_FILE: return open(stream->path, access | O_CLOEXEC | (target ? O_TRUNC : 0), 0666);
    case SDB_STREAM_APPEND: return open(stream->path, access | O_CLOEXEC | (target ? O_APPEND : 0), 0666);
    case SDB_STREAM_DESCRIPTOR: return fcntl(stream->descriptor, F_DUPFD_CLOEXEC, 3);
    default: return terminal;
  }
}

static void set_streams(const struct sdb_launch *launch, int terminal, int report) {
  static const int stages[] = {SDB_LAUNCH_INPUT, SDB_LAUNCH_OUTPUT, SDB_LAUNCH_ERROR};
  int opened[3];
  // All are opened before the first is put into place: one may be a duplicate of another's old descriptor.
  for (int target = 0; target < 3; target++) {
    const struct sdb_stream *stream = &launch->streams[target];
    int fd = open_stream(stream, target, terminal);
    if (fd == -1 && (stream->kind != SDB_STREAM_INHERIT)) fail(report, stages[target]);
    if (fd >= 0 && fd < 3) fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    opened[target] = fd;
  }
  for (int target = 0; target < 3; target++) {
    if (opened[target] != -1 && dup2(opened[target], target) == -1) fail(report, stages[target]);
  }
}

static _Noreturn void become(const struct sdb_launch *launch, int gate, int report) {
  char byte;
  ssize_t opened;
  do opened = read(gate, &byte, 1);
  while (opened == -1 && errno == EINTR);
  // Without the byte sdb is gone: the program must not run untraced.
  if (opened != 1) _exit(127);
  int terminal;
  reset_signals();
  enter_terminal(launch, &terminal, report);
  if (launch->directory && chdir(launch->directory) == -1) fail(report, SDB_LAUNCH_DIRECTORY);
  set_streams(launch, terminal, report);
  if (report > 3) close_range(3, (unsigned)report - 1, 0);
  close_range((unsigned)report + 1, ~0U, 0);
  // Containers may forbid personality(2); the program then runs at random addresses, which is no failure.
  if (launch->disable_randomization) personality((unsigned long)personality(0xffffffff) | ADDR_NO_RANDOMIZE);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(launch->path, launch->arguments, launch->environment);
  fail(report, SDB_LAUNCH_EXECUTE);
}

static int pipe_above_standard(int ends[2]) {
  int made[2];
  if (pipe2(made, O_CLOEXEC) == -1) return -errno;
  // The standard descriptors may be closed in us: the pipe must not take their place.
  ends[0] = fcntl(made[0], F_DUPFD_CLOEXEC, 3);
  ends[1] = fcntl(made[1], F_DUPFD_CLOEXEC, 3);
  int error = errno;
  close(made[0]);
  close(made[1]);
  if (ends[0] != -1 && ends[1] != -1) return 0;
  sdb_close(ends[0]);
  sdb_close(ends[1]);
  return -error;
}

int sdb_fork(const struct sdb_launch *launch, int *gate, int *report) {
  int gates[2], reports[2];
  int result = pipe_above_standard(gates);
  if (result < 0) return result;
  result = pipe_above_standard(reports);
  if (result < 0) {
    close(gates[0]);
    close(gates[1]);
    return result;
  }
  // No handler of ours may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t child = _Fork();
  result = child == -1 ? -errno : child;
  if (child == 0) {
    close(gates[1]);
    become(launch, gates[0], reports[1]);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(gates[0]);
  close(reports[1]);
  if (result < 0) {
    close(gates[1]);
    close(reports[0]);
    return result;
  }
  *gate = gates[1];
  *report = reports[0];
  return result;
}

int sdb_open_gate(int gate) {
  // The child may be dead: its end of the pipe is then gone, and SIGPIPE is not for us.
  sigset_t pipe_signal, before;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  ssize_t written = write(gate, "", 1);
  int error = errno;
  if (written == -1 && error == EPIPE) {
    struct timespec now = {0, 0};
    sigtimedwait(&pipe_signal, NULL, &now);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return written == 1 ? 0 : -error;
}

int sdb_read_failure(int report, struct sdb_launch_failure *failure) {
  ssize_t count;
  do count = read(report, failure, sizeof *failure);
  while (count == -1 && errno == EINTR);
  return count == (ssize_t)sizeof *failure;
}

void sdb_close(int fd) {
  if (fd >= 0) close(fd);
}

int sdb_owns_terminal(void) { return isatty(0) && tcgetpgrp(0) == getpgrp(); }

int sdb_set_foreground(int32_t group) {
  // Called out of the background, tcsetpgrp stops the caller unless SIGTTOU is blocked (tcsetpgrp(3)).
  sigset_t output, before;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &output, &before);
  int result = tcsetpgrp(0, group ? group : getpgrp()) == -1 ? -errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return result;
}
