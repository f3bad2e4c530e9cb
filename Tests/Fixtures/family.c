// Makes as many children as its argument says; each calls `work`, and the parent after each of them. It waits for all only then.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

volatile int product;

__attribute__((noinline)) void work(int factor) { product = factor * 2; }

// Until all that come of this have ended.
static void hold(void) {
  int file = open("lock", O_CREAT | O_RDWR, 0600);
  if (file < 0 || flock(file, LOCK_EX) != 0) abort();
}

int main(int count, char **words) {
  hold();
  int children = count > 1 ? atoi(words[1]) : 1;
  for (int number = 1; number <= children; number++) {
    pid_t child = fork();
    if (child < 0) abort();
    if (child == 0) {
      work(number);
      _exit(product == number * 2 ? 0 : 1);
    }
    work(1000 + number);
  }
  int well = 0;
  for (int number = 1; number <= children; number++) {
    int status = 0;
    wait(&status);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) well++;
  }
  printf("%d children are well\n", well);
  return 0;
}
