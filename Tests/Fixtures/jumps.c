// Calls that are jumps (-O2), a name that the linker knows by another, a function that is chosen at start.
volatile long sink;

__attribute__((noinline)) long last(long value, long lost) {
  sink = value;
  sink += lost;  /* last body */
  return sink;
}
__attribute__((noinline)) long second(long value) {
  sink = value;
  return last(value + 1, 1234);
}
__attribute__((noinline)) long first(long value) {
  sink = value;
  return second(value * 2);
}

long renamed(long value) __asm__("linker_name");
__attribute__((noinline)) long renamed(long value) {
  sink = value;
  return sink + 1;
}

__attribute__((noinline)) static long chosen(long value) {
  sink = value;  /* chosen body */
  return sink + 2;
}
static long (*choose(void))(long) { return chosen; }
long indirect(long value) __attribute__((ifunc("choose")));

int main(void) {
  long answer = first(3);
  answer += renamed(4);
  answer += indirect(5);  /* indirect call */
  return answer == 0;
}
