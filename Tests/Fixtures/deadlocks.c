// The classic deadlocks of pthreads, and two waits that are none; the argument says which.
#define _GNU_SOURCE
#include "stuck.h"

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t third = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t together;
static pthread_t worker;

struct Pair {
  const char *name;
  pthread_mutex_t *held, *wanted;
};

static void *cross(void *argument) {
  struct Pair *pair = argument;
  pthread_setname_np(pthread_self(), pair->name);
  pthread_mutex_lock(pair->held);
  pthread_barrier_wait(&together);
  blocks();
  pthread_mutex_lock(pair->wanted);  // crosses
  return NULL;
}

static void *needs_first(void *argument) {
  pthread_setname_np(pthread_self(), "needs-first");
  pthread_barrier_wait(&together);
  blocks();
  pthread_mutex_lock(&first);  // needs it
  return argument;
}

static void *joins(void *argument) {
  pthread_setname_np(pthread_self(), "joins");
  pthread_mutex_lock(&first);
  pthread_barrier_wait(&together);
  blocks();
  pthread_join(worker, NULL);  // joins
  return argument;
}

static void *upgrades(void *argument) {
  pthread_setname_np(pthread_self(), "upgrades");
  pthread_rwlock_rdlock(&table);  // reads
  blocks();
  pthread_rwlock_wrlock(&table);  // upgrades
  return argument;
}

/// Has let go of the lock that it wants, which another thread reads.
static void *released(void *argument) {
  pthread_setname_np(pthread_self(), "released");
  pthread_rwlock_rdlock(&table);
  pthread_rwlock_unlock(&table);
  pthread_barrier_wait(&together);
  blocks();
  pthread_rwlock_wrlock(&table);
  return argument;
}

static pthread_rwlock_t catalogue = PTHREAD_RWLOCK_INITIALIZER;

/// Reads another lock than the one that it wants.
static void *other(void *argument) {
  pthread_setname_np(pthread_self(), "other");
  pthread_rwlock_rdlock(&catalogue);
  pthread_barrier_wait(&together);
  blocks();
  pthread_rwlock_wrlock(&table);
  return argument;
}

static void *keeps(void *argument) {
  pthread_rwlock_rdlock(&table);
  pthread_barrier_wait(&together);
  blocks();
  pause();
  return argument;
}

static void *again(void *argument) {
  pthread_setname_np(pthread_self(), "again");
  pthread_mutex_lock(&first);
  blocks();
  pthread_mutex_lock(&first);  // again
  return argument;
}

static pthread_t start(void *(*body)(void *), void *argument) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, body, argument)) abort();
  return thread;
}

static void make(pthread_mutex_t *mutex, int protocol, int robustness) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setprotocol(&attributes, protocol);
  pthread_mutexattr_setrobust(&attributes, robustness);
  pthread_mutex_init(mutex, &attributes);
}

int main(int count, char **arguments) {
  const char *what = count > 1 ? arguments[1] : "";
  if (!strcmp(what, "inherit"))
    make(&first, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED), make(&second, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED);
  if (!strcmp(what, "robust"))
    make(&first, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST), make(&second, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST);
  if (!strcmp(what, "ring")) {
    static struct Pair pairs[] = {{"one", &first, &second}, {"two", &second, &third}, {"three", &third, &first}};
    pthread_barrier_init(&together, NULL, 3);
    for (int each = 0; each < 3; each++) start(cross, &pairs[each]);
    watch(3);
  } else if (!strcmp(what, "join")) {
    pthread_barrier_init(&together, NULL, 2);
    worker = start(needs_first, NULL);
    start(joins, NULL);
    watch(2);
  } else if (!strcmp(what, "upgrade")) {
    start(upgrades, NULL);
    watch(1);
  } else if (!strcmp(what, "released") || !strcmp(what, "other")) {
    pthread_barrier_init(&together, NULL, 2);
    start(!strcmp(what, "other") ? other : released, NULL);
    start(keeps, NULL);
    watch(2);
  } else if (!strcmp(what, "self")) {
    start(again, NULL);
    watch(1);
  } else {
    static struct Pair pairs[] = {{"left", &first, &second}, {"right", &second, &first}};
    pthread_barrier_init(&together, NULL, 2);
    start(cross, &pairs[0]);
    start(cross, &pairs[1]);
    watch(2);
  }
}
