// A second unit beside tour.c, for programs whose debug information is split.
struct other {
  int a;
  struct {
    long b;
  } inner[3];
};

struct other other_global = {7, {{1}, {2}, {3}}};

int helper(int x) { return x * 2 + other_global.a; }

int other(int y) {
  int z = helper(y);
  return z + 1;
}
