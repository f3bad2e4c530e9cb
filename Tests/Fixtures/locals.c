// Kinds of C variables and types, stopped deep in a recursion.
#include "snapshot.h"
#include <stdint.h>

enum colour { red, green = 5, blue };
struct point { int x; double y; };
struct packed { unsigned a : 3; int b : 7; unsigned long long c : 40; signed char d; };
union either { int number; float real; char bytes[8]; };
struct node { int value; struct node *next; struct { short inner; }; struct point corners[2][3]; };
struct opaque;
typedef struct node node_t;
typedef int (*callback_t)(const char *, ...);

int global_count = 42;
static const char *hidden = "secret";
__thread int per_thread = 77;
extern struct opaque *elsewhere;
struct opaque *elsewhere;

static int deeper(int depth, struct node *list) {
  static int calls = 0;
  int local = depth * 10;
  calls++;
  if (depth > 0) {
    int nested = local + 1;
    {
      int nested = -local;
      const volatile char letter = 'a' + depth;
      if (depth == 1) {
        int count = depth + 4;
        int lengths[count];
        for (int i = 0; i < count; i++) lengths[i] = i * i;
        STOP_HERE();
        return lengths[2] + nested + letter;
      }
      return deeper(depth - 1, list) + nested + letter;
    }
    return nested;
  }
  return local + calls + list->value + *hidden;
}

int main(int argc, char **argv) {
  struct packed fields = {5, -3, 0xabcdef0123, -1};
  union either value = {.number = 0x41424344};
  struct node second = {2, NULL, {7}, {{{1, 1.5}}}};
  node_t first = {1, &second, {6}, {{{0, 0.5}, {3, 2.25}}}};
  enum colour shade = blue;
  callback_t print = printf;
  uint8_t bytes[4] = {1, 2, 3, 4};
  _Bool truth = 1;
  long double wide = 1.25L;
  __int128 huge = (__int128)1 << 100;
  per_thread += argc;
  return deeper(3, &first) + fields.a + value.number + shade + bytes[0] + truth + (int)wide + (int)huge + !print;
}
