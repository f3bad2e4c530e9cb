/* Threads that count under a lock, started by the words on the command line: counter [STEPS [THREADS]]. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct tally {
  pthread_mutex_t lock;
  long count;
};

static struct tally tally = {PTHREAD_MUTEX_INITIALIZER, 0};
static long steps = 10;

__attribute__((noinline)) static long one_step(long count) {
  return count + 1;
}

__attribute__((noinline)) static void count_slowly(struct tally *into, long by) {
  for (long i = 0; i < by; i++) {
    pthread_mutex_lock(&into->lock);
    into->count = one_step(into->count);
    pthread_mutex_unlock(&into->lock);
  }
}

static void *work(void *argument) {
  count_slowly(argument, steps);
  return NULL;
}

int main(int argc, char **argv) {
  if (argc > 1)
    steps = atol(argv[1]);
  int number = argc > 2 ? atoi(argv[2]) : 2;
  if (number < 0 || number > 64)
    return 2;
  pthread_t threads[64];
  count_slowly(&tally, steps);
  for (int i = 0; i < number; i++)
    pthread_create(&threads[i], NULL, work, &tally);
  for (int i = 0; i < number; i++)
    pthread_join(threads[i], NULL);
  printf("counted %ld\n", tally.count);
  return 0;
}
