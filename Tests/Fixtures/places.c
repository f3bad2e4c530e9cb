#include <stdio.h>

static inline __attribute__((always_inline)) int twice(int value) {
  int result = value * 2;
  return result + 1;
}

int sum(int count) {
  int total = 0;
  for (int i = 0; i < count; i++) {
    total += twice(i);
  }
  return total;
}

// A line without code, before a function.
__attribute__((noinline)) void refuse(const char *why) {
  fputs(why, stderr);
}

int one_line(int value) { return value + 1; }

int main(int argc, char **argv) {
  char room[64] = {0};
  if (argc > 5) {
    refuse("too many\n");
    return 1;
  }
  printf("%d %s\n", sum(argc + 3) + one_line(argc), room);

  return 0;
}
