// Executes itself anew, as its arguments say: "child" in a child made by vfork, "thread" by a thread that is not the leader, "orphan" by one whose
// leader has exited. The new program calls `arrived`.
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static char *program;

__attribute__((noinline)) void arrived(int count) { printf("arrived with %d\n", count); }

static void execute(void) {
  execl(program, program, "anew", "once", "more", (char *)NULL);
  abort();
}

static pthread_t leader;

static void *run(void *waits) {
  if (waits) pthread_join(leader, NULL);
  execute();
  return NULL;
}

// Until all that come of this have ended.
static void hold(void) {
  int file = open("lock", O_CREAT | O_RDWR, 0600);
  if (file < 0 || flock(file, LOCK_EX) != 0) abort();
}

int main(int count, char **words) {
  if (count == 2) hold();
  program = words[0];
  if (count > 2) {
    arrived(count);
  } else if (strcmp(words[1], "child") == 0) {
    pid_t child = vfork();
    if (child == 0) execute();
    int status = 0;
    waitpid(child, &status, 0);
    puts("the child is over");
  } else {
    pthread_t thread;
    int isOrphan = strcmp(words[1], "orphan") == 0;
    leader = pthread_self();
    if (pthread_create(&thread, NULL, run, isOrphan ? &thread : NULL) != 0) abort();
    if (isOrphan) pthread_exit(NULL);
    pthread_join(thread, NULL);
  }
  return 0;
}
