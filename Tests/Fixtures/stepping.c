/* Calls, recursion, loops and structs for tests of the engine: expectations name lines by their marks. */
#include <stdio.h>

struct pair {
  long first;
  double second;
};

static struct pair make_pair(int n) {
  struct pair pair = {n, n * 0.5}; /* make_pair body */
  return pair;
}

static int twice(int n) {
  int result = n * 2; /* twice body */
  return result;      /* twice return */
} /* twice end */

static int countdown(int n) {
  if (n == 0) /* countdown body */
    return 0;
  return countdown(n - 1) + 1; /* countdown recursion */
}

static inline __attribute__((always_inline)) int squared(int n) {
  int square = n * n; /* squared body */
  return square;
}

int main(void) {
  int total = 1;                       /* main body */
  total += twice(total) + twice(total); /* two calls */
  total += countdown(3);               /* go deep */
  total += squared(total);             /* inline call */
  for (int i = 0; i < 3; i++)          /* loop */
    total += i;                        /* loop body */
  struct pair pair = make_pair(total); /* pair */
  printf("%ld\n", pair.first);         /* print */
  return total == 0;                   /* main return */
}
