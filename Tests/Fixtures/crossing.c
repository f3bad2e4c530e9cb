/* One thread is stepped while another does what stops sdb, but not its user: crossing hot|load|spawn|leave. */
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

volatile int started;
volatile long hits, value;

void hot(void) { hits++; }

void *brief(void *argument) {
  value = 1; /* brief body */
  return argument;
}

static void spawn(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, brief, NULL);
  pthread_join(thread, NULL);
}

static void *busy(void *argument) {
  const char *what = argument;
  started = 1;
  for (;;) {
    if (!strcmp(what, "hot")) {
      hot();
    } else if (!strcmp(what, "load")) {
      void *library = dlopen("libm.so.6", RTLD_NOW);
      if (library)
        dlclose(library);
    } else {
      spawn();
    }
  }
  return NULL;
}

int twice(int number) {
  int sum = number; /* twice body */
  sum += number;
  return sum;
}

int same(int number) { return number; }

/* Returns when the other thread has moved on. */
int later(void) {
  long before = value;
  while (value == before)
    ;
  return 1;
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "hot";
  if (!strcmp(what, "leave")) {
    spawn();
    for (int i = 0; i < 5; i++)
      hot();
    return 0;
  }
  pthread_t thread;
  pthread_create(&thread, NULL, busy, (void *)what);
  while (!started)
    ;
  for (;;) {
    value = 1; /* first */
    value = 2;
    value = 3;
    value = 4;
    value = twice(5); /* last */
  }
}
