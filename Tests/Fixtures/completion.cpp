// What can follow an object, a type and a file in an expression that is being typed.
#include <memory>
#include <vector>
namespace store {
enum class Kind : unsigned char { Tool, Food, Toy };
enum Flags { Fragile = 1, Heavy = 2 };
int stocked = 3;
struct Entity {
  int id = 1;
  virtual ~Entity() {}
  int number() const { return id; }
};
struct Item : Entity {
  static int counter;
  Kind kind = Kind::Food;
  union {
    int whole;
    float part;
  };
  int calls = 0;
  Item() : whole(2) {}
  int call() {
    calls++;  // in method
    return calls;
  }
  Entity &base() { return *this; }
  bool operator!() const { return false; }
};
int Item::counter = 4;
template <typename T> struct Box {
  static int opened;
  T held;
};
template <typename T> int Box<T>::opened = 5;
}  // namespace store

int main() {
  store::Item item;
  std::vector<std::unique_ptr<store::Item>> items;
  items.push_back(std::make_unique<store::Item>());
  store::Box<int> box = {7};
  store::Item *pointer = &item;
  char letters[8] = "ab\0cd";
  return item.call() + items[0]->call() + box.held + pointer->id + letters[0] + store::Box<int>::opened +
         store::Heavy + store::stocked + item.number() + item.base().id;  // stop
}
