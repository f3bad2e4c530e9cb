#include <complex>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>
struct Base { int b = 1; virtual ~Base() {} virtual int vf() { return b; } };
struct Mid : virtual Base { int m = 2; int vf() override { return m; } int plain() const { return m; } };
struct Derived : Mid { int d = 3; int vf() override { return d; } };
struct Plain { int p = 9; };
struct Late : virtual Plain { int q = 8; };
struct Left { int l = 1; }; struct Right { int r = 2; }; struct Both : Left, Right { int c = 3; };
enum class Colour { Red, Green, Blue };
enum Old { One, Two };
struct Bits { unsigned a : 3; int b : 4; unsigned c : 20; };
struct Point { int x, y; bool operator==(const Point &) const = default; };
struct Unused { int x[2]; Point p; bool operator==(const Unused &) const = default; };
typedef float Four __attribute__((vector_size(16)));
typedef int Two2 __attribute__((vector_size(8)));
int add(int a, int b) { return a + b; }
int takesPoint(Point p) { return p.x + p.y; }
int takesText(const char *s) { return *s; }
int takesMany(int n, ...) { return n; }
int thrower(int i) { if (i) throw std::runtime_error("x"); return 4; }
Four product(Four a, Four b) { return a * b; }
Two2 sum(Two2 a, Two2 b) { return a + b; }
int counter() { static int calls = 0; static Point last; last.x++; return ++calls; }
int main() {
  Derived d; Base *pb = &d; Base &rb = d; Mid *pm = &d; Late late; Plain *pp = &late;
  Both both; Right *pr = &both; Base *none = nullptr;
  int (Base::*method)() = &Base::vf;
  int (Derived::*dmethod)() = &Derived::vf;
  std::complex<double> z(1.5, 2.5); std::complex<int> zi(10, 20);
  _Complex float cf; __real__ cf = 3; __imag__ cf = 4;
  std::string str = "hello"; char text[] = "abc";
  Colour col = Colour::Red; Old old = One; Bits bits{1, 2, 3};
  Point p1{1, 2}, p2{1, 2}, p3{2, 3}; Unused u1{{1, 2}, p1}, u2 = u1, u3 = u1; u3.x[1] = 5;
  Four v{1, 2, 3, 4}; Two2 w{1, 2};
  std::vector<int> empty;
  v = product(v, v); w = sum(w, w);
  int total = add(counter(), takesPoint(p1)) + takesText(text) + takesMany(1, 2) + thrower(0) + pm->plain();
  bool same = p1 == p2; total += (rb.*method)() + (d.*dmethod)() + *(int *)pr + pp->p + old + bits.a + (none == pb);
  printf("%d %d\n", same, total); // stop
  return (int)col;
}
