// Everything at once, counted: THREADS threads that create and join others, send signals, fork children and come to `hot`, for
// SECONDS. At the end `finished` is called, then the program works on a little, and says in FILE whether something was lost.
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

atomic_long hits, quiet, handled, started, joined, forked, reaped;
atomic_int isOver;

__attribute__((noinline)) void hot(long n) { atomic_fetch_add(&hits, n < 0 ? 2 : 1); }
__attribute__((noinline)) void cold(long n) { atomic_fetch_add(&quiet, n < 0 ? 2 : 1); }
__attribute__((noinline)) void finished(void) { atomic_signal_fence(memory_order_seq_cst); }

static void count(int signal) {
  int error = errno;
  (void)signal;
  atomic_fetch_add(&handled, 1);
  errno = error;
}

static void *child(void *argument) {
  atomic_fetch_add(&started, 1);
  return argument;
}

static void fork_one(int status) {
  pid_t pid = fork();
  if (pid == 0) {
    hot(1);
    _exit(status);
  }
  if (pid < 0) return;
  atomic_fetch_add(&forked, 1);
  int end = 0;
  while (waitpid(pid, &end, 0) < 0 && errno == EINTR) {}
  if (WIFEXITED(end) && WEXITSTATUS(end) == status) atomic_fetch_add(&reaped, 1);
}

static void *worker(void *argument) {
  long number = (long)argument;
  for (long n = 0; !atomic_load(&isOver); n++) {
    hot(n);
    cold(n);
    if (n % 8 == number % 8) {
      pthread_t thread;
      if (pthread_create(&thread, NULL, child, NULL) == 0 && pthread_join(thread, NULL) == 0) atomic_fetch_add(&joined, 1);
    }
    if (n % 16 == number % 16) pthread_kill(pthread_self(), SIGUSR1);
    if (number % 50 == 0 && n % 64 == 0) fork_one((int)(n % 100));
    struct timespec rest = {0, 2000000};
    nanosleep(&rest, NULL);
  }
  return NULL;
}

int main(int count_of_arguments, char **arguments) {
  long threads = count_of_arguments > 1 ? atol(arguments[1]) : 200;
  int seconds = count_of_arguments > 2 ? atoi(arguments[2]) : 5;
  if (count_of_arguments > 3 && freopen(arguments[3], "w", stdout) == NULL) return 2;
  struct sigaction action = {.sa_handler = count, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  pthread_t *all = calloc((size_t)threads, sizeof *all);
  for (long i = 0; i < threads; i++) {
    if (pthread_create(&all[i], NULL, worker, (void *)i) != 0) return 2;
  }
  for (struct timespec left = {seconds, 0}; nanosleep(&left, &left) != 0;) {}
  atomic_store(&isOver, 1);
  for (long i = 0; i < threads; i++) pthread_join(all[i], NULL);
  finished();
  for (long n = 0; n < 1000; n++) hot(n);
  int isWell = joined == started && forked == reaped;
  printf("%s\n", isWell ? "well" : "lost");
  return isWell ? 0 : 1;
}
