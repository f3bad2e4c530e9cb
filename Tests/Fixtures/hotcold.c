#include <stdio.h>
#include <stdlib.h>
volatile int sink;
__attribute__((noinline, cold)) void report(int x) { sink += x; }
__attribute__((noinline)) int work(int n) {
  sink = n;
  if (__builtin_expect(n > 100, 0)) {
    report(n);
    sink *= 3;
    report(sink);
    return -1;
  }
  return sink + 1;
}
int main(void) {
  int a = work(5);
  int b = work(500);
  printf("%d %d\n", a, b);
  return 0;
}
