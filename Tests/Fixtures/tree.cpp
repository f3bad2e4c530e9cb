// What the tree of locals has to show: inner blocks, shadowed names, containers, classes behind their bases.
#include <string>
#include <vector>
struct Shape { virtual ~Shape() {} int sides = 3; };
struct Circle : Shape { double radius = 2.5; };

static int work(int n) {
  int i = n * 2;
  std::vector<int> numbers(250, 7);
  Shape *shape = new Circle;
  for (int i = 0; i < 3; i++) {
    int j = i * 10;
    {
      int i = 99;
      numbers[0] += i;  // inner
      numbers[1] += j;  // later
    }
  }
  return i + shape->sides + numbers[0];  // outer
}

int main() { return work(3) == 0; }
