// Makes a child as its first argument says, "fork" or "vfork": from a thread of its own where the second one is "thread", when it is told to where that is
// "later". Each process calls `work`.
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *how;
volatile int product, may_go;

__attribute__((noinline)) void work(int factor) { product = factor * 2; }

static void *make(void *unused) {
  pid_t child = strcmp(how, "vfork") == 0 ? vfork() : fork();
  if (child < 0) abort();
  if (child == 0) {
    work(3);
    _exit(product);
  }
  int status = 0;
  waitpid(child, &status, 0);
  work(5);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 6) exit(90);
  return unused;
}

// Until all that come of this have ended.
static void hold(void) {
  int file = open("lock", O_CREAT | O_RDWR, 0600);
  if (file < 0 || flock(file, LOCK_EX) != 0) abort();
}

int main(int count, char **words) {
  hold();
  how = count > 1 ? words[1] : "fork";
  const char *when = count > 2 ? words[2] : "";
  if (strcmp(when, "later") == 0) {
    while (!may_go) sched_yield();
  }
  if (strcmp(when, "thread") == 0) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, make, NULL) != 0) abort();
    pthread_join(thread, NULL);
  } else {
    make(NULL);
  }
  puts("all is well");
  return 7;
}
