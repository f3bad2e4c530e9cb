// What -O2 leaves of variables: registers, entry values, constants, inlined copies, pieces.
#include "snapshot.h"

struct pair { long first, second; };
volatile long sink;

static inline __attribute__((always_inline)) long scaled(long value, long factor) {
  long product = value * factor;
  sink = product;
  STOP_HERE();
  return product + sink;
}

__attribute__((noinline)) long leaf(long given, long lost) {
  const long fixed = 99;
  struct pair both = {given, given + 1};
  sink = lost;
  long result = scaled(both.first + both.second, 3);
  return result + fixed;
}

__attribute__((noinline)) long middle(long base, const char *text) {
  long kept = base + sink;
  long answer = leaf(base, 1234);
  return answer + kept + text[0];
}

int main(int argc, char **argv) {
  (void)argv;
  return (int)middle(argc + 6, "text") & 1;
}
