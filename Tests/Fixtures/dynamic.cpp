#include <cstdio>
#include <memory>
#include <vector>
namespace zoo {
struct Plain { int p = 1; };
struct Animal {
  virtual ~Animal() = default;
  virtual int legs() const { return 0; }
  int age = 3;
};
struct Swimmer { virtual void swim() {} int depth = 4; };
struct Dog : Animal { int legs() const override { return 4; } double weight = 2.5; };
struct Duck : Animal, Swimmer { int legs() const override { return 2; } int feathers = 9; };
struct Base { virtual ~Base() = default; int b = 1; };
struct Left : virtual Base { int l = 2; };
struct Right : virtual Base { int r = 3; };
struct Bottom : Left, Right { int d = 4; };
template <typename T> struct Box : Animal { T t{}; };
}
namespace { struct Hidden : zoo::Animal { int h = 8; }; }
struct Owner {
  zoo::Animal *pet; zoo::Animal &ref; zoo::Plain *plain; zoo::Animal direct;
  Owner(zoo::Animal *p) : pet(p), ref(*p), plain(nullptr) {}
  int count() { return pet->legs(); } // in method
};
int main() {
  zoo::Dog dog; zoo::Duck duck; zoo::Bottom bottom; Hidden hidden; zoo::Box<int> box;
  zoo::Animal plain;
  zoo::Animal *animal = &dog, *second = &duck, *exact = &plain, *null = nullptr, *wild = (zoo::Animal *)0x10, *secret = &hidden, *boxed = &box;
  zoo::Swimmer *swimmer = &duck;
  zoo::Base *base = &bottom; zoo::Right *right = &bottom;
  zoo::Animal &reference = dog;
  void *opaque = &dog;
  struct Local : zoo::Animal { int k = 6; } local; zoo::Animal *locally = &local;
  long garbage[4] = {0x1234567812345678, 1, 2, 3}; zoo::Animal *broken = (zoo::Animal *)garbage;
  const zoo::Animal *constant = &dog;
  zoo::Animal **twice = &animal;
  zoo::Animal *array[2] = {&dog, &duck};
  std::unique_ptr<zoo::Animal> owned(new zoo::Dog); std::vector<zoo::Animal *> many{&dog, &duck};
  Owner owner(&duck);
  std::printf("%d %p\n", owner.count(), opaque);
  return owner.count() - second->legs(); // stop here
}
