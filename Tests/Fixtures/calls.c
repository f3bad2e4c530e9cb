#include <stdio.h>
#include <stdlib.h>
struct pair { int a, b; };
struct mixed { double d; int i; };
struct big { long v[5]; };
static int depth;
int add(int a, int b) { return a + b; }
double scale(double x, float f) { return x * f; }
long double ld(long double x) { return x + 1; }
struct pair mk(int a, int b) { struct pair p = {a, b}; return p; }
struct mixed mkm(double d, int i) { struct mixed m = {d, i}; return m; }
struct big mkb(long s) { struct big b = {{s, s+1, s+2, s+3, s+4}}; return b; }
int sump(struct pair p) { return p.a + p.b; }
double summ(struct mixed m) { return m.d + m.i; }
long sumb(struct big b) { return b.v[0] + b.v[4]; }
int many(int a,int b,int c,int d,int e,int f,int g,int h) { return a+10*b+100*c+1000*d+10000*e+100000*f+1000000*g+10000000*h; }
int len(const char *s) { int n = 0; while (s[n]) n++; return n; }
void nothing(void) { depth++; }
int crash(int *p) { return *p; }
void quit(int c) { exit(c); }
int loop(void) { for (;;) ; }
float ff(float x) { return x / 2; }
char cc(char c) { return c + 1; }
int (*fp)(int, int) = add;
int bp(int x) {
  x++;
  return x;
}
int main(void) {
  struct pair p = mk(1, 2);
  struct mixed m = mkm(1.5, 2);
  struct big b = mkb(7);
  int x = 5; double d = 2.5; 
  printf("%d\n", x); /* stop */
  add(sump(p), (int)summ(m)); sumb(b); scale(d, 2); ld(1); many(1,2,3,4,5,6,7,8); len("a"); nothing(); ff(1); cc('a'); bp(1);
  return 0;
}
