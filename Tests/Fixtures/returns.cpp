#include <cstdio>
struct Pair { double x; long y; };
double real(int i) { return i; }
float small(int i) { return i; }
Pair pair(int i) { Pair p{1.0 * i, i}; return p; }
long double wide(int i) { return i; }
char *text(int i) { static char t[] = "text"; return t + i; }
int main() {
  double d = real(1); float f = small(1); Pair kept{6, 7}; Pair p = pair(1); long double l = wide(1);
  char *c = text(0);
  printf("%g %g %g %ld %Lg %s %g\n", d, f, p.x, p.y, l, c ? c : "none", kept.x); // stop
}
