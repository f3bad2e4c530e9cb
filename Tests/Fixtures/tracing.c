// What a traced program may do, a function a scenario: `tracing NAME [ARGUMENT…]`.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEEP __attribute__((noinline, used))

volatile long calls;
volatile long handled;
volatile long handled_value;
volatile long handled_sender;
static const char *self;

// Where the tests put their traps.
KEEP void target(void) { __atomic_fetch_add(&calls, 1, __ATOMIC_SEQ_CST); }
KEEP void done(void) { __asm__ volatile(""); }
KEEP int descend(int depth) { return depth == 0 ? 0 : 1 + descend(depth - 1); }

static void tell(const char *text) {
  if (write(1, text, strlen(text)) < 0) _exit(99);
}

static int wait_for(pid_t child) {
  int status;
  if (waitpid(child, &status, 0) != child) return 90;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static int do_exit(char **arguments) { return atoi(arguments[0]); }
static int do_raise(char **arguments) {
  raise(atoi(arguments[0]));
  return 0;
}

// Directory, environment, signal mask, ignored and caught signals, and open descriptors.
static int do_state(char **arguments) {
  (void)arguments;
  char line[512];
  printf("cwd %s\n", getcwd(line, sizeof line));
  printf("colour %s\n", getenv("COLOUR") ? getenv("COLOUR") : "none");
  FILE *status = fopen("/proc/self/status", "r");
  while (fgets(line, sizeof line, status)) {
    if (!strncmp(line, "SigBlk", 6) || !strncmp(line, "SigIgn", 6)) fputs(line, stdout);
  }
  fclose(status);
  DIR *descriptors = opendir("/proc/self/fd");
  int count = 0;
  for (struct dirent *entry; (entry = readdir(descriptors));) {
    int fd = atoi(entry->d_name);
    if (entry->d_name[0] != '.' && fd != dirfd(descriptors)) count++;
  }
  printf("descriptors %d\n", count);
  printf("group %s\n", getpgrp() == getpid() ? "own" : "other");
  printf("session %s\n", getsid(0) == getpid() ? "own" : "other");
  printf("terminal %s\n", isatty(0) ? ttyname(0) : "none");
  return 0;
}

static int do_echo(char **arguments) {
  (void)arguments;
  char byte;
  while (read(0, &byte, 1) == 1) {
    if (write(1, &byte, 1) != 1) return 1;
  }
  fputs("end", stderr);
  return 0;
}

static int do_call(char **arguments) {
  for (int left = atoi(arguments[0]); left > 0; left--) target();
  done();
  return 0;
}

static long rounds;
static void *call_often(void *unused) {
  (void)unused;
  for (long left = rounds; left > 0; left--) target();
  return NULL;
}

static int do_threads(char **arguments) {
  pthread_t threads[64];
  int count = atoi(arguments[0]);
  rounds = atol(arguments[1]);
  for (int i = 0; i < count; i++) pthread_create(&threads[i], NULL, call_often, NULL);
  for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
  done();
  tell(calls == rounds * count ? "k" : "x");
  return calls == rounds * count ? 0 : 1;
}

static int do_trap(char **arguments) {
  (void)arguments;
  __asm__ volatile("int3");
  __asm__ volatile(".byte 0xCD, 0x03");
  target();
  return 4;
}

static int do_spin(char **arguments) {
  (void)arguments;
  tell("r");
  for (volatile long i = 0; i >= 0; i += 0) {}
  return 0;
}

static int do_block(char **arguments) {
  (void)arguments;
  char byte;
  tell("r");
  return read(0, &byte, 1) == 1 ? byte : 98;
}

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)context;
  handled++;
  handled_value = info->si_value.sival_int;
  handled_sender = info->si_pid;
  target();
}

static void handle(int signal) {
  struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
  sigaction(signal, &action, NULL);
}

// Sends itself a signal with a value; answers how many were handled, and as they were sent.
static int do_signal(char **arguments) {
  int signal = atoi(arguments[0]);
  handle(signal);
  sigqueue(getpid(), signal, (union sigval){.sival_int = 42});
  done();
  return handled == 1 && handled_value == 42 && handled_sender == getpid() ? 10 : (int)handled;
}

KEEP void send_alarm(void) { syscall(SYS_tgkill, getpid(), gettid(), SIGALRM); }
static int do_alarm(char **arguments) {
  (void)arguments;
  handle(SIGALRM);
  send_alarm();
  done();
  return (int)handled;
}

// A storm of signals while a thread runs over a trap.
static volatile int is_over;
static void *storm(void *thread) {
  while (!is_over) {
    pthread_kill(*(pthread_t *)thread, SIGALRM);
    sched_yield();
  }
  return NULL;
}
static void count_only(int signal) {
  (void)signal;
  handled++;
}
static int do_storm(char **arguments) {
  pthread_t me = pthread_self(), other;
  signal(SIGALRM, count_only);
  pthread_create(&other, NULL, storm, &me);
  for (long left = atol(arguments[0]); left > 0; left--) target();
  is_over = 1;
  pthread_join(other, NULL);
  done();
  return 0;
}

static int do_fork(char **arguments) {
  (void)arguments;
  pid_t child = fork();
  if (child == 0) {
    target();
    _exit(7);
  }
  int code = wait_for(child);
  target();
  return code;
}

KEEP int vfork_once(void) {
  pid_t child = vfork();
  if (child == 0) {
    target();
    _exit(7);
  }
  return wait_for(child);
}
static int do_vfork(char **arguments) {
  (void)arguments;
  int code = vfork_once();
  target();
  return code;
}

static int do_spawn(char **arguments) {
  (void)arguments;
  pthread_t other;
  pid_t child;
  char *words[] = {(char *)self, "exit", "9", NULL};
  rounds = 100;
  pthread_create(&other, NULL, call_often, NULL);
  if (posix_spawn(&child, self, NULL, NULL, words, NULL) != 0) return 91;
  int code = wait_for(child);
  pthread_join(other, NULL);
  done();
  return code;
}

static void *exec_self(void *unused) {
  (void)unused;
  execl(self, self, "exit", "5", NULL);
  return NULL;
}
static void *sleep_for_ever(void *unused) {
  for (;;) pause();
  return unused;
}
static int do_exec(char **arguments) {
  if (!arguments[0]) exec_self(NULL);
  pthread_t others[3];
  pthread_create(&others[0], NULL, sleep_for_ever, NULL);
  pthread_create(&others[1], NULL, sleep_for_ever, NULL);
  pthread_create(&others[2], NULL, exec_self, NULL);
  pthread_join(others[2], NULL);
  return 92;
}

static pthread_t leader;
static void *outlive(void *unused) {
  (void)unused;
  pthread_join(leader, NULL);
  target();
  exit(3);
}
static int do_leaderexit(char **arguments) {
  (void)arguments;
  pthread_t other;
  leader = pthread_self();
  pthread_create(&other, NULL, outlive, NULL);
  pthread_exit(NULL);
}

static pthread_barrier_t barrier;
static void *meet(void *number) {
  char name[16];
  snprintf(name, sizeof name, "worker %ld", (long)number);
  prctl(PR_SET_NAME, name);
  pthread_barrier_wait(&barrier);
  pthread_barrier_wait(&barrier);
  return NULL;
}
static int do_many(char **arguments) {
  long count = atol(arguments[0]);
  pthread_t *threads = calloc((size_t)count, sizeof *threads);
  pthread_barrier_init(&barrier, NULL, (unsigned)count + 1);
  for (long i = 0; i < count; i++) {
    if (pthread_create(&threads[i], NULL, meet, (void *)i)) return 93;
  }
  pthread_barrier_wait(&barrier);
  target();
  pthread_barrier_wait(&barrier);
  for (long i = 0; i < count; i++) pthread_join(threads[i], NULL);
  done();
  return 0;
}

// Threads that come and go while others hit the trap.
static void *call_once(void *unused) {
  (void)unused;
  target();
  return NULL;
}
static int do_churn(char **arguments) {
  for (long left = atol(arguments[0]); left > 0; left--) {
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, call_once, NULL);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  }
  done();
  return 0;
}

static int do_stopself(char **arguments) {
  (void)arguments;
  raise(SIGSTOP);
  tell("c");
  return 6;
}

static int do_descend(char **arguments) { return descend(atoi(arguments[0])); }

// Whether the flags that a push saves hold the trap flag.
static int do_flags(char **arguments) {
  (void)arguments;
  unsigned long flags;
  unsigned short low;
  __asm__ volatile("pushfq; pop %0; pushfw; popw %1" : "=r"(flags), "=r"(low));
  done();
  return (int)((flags | low) >> 8 & 1);
}

// Children by fork while other threads hit the trap.
static int do_forks(char **arguments) {
  pthread_t threads[4];
  rounds = 500;
  for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, call_often, NULL);
  int failures = 0;
  for (long left = atol(arguments[0]); left > 0; left--) {
    pid_t child = fork();
    if (child == 0) {
      target();
      _exit(7);
    }
    failures += wait_for(child) != 7;
  }
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  done();
  return failures;
}

static int do_loop(char **arguments) {
  for (volatile long left = atol(arguments[0]); left > 0; left--) {}
  done();
  return 0;
}

int main(int count, char **words) {
  static const struct {
    const char *name;
    int (*run)(char **);
  } scenarios[] = {
    {"exit", do_exit},     {"raise", do_raise},   {"state", do_state},       {"echo", do_echo},
    {"call", do_call},     {"threads", do_threads}, {"trap", do_trap},       {"spin", do_spin},
    {"block", do_block},   {"signal", do_signal}, {"alarm", do_alarm},       {"storm", do_storm},
    {"fork", do_fork},     {"vfork", do_vfork},   {"spawn", do_spawn},       {"exec", do_exec},
    {"many", do_many},     {"churn", do_churn},   {"leaderexit", do_leaderexit}, {"stopself", do_stopself},
    {"descend", do_descend}, {"loop", do_loop},    {"flags", do_flags},
    {"forks", do_forks},
  };
  self = words[0];
  for (size_t i = 0; count > 1 && i < sizeof scenarios / sizeof scenarios[0]; i++) {
    if (!strcmp(words[1], scenarios[i].name)) return scenarios[i].run(words + 2);
  }
  return 97;
}
