// Raises SIGUSR1 once, calls work 0…4 in main's thread and 100…104 in another.
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static volatile int got;

static void on(int signal) { got += signal; }

static int work(int i) { return i * 2; }

static void *run(void *argument) {
  for (int i = 0; i < 5; i++) work(i + 100);
  return argument;
}

int main(void) {
  signal(SIGUSR1, on);
  signal(SIGUSR2, on);
  raise(SIGUSR1);
  for (int i = 0; i < 5; i++) work(i);
  pthread_t thread;
  pthread_create(&thread, 0, run, 0);
  pthread_join(thread, 0);
  printf("got %d\n", got);
  return 0;
}
