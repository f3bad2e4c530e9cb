#include <signal.h>
#include <stdlib.h>
volatile int sink;
volatile double real_sink;
int (*volatile nowhere)(int);
__attribute__((noinline)) int look(int a, double d) {
  sink = a;
  real_sink = d;
  return a;
}
__attribute__((noinline)) int keep(int a, double d) {
  int r = look(a * 3, d * 2);
  return r + a;
}
static void handler(int number) { look(number, 1); }
__attribute__((noinline)) int recurse(int n) {
  if (n == 0) return look(1, 1);
  return recurse(n - 1) + 1;
}
/* Its frame pointer leads to a frame that is none. */
__attribute__((noinline)) void ruin(void) {
  void **frame = __builtin_frame_address(0);
  void *pointer = frame[0], *address = frame[1];
  frame[1] = 0;
  look(100, 1);
  frame[0] = frame;
  frame[1] = (void *)0x4141414141414141;
  look(200, 1);
  frame[0] = pointer;
  frame[1] = address;
}
int main(int argc, char **argv) {
  signal(SIGUSR1, handler);
  keep(argc, 4.5);
  recurse(3000);
  ruin();
  raise(SIGUSR1);
  if (argc > 1) nowhere(3);
  return 0;
}
