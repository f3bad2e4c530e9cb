#include <cstdio>
#include <stdexcept>
int depth;
__attribute__((noinline)) int thrower(int n) {
  if (n > 2) throw std::runtime_error("deep");
  return n + 1;
}
__attribute__((noinline)) int middle(int n) {
  int r = thrower(n);
  return r * 2;
}
__attribute__((noinline)) int inner(int n) {
  try {
    return middle(n);
  } catch (std::exception &e) {
    depth++;
  }
  return 0;
}
int outer(int n) {
  int r = inner(n);
  try {
    r += middle(n);
    r += 1;
  } catch (std::exception &e) {
    r = -1;
    depth += 2;
  }
  return r;
}
int main() {
  int a = outer(1);
  int b = outer(7);
  printf("%d %d %d\n", a, b, depth);
  return 0;
}
