// Bit-fields, of which optimised code leaves some, and enumerators that are no functions.
#include "snapshot.h"

struct parts { unsigned f1 : 3, f2 : 7; signed char small : 2; int g; char s[4]; char many[12]; };
enum answer { NO, YES };
volatile int sink;

__attribute__((noinline)) int use(int x) {
  sink = x;
  STOP_HERE();
  return x;
}

// A name that the debug information does not know.
int also_use(int x) __attribute__((alias("use")));

int main(int argc, char **argv) {
  (void)argv;
  struct parts b = {5, 99, -1, -2, "ab", "many"};
  enum answer answer = argc > 5 ? YES : NO;
  return use(b.f2 + b.g) + b.f1 + (int)answer;  // used here
}
