// Many threads, which wait for one of five things; the argument says how many.
#include <semaphore.h>

#include "stuck.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t queueLock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static sem_t tokens;
static int pipeEnds[2];

static void *locks(void *argument) {
  blocks();
  pthread_mutex_lock(&lock);
  return argument;
}

static void *consumes(void *argument) {
  blocks();
  pthread_mutex_lock(&queueLock);
  pthread_cond_wait(&filled, &queueLock);
  return argument;
}

static void *reads(void *argument) {
  char byte;
  blocks();
  return read(pipeEnds[0], &byte, 1) ? argument : NULL;
}

static void *naps(void *argument) {
  blocks();
  sleep(1000);
  return argument;
}

static void *takes(void *argument) {
  blocks();
  sem_wait(&tokens);
  return argument;
}

int main(int count, char **arguments) {
  static void *(*const bodies[])(void *) = {locks, consumes, reads, naps, takes};
  int threads = count > 1 ? atoi(arguments[1]) : 5;
  pthread_mutex_lock(&lock);
  sem_init(&tokens, 0, 0);
  if (pipe(pipeEnds)) abort();
  for (int each = 0; each < threads; each++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, bodies[each % 5], NULL)) abort();
  }
  watch(threads);
}
