#include <string>
#include <vector>
#include <map>
#include <memory>
#include <iostream>
namespace geo {
struct Vec { double x, y;
  Vec operator+(const Vec &o) const { return {x + o.x, y + o.y}; }
  Vec operator-() const { return {-x, -y}; }
  bool operator==(const Vec &o) const { return x == o.x && y == o.y; }
  double operator[](int i) const { return i ? y : x; }
  double len2() const { return x*x + y*y; }
  Vec &scale(double f) { x *= f; y *= f; return *this; }
};
Vec operator*(const Vec &v, double f) { return {v.x*f, v.y*f}; }
Vec operator*(double f, const Vec &v) { return {v.x*f, v.y*f}; }
std::ostream &operator<<(std::ostream &o, const Vec &v) { return o << v.x << "," << v.y; }
double dot(const Vec &a, const Vec &b) { return a.x*b.x + a.y*b.y; }
}
struct Animal { virtual ~Animal() {} virtual int legs() const { return 4; } virtual const char *name() { return "animal"; } int age = 3; int getAge() { return age; } static int made; static int count() { return made; } };
int Animal::made = 7;
struct Pet { virtual int owner() { return 1; } int tag = 9; };
struct Bird : Animal, Pet { int legs() const override { return 2; } const char *name() override { return "bird"; } int owner() override { return 2; } int wings = 2; };
struct Functor { int base; int operator()(int x) { return base + x; } };
struct It { int *p; int &operator*() { return *p; } It &operator++() { ++p; return *this; } It operator++(int) { It t = *this; ++p; return t; } int *operator->() { return p; } bool operator!=(const It &o) { return p != o.p; } };
struct Ptr { geo::Vec *p; geo::Vec *operator->() { return p; } geo::Vec &operator*() { return *p; } };
int over(int) { return 1; }
int over(double) { return 2; }
int over(const char *) { return 3; }
int over(char) { return 4; }
int over(int, int) { return 5; }
int over(const geo::Vec &) { return 6; }
int over(Animal *) { return 7; }
int over(unsigned long) { return 8; }
template <class T> T twice(T t) { return t + t; }
void inc(int &x) { x++; }
int deref(const int &x) { return x * 2; }
struct NT { int v; NT(int v) : v(v) {} NT(const NT &o) : v(o.v + 100) {} ~NT() { v = -1; } };
int takes(NT n) { return n.v; }
NT gives(int v) { return NT(v); }
std::string hello(const std::string &s) { return "hello " + s; }
struct Memb { int a = 5; int b = 6; int get(int k) { return a + k; } virtual int vget(int k) { return b + k; } int useit() { return get(1); } };
int main() {
  geo::Vec a{1, 2}, b{3, 4};
  Bird bird; Animal *an = &bird; Pet *pet = &bird; Animal plain;
  Functor fn{10};
  int arr[3] = {11, 22, 33}; It it{arr}, end{arr + 3};
  Ptr pp{&a};
  std::string s = "world"; std::vector<int> v{1, 2, 3}; std::map<int, std::string> m{{1, "one"}};
  auto up = std::make_unique<geo::Vec>(geo::Vec{7, 8}); auto sp = std::make_shared<int>(42);
  int Memb::*pm = &Memb::a; int (Memb::*pmf)(int) = &Memb::get; int (Memb::*pvf)(int) = &Memb::vget;
  Memb mm; Memb *pmm = &mm; char c = 'x'; int n = 1; NT nt(3); int &rn = n;
  auto lam = [n](int q) { return q + n; };
  std::cout << (a + b) << (-a).x << (a == b) << a[1] << a.len2() << dot(a, b) << a * 2 << 2 * a << bird.legs() << an->name() << pet->owner() << plain.getAge() << Animal::count();
  std::cout << fn(1) << *it << (it != end) << it.operator->() << pp->x << over(1) << over(1.0) << over("") << over('c') << over(1, 2) << over(a) << over(an) << over(1ul) << twice(2) << twice(2.5);
  inc(n); std::cout << deref(n) << takes(nt) << gives(4).v << hello(s) << s.size() << s.length() << v.size() << v[1] << v.back() << v.front() << v.at(2) << m[1] << m.size() << up->x << *sp << (mm.*pmf)(1) << (mm.*pvf)(1) << mm.*pm << mm.useit() << s.c_str() << s[0] << (s == "x") << lam(2) << c << rn << up.get() << sp.use_count() << v.empty() << a.scale(2).x << (*pp).y;
  ++it; it++;
  for (auto i = v.begin(); i != v.end(); ++i) std::cout << *i; // iter
  auto vi = v.begin(); auto mi = m.begin(); std::cout << *vi << mi->second;
  std::cout << std::endl; // stop
  return 0;
}
