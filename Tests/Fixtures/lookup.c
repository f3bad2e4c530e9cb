/* Places of names: labels, static and thread-local variables, a function that is chosen at run time. */
#include <stdio.h>

enum size { small, big = 7 };
static int counter = 4;
int shared[3];
_Thread_local int own = 3;

static int add_score(int left, int right) {
  static int calls;
  calls++;
  return left + right + calls;
}

int loop(int count) {
  int total = 0;
again:
  total += count;
  if (--count > 0) goto again;
  return total;
}

static int slow(int value) { return value + 1; }
static int fast(int value) { return value + 2; }
static int (*choose(void))(int) { return shared[0] ? slow : fast; }
int pick(int value) __attribute__((ifunc("choose")));

int main(int argc, char **argv) {
  enum size size = big;
  printf("%d\n", add_score(argc, 2));
  own = pick(argc) + loop(3);
  return !argv + counter + size + shared[1];
}
