// A process with a child that sleeps; a breakpoint at `asleep` is there when it does. The child ends with its parent.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

void asleep(void) {}

int main(void) {
  pid_t child = fork();
  if (child < 0) abort();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) pause();
  }
  char path[64], text[8] = "";
  snprintf(path, sizeof path, "/proc/%d/syscall", child);
  // 34 is pause.
  while (strncmp(text, "34 ", 3) != 0) {
    int file = open(path, O_RDONLY);
    if (file < 0) abort();
    if (read(file, text, 3) < 0) abort();
    close(file);
  }
  asleep();
  return 0;
}
