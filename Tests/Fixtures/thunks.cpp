#include <cstdio>
struct A { virtual int f(int x) { return x; } int a = 1; virtual ~A() {} };
struct B { virtual int g(int x) { return x + 1; } int b = 2; virtual ~B() {} };
struct C : A, B {
  int f(int x) override { return x + 10; }
  int g(int x) override {
    return x + b;
  }
};
int main() {
  C c;
  B *b = &c;
  int r = b->g(5);
  printf("%d\n", r);
  return 0;
}
