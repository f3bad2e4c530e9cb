// A program that includes this writes down what a debugger would see of it at its first breakpoint trap
// (`int3`), and ends: registers and memory, into the file that the environment's SNAPSHOT names.
#ifndef SNAPSHOT_H
#define SNAPSHOT_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <asm/prctl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define STOP_HERE() __asm__ volatile("int3" ::: "memory")

static void snapshot_memory(FILE *out) {
  char line[1024];
  FILE *maps = fopen("/proc/self/maps", "r");
  while (maps && fgets(line, sizeof line, maps)) {
    unsigned long start, end;
    char rights[8], path[512] = "";
    if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %511s", &start, &end, rights, path) < 3) continue;
    if (rights[0] != 'r' || strncmp(path, "[v", 2) == 0 || end - start > 64 << 20) continue;
    fprintf(out, "memory %lx %lx %s\n", start, end - start, path);
    fwrite((void *)start, 1, end - start, out);
  }
  if (maps) fclose(maps);
}

static void snapshot_write(int number, siginfo_t *information, void *context) {
  // In the order of the registers' DWARF numbers.
  static const int order[] = {REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI, REG_RBP, REG_RSP, REG_R8,
                              REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP};
  const ucontext_t *state = (const ucontext_t *)context;
  FILE *out = fopen(getenv("SNAPSHOT"), "w");
  unsigned long base = 0;
  (void)number;
  (void)information;
  if (!out) _exit(2);
  for (unsigned i = 0; i < sizeof order / sizeof *order; i++)
    fprintf(out, "register %u %llx\n", i, (unsigned long long)state->uc_mcontext.gregs[order[i]]);
  syscall(SYS_arch_prctl, ARCH_GET_FS, &base);
  fprintf(out, "thread %lx\n", base);
  fprintf(out, "floating %zu\n", (size_t)512);
  fwrite(state->uc_mcontext.fpregs, 1, 512, out);
  snapshot_memory(out);
  fclose(out);
  _exit(0);
}

__attribute__((constructor)) static void snapshot_prepare(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = snapshot_write;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  sigaction(SIGTRAP, &action, NULL);
}
#endif
