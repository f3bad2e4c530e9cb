// Values to be watched, each change on a line of its own.
#include <stdio.h>

struct pair {
  int first, second;
};

int counter;
long table[6];
char text[16];
struct pair couple;
struct {
  unsigned low : 4;
  unsigned high : 4;
} bits;
struct pair *chosen;

static int twice(int value) {
  int result = value;
  result += value;
  return result;
}

static int recurse(int depth) {
  int own = depth;
  if (depth > 0) own += recurse(depth - 1);
  own *= 2;
  return own;
}

static void put(int *place, int value) { *place = value; }

static int filled(void) {
  int limit = 3, slot = 0;
  for (int i = 1; i < 6; i++) put(&slot, i);
  return slot + limit;
}

int main(void) {
  counter = 1;
  counter = 1;
  counter = 2;
  printf("%d\n", counter);
  text[3] = 'x';
  couple.second = 5;
  bits.low = 3;
  bits.high = 6;
  struct pair other = {7, 8};
  chosen = &couple;
  chosen->first = 9;
  chosen = &other;
  couple.first = 10;
  other.first = 11;
  for (int i = 0; i < 6; i++) table[i] = i + 1;
  counter = twice(4);
  counter = recurse(2);
  counter = filled();
  __asm__ volatile("add $5, %%rbx" : : : "rbx");
  return 0;
}
