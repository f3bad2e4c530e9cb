// Types that a user's own formatters are written for.
namespace geo {
template <class T, int N> struct vec { T data[N]; };
}
struct vec3 { double x, y, z; };
typedef struct { float re, im; } complex_t;
struct ring { int *buffer; int head, count, capacity; };
struct secret { int shown, padding; };
struct dictionary { const char *names[2]; int ages[2]; };
struct node { int value; node *next; };
struct tagged { int kind; union { int number; float real; }; };
struct holder { vec3 inner; vec3 &other; };

static int look(vec3 v, complex_t c, ring r, secret s, dictionary d, node n, tagged t, geo::vec<int, 3> g, holder h) {
  vec3 vs[2] = {{1, 1, 1}, {2, 2, 2}};
  return r.head + s.shown + n.value + t.kind + g.data[0] + d.ages[0] + (int)(v.x + c.re + vs[0].x + h.inner.x);  // here
}

int main() {
  int buffer[4] = {10, 20, 30, 40};
  node last = {2, nullptr};
  vec3 v = {1, 2.5, -3};
  return look(v, {1, -1}, {buffer, 3, 3, 4}, {1, 9}, {{"Ada", "Grace"}, {36, 85}}, {1, &last}, {1, {42}}, {{7, 8, 9}},
              {v, v}) == 0;
}
