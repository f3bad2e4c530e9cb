// A handler on an alternate stack, entered from a function that the signal interrupted at a known instruction.
#include "snapshot.h"

static volatile int reached;

static void handler(int number) {
  reached = number;
  STOP_HERE();
}

__attribute__((noinline)) static int interrupted(int *place, int kept) {
  int local = kept * 2;
  *place = local;
  return local;
}

int main(void) {
  static char stack[1 << 16];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK;
  sigaltstack(&alternate, NULL);
  sigaction(SIGSEGV, &action, NULL);
  return interrupted((int *)16, 21) + reached;
}
