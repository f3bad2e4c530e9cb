// What breakpoints' conditions are about: `hot` is called a thousand times.
struct node {
  int key;
  node *next;
  unsigned flag : 3;
  int low : 5;
  char name[8];
};
enum class colour : short { red = -3, green };
struct base {
  long weight = 40;
};
struct counter : base {
  int seen = 0;
  bool hot(int i, node *p, unsigned char c, const node &r, colour k, double d);
};

static node first = {7, nullptr, 5, -4, "one"}, second = {9, &first, 2, 6, "two"};
long total = 3;
static int table[4] = {10, 20, 30, 40};

__attribute__((noinline)) bool counter::hot(int i, node *p, unsigned char c, const node &r, colour k, double d) {
  seen = i + p->key + c + r.key + table[i % 4] + (int)k + (int)d;  // in hot
  return seen > 0;
}

int main() {
  counter counter;
  int result = 0;
  for (int i = 0; i < 1000; i++) {
    result += counter.hot(i, &second, (unsigned char)i, first, i % 2 ? colour::red : colour::green, i / 2.0);
  }
  total += result;
  return 0;
}
