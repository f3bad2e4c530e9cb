/* What the calls of a debugger can come to: reentry [thread|crash]. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Maps nothing of an empty file into the middle of its result, so that it can't be read. */
struct holed { char bytes[300000]; };
void punch(char *place) {
  char *page = (char *)(((unsigned long)place + 100000) & ~4095ul);
  mmap(page, 4096, PROT_READ, MAP_SHARED | MAP_FIXED, memfd_create("empty", 0), 0);
}
__attribute__((naked)) struct holed make_holed(void) {
  __asm__("push %rdi\n\tcall punch\n\tpop %rax\n\tret");
}

volatile int is_over, is_ready;
int count;

int add(int a, int b) { return a + b; }
int leave(int code) { exit(code); }
int die(int number) {
  return number == -1; /* die body */
}
int fault(int number) { return number + *(volatile int *)0; }
int ping(int number) { return number; }
int pong(int number) { return number; }
int work(int number) { return ping(number) + pong(number); }
int replace(void) {
  char *words[] = {"reentry", "crash", NULL};
  return execv("/proc/self/exe", words);
}
int slow(int number) {
  count += number; /* slow body */
  return count;
}
int wait_over(int number) {
  while (!is_over)
    usleep(100);
  return number;
}
void end_thread(void) { pthread_exit(NULL); }
void mark(void) { count++; }

static void *wait_here(void *argument) {
  is_ready = 1;
  while (!is_over)
    usleep(100);
  return argument;
}

int main(int argc, char **argv) {
  if (argc > 1 && !strcmp(argv[1], "crash"))
    fault(1); /* executed */
  if (argc > 1) {
    pthread_t thread;
    pthread_create(&thread, NULL, wait_here, NULL);
    while (!is_ready)
      usleep(100);
    mark();
    is_over = 1;
    pthread_join(thread, NULL);
    return 0;
  }
  int sum = 0;
  for (int i = 0; i < 3; i++)
    sum += work(i);
  return sum == 6 ? 0 : 1;
}
