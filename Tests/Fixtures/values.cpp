// Values of every kind that C++ adds, for the value and expression tests.
#include <cstdio>

namespace zoo {
enum class Size : unsigned char { small, big = 7 };
enum Plain { one = 1, two };
struct Animal {
  virtual ~Animal() {}
  virtual int legs() const { return 0; }
  int age = 3;
  static int count;
};
int Animal::count = 5;
struct Dog : Animal {
  int legs() const override { return 4; }
  bool good = true;
};
struct Named { const char *name = "rex"; };
struct Pet : Dog, Named {
  double weight = 2.5;
};
struct Base { int b = 1; virtual ~Base() {} };
struct Left : virtual Base { int l = 2; };
struct Right : virtual Base { int r = 3; };
struct Bottom : Left, Right { int bottom = 4; };
struct Empty {};
struct FromEmpty : Empty { int x = 1; };
struct OnlyEmpty : Empty {};
template <typename T, int N> class Box {
public:
  explicit Box(T v) : value(v) {}
  T get() const { return value; }
  static int made;
  typedef T value_type;
  enum Kind { plain, fancy };
protected:
  T value;
private:
  T items[N] = {};
  Kind kind = fancy;
  void hidden(int a, const char *b = nullptr) {}
};
template <typename T, int N> int Box<T, N>::made = 9;
struct Bits { int a : 3; unsigned b : 5; bool c : 1; Size size : 4; };
union Variant { int i; float f; struct { short lo, hi; } parts; };
struct Anonymous { int a = 1; union { int b; float c; }; struct { int d, e; } named; };
class Access { int hidden = 1; protected: int guarded = 2; public: int open = 3; int f(int) const; static void g(); friend int peek(Access &); };
int Access::f(int x) const { return x + hidden + guarded; }
void Access::g() {}
struct Members { int x; int f(int a) { return a; } void cf() const {} };
int function(int a, const Animal &animal) { return a + animal.legs(); }
int global_in_zoo = 11;
struct Refs { int &r; const Animal &a; int &&rr; };
} // namespace zoo
namespace { int hidden_global = 12; struct Hidden { int h = 1; } hidden_struct; }
struct Node { int value; Node *next; Node &self() { return *this; } };
using Callback = int (*)(int, const zoo::Animal &);
typedef zoo::Box<int, 2> IntBox;
int plain_global = 5;

struct Counter {
  int n = 10; static constexpr int limit = 100;
  int bump(int by) { int before = n; n += by; return before; /* in member */ }
};

int main() {
  zoo::Pet pet; zoo::Dog dog; zoo::Animal *animal = &pet; const zoo::Animal &ref = dog; zoo::Bottom bottom; zoo::Left *left = &bottom;
  zoo::Bottom *bottom_pointer = &bottom;
  zoo::Box<int, 2> box(5); IntBox intbox(6); zoo::Box<const char *, 1> text_box("text");
  zoo::FromEmpty from_empty; zoo::Empty empty; zoo::OnlyEmpty only_empty; zoo::Bits bits = {-1, 17, true, zoo::Size::big};
  zoo::Variant variant; variant.i = 65537; zoo::Anonymous anonymous; anonymous.b = 2; anonymous.named = {3, 4}; zoo::Access access;
  zoo::Size size = zoo::Size::big, odd = (zoo::Size)3; zoo::Plain plain = zoo::two;
  int zoo::Members::*data_member = &zoo::Members::x; int (zoo::Members::*method)(int) = &zoo::Members::f;
  int zoo::Members::*null_member = nullptr; int (zoo::Animal::*virtual_method)() const = &zoo::Animal::legs;
  int number = 5; int &reference = number; int &&rvalue = 6; const int &constant = number; int *&pointer_reference = *new int *(&number);
  int array[3] = {1, 2, 3}; int (&array_reference)[3] = array; bool flag = true; decltype(nullptr) null = nullptr;
  Callback callback = zoo::function; int (&function_reference)(int, const zoo::Animal &) = zoo::function;
  zoo::Refs refs = {number, dog, static_cast<int &&>(number)}; Node node = {1, &node};
  char16_t c16 = u'x'; wchar_t wide = L'w';
  auto lambda = [&number, flag](int x) { return x + number + flag; };
  zoo::Animal *animals[2] = {&dog, nullptr}; zoo::Members members = {7}; const char *name = "n\"q"; char raw[4] = "abc"; unsigned char bytes[3] = {1, 2, 3};
  void *opaque = &pet; zoo::Pet *null_pet = nullptr; long big = 1L << 40;
  Counter counter; int bumped = counter.bump(3);
  int result = number + lambda(1) + hidden_global + hidden_struct.h + access.f(1) + (animal->*virtual_method)();
  std::printf("%d\n", result); return 0; /* stop here */
}
