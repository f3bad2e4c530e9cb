// Kinds of C++ types; nothing of it has to run.
#include "snapshot.h"
namespace zoo {
enum class Colour : unsigned char { red = 1, green = 200 };
enum Plain { first = -2, second };
struct Base { int inherited; virtual ~Base() {} virtual int speak(int) const = 0; };
struct Shared { long shared; };
class Animal : public Base, protected virtual Shared {
  int hidden = 3;
  static int census;
 public:
  mutable volatile int seen = 0;
  static constexpr int limit = 9;
  unsigned low : 3, middle : 10;
  int speak(int loud) const override { return loud + hidden; }
  static Animal *make();
  union { int number; float real; };
  Animal *next = nullptr;
};
int Animal::census = 12;
template <typename Item, int Count> struct Box {
  Item items[Count][2];
  typedef Item value_type;
  const Item &first() const { return items[0][0]; }
};
typedef Box<Animal *, 4> Cage;
}  // namespace zoo
namespace { int counter = 5; }
struct Undefined;

int main(int argc, char **argv) {
  zoo::Animal animal;
  zoo::Cage cage = {};
  zoo::Colour colour = zoo::Colour::green;
  zoo::Plain plain = zoo::first;
  int zoo::Base::*member = &zoo::Base::inherited;
  int (zoo::Base::*method)(int) const = &zoo::Base::speak;
  zoo::Animal &reference = animal;
  zoo::Animal &&moved = static_cast<zoo::Animal &&>(animal);
  decltype(nullptr) nothing = nullptr;
  Undefined *unknown = nullptr;
  char16_t wide = u'x';
  zoo::Cage::value_type item = &animal;
  struct Local { int x; } local = {argc + counter};
  auto lambda = [&](int a) { return a + local.x; };
  STOP_HERE();
  return lambda(1) + (nothing == nullptr) + !unknown + wide + !item + (int)colour + plain + !member + !method + !argv +
         reference.low + moved.middle + !cage.first();
}
