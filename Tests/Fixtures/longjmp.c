#include <setjmp.h>
#include <stdio.h>
static jmp_buf env;
static volatile int count;
__attribute__((noinline)) static void deep(int n) {
  if (n > 0) deep(n - 1);
  longjmp(env, 3);
}
__attribute__((noinline)) static void jumper(int n) {
  count++;
  deep(n);
  count = 100;
}
int main(void) {
  int r = setjmp(env);
  if (r == 0) {
    jumper(3);
    count = 200;
  } else {
    count += r;
  }
  printf("%d\n", count);
  return 0;
}
