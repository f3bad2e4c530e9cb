#include <string>

namespace zoo {
struct Animal {
  virtual ~Animal() {}
  virtual int legs() const { return 4; }
};
class Dog : public Animal {
public:
  explicit Dog(int age) : age(age) {}
  void bark(int times);
  void bark(const char *what);
  int legs() const override;
  bool operator<(const Dog &other) const { return age < other.age; }
  operator int() const { return age; }

private:
  int age;
};
void Dog::bark(int times) {
  age += times;
}
void Dog::bark(const char *what) {
  age += *what;
}
int Dog::legs() const { return age; }
namespace {
int hidden(int value) { return value + 1; }
}  // namespace
template <typename T> struct Counter {
  T total{};
  void add(const T &value) { total += value; }
};
template <typename T> T largest(T left, T right) { return left < right ? right : left; }
int use() { return hidden(3); }
}  // namespace zoo

static int helper(int value) { return value * 2; }
extern "C" int c_function(int value) { return value + 1; }
int length(const std::string &text, unsigned long more) { return int(text.size() + more); }

int main() {
  zoo::Dog first(3), second(4);
  first.bark(2);
  first.bark("x");
  zoo::Counter<int> numbers;
  numbers.add(5);
  zoo::Counter<std::string> words;
  words.add("x");
  auto lambda = [&](int value) { return value + first.legs(); };
  return lambda(1) + zoo::largest(1, 2) + int(zoo::largest(1.0, 2.0)) + zoo::use() + helper(2) + c_function(3) +
         length("s", 4) + (first < second) + int(first);
}
