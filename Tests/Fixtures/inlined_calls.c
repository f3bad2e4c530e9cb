#include <stdio.h>
volatile int sink;
__attribute__((noinline)) static int real(int x) {
  sink += x;
  return sink;
}
static inline __attribute__((always_inline)) int leaf(int x) {
  int y = real(x);
  sink += y;
  return y * 2;
}
static inline __attribute__((always_inline)) int mid(int x) {
  int a = leaf(x);
  sink += a;
  return a + sink;
}
__attribute__((noinline)) int host(int x) {
  int r = mid(x);
  sink -= r;
  return r;
}
int main(void) {
  int a = host(3);
  printf("%d\n", a);
  return 0;
}
