// Somebody else's process, for an sdb that comes and goes: answers each line of its input with how often that was, whatever its
// other threads do meanwhile. `victim idle`, `victim busy THREADS`, `victim churn THREADS`.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long rounds;

__attribute__((noinline)) int target(int n) { return n + 1; }

static void *works(void *argument) {
  for (;;) {
    atomic_fetch_add(&rounds, 1);
    usleep(1000);
  }
  return argument;
}

static void *ends(void *argument) {
  atomic_fetch_add(&rounds, 1);
  return argument;
}

static void *churns(void *argument) {
  for (;;) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, ends, NULL) == 0) pthread_join(thread, NULL);
  }
  return argument;
}

int main(int count, char **arguments) {
  void *(*role)(void *) = count > 1 && strcmp(arguments[1], "churn") == 0 ? churns : works;
  int threads = count > 2 ? atoi(arguments[2]) : 0;
  for (int i = 0; i < threads; i++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, role, NULL) != 0) return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  puts("ready");
  char line[16];
  for (int n = 0; fgets(line, sizeof line, stdin);) {
    n = target(n);
    printf("alive %d\n", n);
  }
  return 0;
}
