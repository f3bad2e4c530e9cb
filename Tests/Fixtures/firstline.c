// A function that begins with inlined code right behind its prologue.
volatile int sink;
__attribute__((noinline)) int real(int x) { return sink += x; }
static inline __attribute__((always_inline)) int inner(int x) {
  int y = real(x);  // inner begins
  return y + real(x + y);
}
__attribute__((noinline)) int outer(int x) {  // outer begins
  return inner(x);
}
int main(int argc, char **argv) {
  (void)argv;
  return outer(argc);
}
