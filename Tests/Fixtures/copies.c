// Inlined copies that follow each other on one line, and a loop around some.
struct stack { long depth, slots[8]; };
volatile long sink;

static inline void push(struct stack *s, long value) {
  if (s->depth >= 8) __builtin_abort();
  s->slots[s->depth++] = value;
}

static inline long pop(struct stack *s) {
  if (s->depth == 0) __builtin_abort();
  return s->slots[--s->depth];
}

__attribute__((noinline)) void twice(struct stack *s, long value) {
  push(s, value); push(s, value + 1);
  sink = s->depth;
}

__attribute__((noinline)) long drain(struct stack *s) {
  long sum = 0;
  while (s->depth) {
    sum += pop(s);
    sink = sum;
  }
  return sum;
}

int main(void) {
  struct stack numbers = {0};
  twice(&numbers, 7);
  twice(&numbers, 20);
  return drain(&numbers) == 7 + 8 + 20 + 21 ? 0 : 1;
}
