/* Loops on one line: what a step goes through in one go. */
#include <alloca.h>
#include <stdlib.h>
#include <string.h>

volatile long sink;

static long add(long a, long b) { return a + b; }

static int find(const int *all, int wanted) {
  for (int i = 0;; i++) if (all[i] == wanted) return i; /* find loop */
}

static long nested(int depth) {
  long sum = 0;
  for (int i = 0; i < 600; i++) sum += i < 2 && depth > 0 ? nested(depth - 1) : i; /* nested loop */
  return sum;                                                                      /* nested return */
}

static long jumping(long rounds) {
  long i = 0;
again:
  if (i < rounds) { i++; goto again; } /* jump loop */
  return i;                            /* jump return */
}

static long growing(int rounds) {
  long sum = 0;
  for (int i = 0; i < rounds; i++) { char *more = alloca(16); more[0] = 1; sum += more[0]; } /* grow loop */
  return sum;                                                                               /* grow return */
}

static long selecting(int rounds) {
  long sum = 0;
  for (int i = 0; i < rounds; i++) switch (i & 7) { case 0: sum += 3; break; case 1: sum--; break; case 2: sum += 5; break; case 3: sum ^= 1; break; case 4: sum += 9; break; default: sum++; } /* select loop */
  return sum; /* select return */
}

int main(void) {
  static int all[5000];
  all[4999] = 7;
  for (long i = 0; i < 100000000; i++) sink += i; /* long loop */
  for (long i = 0; i < 30000; i++) sink += add(i, i); /* call loop */
  sink += nested(3);                                  /* nested call */
  sink += find(all, 7);                               /* find call */
  sink += jumping(100000);                            /* jump call */
  sink += growing(2000);                              /* grow call */
  sink += selecting(3000);                            /* select call */
  return 0;                                           /* main return */
}
