#include <stdio.h>
volatile int sink;
static inline __attribute__((always_inline)) int inner(int x) { sink = x; return sink * 3; }
__attribute__((noinline)) int outer(int x) { int r = inner(x); return r + 1; }
int main(void) { printf("%d\n", outer(4)); return 0; }
