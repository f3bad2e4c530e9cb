// The text of C++ types: the library's short names, methods and namespaces asked about, what functions declare.
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace shop {
struct Item {
  int count = 1;
  int take(int n) volatile { return n; }
  virtual double price(int) const { return count; }
  void add(int) {}
  void add(const std::string &) {}
  Item operator+(const Item &) const { return *this; }
  template <typename T> T as() const { return T(count); }
  static int total() { return 2; }
  virtual ~Item() {}
};
enum class Size : short { small, large = 4 };
}  // namespace shop
typedef enum { on, off } Switch;
typedef struct { int inside; } Named;
template <char letter, int *place> struct Values { int value = letter; };
template <typename T> struct Shelf {
  T first;
  std::vector<T> rest;
  std::pair<const T, std::string> labelled;
  std::unique_ptr<std::map<int, T>> more;
};
struct Key { int key; bool operator<(const Key &other) const { return key < other.key; } };
struct Reversed { bool operator()(int left, int right) const { return left > right; } };
int counter;
static struct { int left, right; } nameless;

static int fill(int (&row)[3], int (*table)[2]) { return row[0] + table[0][1]; }

int local(int argument) {
  struct Inner { int deep; enum Mood { calm, wild = 7 } mood; } inner{argument, Inner::wild};
  enum { hidden = 3 };
  auto closure = [&](int more) { return inner.deep + more; };
  return closure(hidden) + inner.mood;
}

int main() {
  shop::Item item;
  Switch lamp = on;
  shop::Size size = shop::Size::large;
  Named named{1};
  Values<'x', &counter> values;
  Shelf<std::string> shelf;
  Shelf<int> numbers{1, {}, {2, ""}, nullptr};
  const std::vector<const char *> words;
  std::map<Key, std::vector<std::string>> index;
  std::map<int, int, Reversed> backwards;
  std::vector<std::pair<int, std::string>> pairs;
  std::vector<int>::iterator where;
  const std::string &reference = shelf.first;
  int row[3] = {1, 2, 3}, table[1][2] = {{4, 5}};
  item.add(1);
  item.add("a");
  return local(item.take(2)) + fill(row, table) + (item + item).as<long>() + shop::Item::total() + nameless.left + int(size) + lamp + named.inside + int(reference.size());  // stop
}
