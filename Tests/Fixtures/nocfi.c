// Code without call frame information: a frame pointer, none, and a call through a null pointer.
#include "snapshot.h"

__asm__(
    ".pushsection .text\n"
    ".globl framed\n.type framed, @function\n"
    "framed: push %rbp\n mov %rsp, %rbp\n sub $32, %rsp\n call frameless\n leave\n ret\n"
    ".size framed, .-framed\n"
    ".type frameless, @function\n"
    "frameless: push %rbx\n sub $16, %rsp\n int3\n add $16, %rsp\n pop %rbx\n ret\n"
    ".size frameless, .-frameless\n"
    ".popsection\n");
extern int framed(int);

static void fault(int number, siginfo_t *information, void *context) {
  snapshot_write(number, information, context);
}

int main(int argc, char **argv) {
  volatile int kept = 11;
  (void)argv;
  if (getenv("WILD")) {
    int (*volatile nowhere)(int) = NULL;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = fault;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, NULL);
    return nowhere(argc) + kept;
  }
  return framed(argc) + kept;
}
