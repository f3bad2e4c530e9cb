#include <cstdio>
struct Shape { virtual ~Shape() {} virtual int area(int) const { return 1; } int x = 1; };
struct Square : Shape { int area(int) const override { return 4; } };
__attribute__((noinline)) int use(Shape *shape, int (Shape::*method)(int) const) { return (shape->*method)(2); }
int main(int argc, char **) {
  int values[2] = {argc, 2};
  int &second = values[1];
  const int fixed = 8;
  Square square;
  int total = use(&square, &Shape::area);
  printf("%d %d\n", second + fixed, total); // stop
  return 0;
}
