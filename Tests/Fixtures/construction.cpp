#include <cstdio>
#include <cstring>
struct V { int v; V() { v = 7; puts("V"); } virtual void f() {} };
struct M : virtual V { int m; M() { m = 8; puts("M"); } };
struct N : virtual V { int n; N() : n(9) { puts("N"); } };
struct D : M, N { int d; D() { d = 10; puts("D"); } };
void dirty() { char b[400]; memset(b, 0x5a, sizeof b); puts(b + 399); }
void use() {
  D d; // first
  puts("x");
}
int main() { dirty(); use(); D *p = new D; (void)p; }
